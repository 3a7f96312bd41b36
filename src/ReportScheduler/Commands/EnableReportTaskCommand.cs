using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Follows the schedule of report tasks again.</summary>
/// <remarks>Due times that passed while a task was disabled are not made up for. An automatic pause after failures ends.</remarks>
/// <example>
/// <code>Get-ReportTask 'Sales*' | Enable-ReportTask</code>
/// <para>Enables all sales reports.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "ReportTask", SupportsShouldProcess = true)]
[OutputType(typeof(ReportTask))]
public sealed class EnableReportTaskCommand : TaskSwitchCommand
{
    private protected override bool Enabled => true;
}
