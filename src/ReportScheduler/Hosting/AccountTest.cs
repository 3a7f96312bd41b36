using ReportScheduler.Queries;
using ReportScheduler.Store;

namespace ReportScheduler.Hosting;

/// <summary>Has the account that will run the tasks test them, with its environment. On Linux root may become another account; elsewhere it takes its password.</summary>
internal static class AccountTest
{
    /// <param name="registered">What it will run; the store is asked for its enabled tasks.</param>
    /// <param name="registeredBy">The account that asks.</param>
    /// <returns>What failed, that nothing did, or why it could not be tested.</returns>
    public static string[] Try(ReportScheduledTask registered, string registeredBy)
    {
        var isOwn = registered.Account == registeredBy;
        if (registered.System == HostingSystem.TaskScheduler || (!isOwn && (!Environment.IsPrivilegedProcess || ProgramPaths.Find("runuser") is null)))
        {
            return [$"Not tested: '{registered.Account}' runs it, and '{registeredBy}' registered it. Run Test-ReportTask as '{registered.Account}'."];
        }
        try
        {
            string[] command = [registered.PowerShellPath, "-NoProfile", "-NonInteractive", "-Command", Script(registered)];
            var environment = registered.EnvironmentFile is { } file ? SecretReference.Read(file) : [];
            var lines = (isOwn ? SystemProgram.Run(environment, command[0], null, command[1..]) : SystemProgram.Run(environment, "runuser", null, ["-u", registered.Account, "--", .. command]))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines is [var count] ? [$"{count} passed as '{registered.Account}'."] : lines.Length == 0 ? [$"Not tested: PowerShell said nothing as '{registered.Account}'."] : lines[..^1];
        }
        catch (ReportException problem)
        {
            return [$"Not tested as '{registered.Account}': {problem.Message}"];
        }
    }

    private static string Script(ReportScheduledTask registered)
    {
        var store = $"-StorePath {HostedCommand.Quote(registered.StorePath)}{(registered.Scope == StoreScope.Machine ? " -Scope Machine" : "")}";
        var tasks = registered.TaskName is { } name ? $"Get-ReportTask {HostedCommand.Quote(name)} {store}" : $"Get-ReportTask {store} | Where-Object Enabled";
        return $"$ErrorActionPreference = 'Stop'; Import-Module {HostedCommand.Quote(registered.ModulePath)}; "
            + $"$checks = @({tasks} | ForEach-Object {{ Test-ReportTask $_.Name {store} }}); "
            + "$checks | Where-Object Success -eq $false | ForEach-Object { \"$($_.TaskName): $($_.Check): $($_.Message)\" }; \"$($checks.Count) checks\"";
    }
}
