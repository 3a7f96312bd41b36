using ReportScheduler.Rows;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Text;

namespace ReportScheduler.Hosting;

/// <summary>Has the account that will run the tasks test them, with its environment. On Linux
/// root may become another account; elsewhere it takes its password.</summary>
internal static class AccountTest
{
    private const string Passed = " checks passed as '";
    private const string WarningOf = "WARNING: ";

    /// <summary>The account of this process.</summary>
    public static string Current =>
        OperatingSystem.IsWindows() ? $@"{Environment.UserDomainName}\{Environment.UserName}" : Environment.UserName;

    /// <summary>Whether a line says that nothing failed.</summary>
    public static bool IsPass(string line, string account) => line.EndsWith($"{Passed}{account}'.", StringComparison.Ordinal);

    /// <summary>Tests tasks in this process, as the account that it has.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="sources">Kinds of sources beside the databases of the store.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>What failed, or that nothing did.</returns>
    public static string[] TryHere(IReportStore store, IEnumerable<ReportTask> tasks, IReadOnlyList<IRowSources> sources,
        CancellationToken cancel)
    {
        var checks = tasks.SelectMany(task => new TaskProbe(store, store.Clock, sources).Try(task, cancel)).ToList();
        return checks.All(check => check.Success)
            ? [$"{checks.Count}{Passed}{Current}'."]
            : [.. checks.Where(check => !check.Success).Select(check => $"{check.TaskName}: {check.Check}: {check.Message}")];
    }

    /// <summary>Has a process of the account test what it will run.</summary>
    /// <param name="registered">What it will run; the store is asked for its enabled tasks.</param>
    /// <returns>What failed, that nothing did, or why it could not be tested.</returns>
    public static string[] Try(ReportScheduledTask registered)
    {
        var registeredBy = Current;
        var isOwn = registered.Account == registeredBy;
        if (!SystemSchedulers.Of(registered.System).CanTestAccount
            || (!isOwn && (!Environment.IsPrivilegedProcess || ProgramPaths.Find("runuser") is null)))
        {
            return [$"Not tested: '{registered.Account}' runs it, and '{registeredBy}' registered it. "
                + $"Run Test-ReportTask as '{registered.Account}'."];
        }

        try
        {
            string[] command = [registered.PowerShellPath, "-NoProfile", "-NonInteractive", "-Command", Script(registered)];
            var environment = SystemSchedulers.Of(registered.System).Environment(registered);
            var said = isOwn
                ? SystemProgram.Run(environment, command[0], null, command[1..])
                : SystemProgram.Run(environment, "runuser", null, ["-u", registered.Account, "--", .. command]);
            // that process has written the word, and whoever shows the line writes it again
            string[] lines = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => line.StartsWith(WarningOf, StringComparison.Ordinal) ? line[WarningOf.Length..] : line)];
            return lines is [var count]
                ? [$"{count}{Passed}{registered.Account}'."]
                : lines.Length == 0
                ? [$"Not tested: PowerShell said nothing as '{registered.Account}'."]
                : lines[..^1];
        }
        catch (ReportException problem)
        {
            return [$"Not tested as '{registered.Account}': {problem.Message}"];
        }
    }

    private static string Script(ReportScheduledTask registered)
    {
        var store =
            $"-StorePath {PowerShellText.Quoted(registered.StorePath)}{(registered.Scope == StoreScope.Machine ? " -Scope Machine" : "")}";
        var tasks = registered.TaskName is { } name
            ? $"Get-ReportTask {PowerShellText.Quoted(name)} {store}"
            : $"Get-ReportTask {store} | Where-Object Enabled";
        return $"$ErrorActionPreference = 'Stop'; Import-Module {PowerShellText.Quoted(registered.ModulePath)}; "
            + $"$checks = @({tasks} | ForEach-Object {{ Test-ReportTask $_.Name {store} }}); "
            + "$checks | Where-Object Success -eq $false | ForEach-Object { \"$($_.TaskName): $($_.Check): $($_.Message)\" }; "
            + "\"$($checks.Count)\"";
    }
}
