using System.Diagnostics;

namespace ReportScheduler.Tests.Exports;

/// <summary>Reads files with libraries of Python.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    /// <param name="package">The library; without it the test is skipped.</param>
    /// <param name="script">What to run.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The lines it wrote.</returns>
    public static string[] Run(string package, string script, params string[] arguments)
    {
        if (!File.Exists(Program) || Run(["-c", "import " + package]).Code != 0)
        {
            Assert.Skip($"There is no {package}; install python3-{package}.");
        }

        var (code, output) = Run(["-c", script, .. arguments]);
        Assert.Equal(0, code);
        return output.Split('\n');
    }

    private static (int Code, string Output) Run(string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
