using System.Globalization;
using ReportScheduler.Text;

namespace ReportScheduler;

/// <summary>The command that runs the report of a run again for the same due time.</summary>
internal static class AgainCommand
{
    /// <summary>A line that can be pasted at a PowerShell prompt.</summary>
    public static string Of(ReportRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"Invoke-ReportTask -Name {PowerShellText.Quoted(run.TaskName)} -AsOf '{run.DueAt:yyyy-MM-ddTHH:mm:sszzz}'");
}
