using System.Diagnostics;

namespace ReportScheduler.Hosting;

/// <summary>Runs a program of the system to its end.</summary>
internal static class SystemProgram
{
    /// <summary>What the program wrote.</summary>
    /// <param name="program">Its name in PATH.</param>
    /// <param name="input">What it reads; null for nothing.</param>
    /// <param name="arguments">One argument each.</param>
    /// <exception cref="ReportException">It is not there, or it ended with another code than 0.</exception>
    public static string Run(string program, string? input, params string[] arguments) => Run([], program, input, arguments);

    /// <summary>What the program wrote, with variables beside those of this process.</summary>
    /// <exception cref="ReportException">It is not there, or it ended with another code than 0.</exception>
    public static string Run(IReadOnlyList<KeyValuePair<string, string>> environment, string program, string? input,
        params string[] arguments)
    {
        var path = ProgramPaths.Find(program) ?? throw HostingErrors.SystemProgramNotFound(program);
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output
            : throw HostingErrors.SystemProgramFailed($"{program} {string.Join(' ', arguments)}", process.ExitCode, errors.Result.Trim());
    }
}
