using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Stops following the schedule of report tasks.</summary>
/// <remarks>Nothing is removed; Invoke-ReportTask still runs the task. A run that is going on is not interrupted.</remarks>
/// <example>
/// <code>Get-ReportTask 'Sales*' | Disable-ReportTask</code>
/// <para>Disables all sales reports.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Disable, "ReportTask", SupportsShouldProcess = true)]
[OutputType(typeof(ReportTask))]
public sealed class DisableReportTaskCommand : TaskSwitchCommand
{
    private protected override bool Enabled => false;
}
