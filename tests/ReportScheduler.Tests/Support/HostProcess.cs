using System.Diagnostics;

namespace ReportScheduler.Tests.Support;

/// <summary>The console host in a process of its own, without a terminal: the input is empty, the outputs are read to the end.</summary>
/// <param name="ExitCode">Of the process.</param>
/// <param name="Output">What it wrote on standard output.</param>
/// <param name="Error">What it wrote on standard error.</param>
internal sealed record HostProcess(int ExitCode, string Output, string Error)
{
    // a hanging process must not hang the tests
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs the host to its end.</summary>
    public static HostProcess Run(string folder, params string[] arguments) => Run(folder, new Dictionary<string, string>(), arguments);

    /// <param name="folder">Current folder and HOME of the process.</param>
    /// <param name="environment">Variables to set beside HOME.</param>
    /// <param name="arguments">As on the command line.</param>
    public static HostProcess Run(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(folder, environment, arguments);
        process.StandardInput.Close();
        return End(process);
    }

    /// <summary>Starts the host and leaves it running.</summary>
    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Start(folder, environment, "dotnet", [BuiltModule.Host, .. arguments]);

    /// <summary>Starts another program in the same way.</summary>
    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, string program,
        IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = folder;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a started host.</summary>
    public static HostProcess End(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The host did not end within {Limit}.");
        }

        return new HostProcess(process.ExitCode, output.Result, error.Result);
    }
}
