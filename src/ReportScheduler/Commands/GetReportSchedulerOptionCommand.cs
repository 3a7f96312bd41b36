using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Shows the policies of the whole store. A task's own value wins.</summary>
/// <remarks>These are the defaults of tasks without a value of their own: missed due
/// times, failure mail, how long runs and files are kept.</remarks>
/// <example>
/// <code>Get-ReportSchedulerOption</code>
/// <para>Shows the defaults of tasks without a value of their own.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportSchedulerOption")]
[OutputType(typeof(ReportSchedulerOption))]
public sealed class GetReportSchedulerOptionCommand : ReportCommand
{
    private protected override void Process() => WriteObject(Store.GetOption());
}
