using System.Diagnostics;

namespace ReportScheduler.Benchmarks.Gallery;

/// <summary>Programs of the computer that make pictures.</summary>
internal static class Tool
{
    /// <summary>Whether it is installed.</summary>
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <returns>Whether it ended well.</returns>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="isShown">What it writes is shown.</param>
    /// <param name="patience">How long it may take before it is ended; null for as long as it does.</param>
    public static bool Run(string[] command, bool isShown = false, TimeSpan? patience = null)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = !isShown, RedirectStandardError = !isShown };
        // monotonic clocks go on, so that waiting works
        start.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        using var process = Process.Start(start)!;
        if (!isShown)
        {
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        if (patience is { } most && !process.WaitForExit(most))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
