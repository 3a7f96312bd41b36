using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Shows the policies of the whole store. A task's own value wins.</summary>
/// <remarks>These hold for every task that says nothing of its own: missed due times, failure mail, how long runs and files are kept.</remarks>
/// <example>
/// <code>Get-ReportSchedulerOption</code>
/// <para>Shows what holds for tasks that say nothing themselves.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportSchedulerOption")]
[OutputType(typeof(ReportSchedulerOption))]
public sealed class GetReportSchedulerOptionCommand : ReportCommand
{
    private protected override void Process() => WriteObject(Store.GetOption());
}
