using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Shows which runners are alive on the store, since when, and what they run.</summary>
/// <remarks>Runners of other computers that share the store are shown while they report that they are alive.</remarks>
/// <example>
/// <code>Get-ReportScheduler</code>
/// <para>Lists the runners.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportScheduler")]
[OutputType(typeof(ReportSchedulerInfo))]
public sealed class GetReportSchedulerCommand : ReportCommand
{
    private protected override void Process() =>
        WriteObject(Store.Runners.List(), enumerateCollection: true);
}
