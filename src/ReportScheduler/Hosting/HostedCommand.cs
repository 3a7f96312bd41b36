using ReportScheduler.Text;

namespace ReportScheduler.Hosting;

/// <summary>The command line of a hosted job, quoted for the system that starts it.</summary>
/// <remarks>Its exit code is the truth about the reports: 0 when none failed, else 1.
/// Text of people stands in single quotes of PowerShell only.</remarks>
internal static class HostedCommand
{
    private const string Options = "-NoProfile -NonInteractive -Command";

    /// <summary>The PowerShell text.</summary>
    public static string Script(HostedJob job)
    {
        var store = $"-StorePath {PowerShellText.Quoted(job.StorePath)}{(job.Scope == StoreScope.Machine ? " -Scope Machine" : "")}";
        var work = job.Work == HostedWork.Runner ? $"Start-ReportScheduler {store}" : $"Invoke-ReportTask -Due {store}";
        return $"Import-Module {PowerShellText.Quoted(job.ModulePath)} -ErrorAction Stop; {work} -ErrorVariable failed; "
            + "exit [int]($failed.Count -gt 0)";
    }

    /// <summary>Program arguments as Windows splits them.</summary>
    public static string WindowsArguments(HostedJob job) =>
        $"{Options} \"{Script(job).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The value of ExecStart=. systemd expands % and $ also within quotes.</summary>
    public static string SystemdLine(HostedJob job) => $"{SystemdQuote(job.PowerShellPath)} {Options} {SystemdQuote(Script(job))}";

    /// <summary>The command of a crontab line: sh runs it, and cron ends it at a bare %.</summary>
    public static string CronLine(HostedJob job) =>
        $"{ShellQuote(job.PowerShellPath)} {Options} {ShellQuote(Script(job))}".Replace("%", "\\%", StringComparison.Ordinal);

    /// <summary>A value of a unit file that may hold a blank or a specifier.</summary>
    public static string SystemdQuote(string text) => '"' + text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("%", "%%", StringComparison.Ordinal)
        .Replace("$", "$$", StringComparison.Ordinal) + '"';

    private static string ShellQuote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
