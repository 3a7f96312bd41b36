using System.Diagnostics;

namespace ReportScheduler.Tests.Support;

/// <summary>An installed PowerShell with all of its modules, in a process of its own, as users have it.</summary>
internal static class CompletePowerShell
{
    private const string Variable = "REPORTSCHEDULER_PWSH";

    private const string Missing = "there is no complete PowerShell; install it with: dotnet tool install PowerShell --version 7.6.9 "
        + $"--tool-path out/pwsh (or set {Variable} to another folder)";

    /// <summary>Runs it to its end; skips the test where it is missing.</summary>
    /// <param name="folder">Current folder and HOME of the process.</param>
    /// <param name="environment">Variables to set beside HOME.</param>
    /// <param name="arguments">As on the command line, after <c>-NoProfile</c>.</param>
    public static HostProcess Run(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(folder, environment, arguments);
        process.StandardInput.Close();
        return HostProcess.End(process);
    }

    /// <summary>Starts it and leaves it running.</summary>
    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var command = Find();
        if (command is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Fail(Missing);
        }

        // no colours in what the tests read
        var variables = new Dictionary<string, string>(environment) { ["NO_COLOR"] = "1", ["POWERSHELL_TELEMETRY_OPTOUT"] = "1" };
        return HostProcess.Start(folder, variables, command[0], [.. command[1..], "-NoProfile", .. arguments]);
    }

    // the program itself: the tool's own pwsh is a second process before it, which keeps signals to itself
    private static string[]? Find()
    {
        var tool = Environment.GetEnvironmentVariable(Variable) ?? Path.Combine(BuiltModule.Root, "out", "pwsh");
        var store = Path.Combine(tool, ".store", "powershell");
        var system = OperatingSystem.IsWindows() ? "win" : "unix";
        return Directory.Exists(store)
            && Directory.EnumerateFiles(store, "pwsh.dll", SearchOption.AllDirectories)
                .FirstOrDefault(file => Path.GetFileName(Path.GetDirectoryName(file)) == system) is { } program
                ? ["dotnet", program] : null;
    }
}
