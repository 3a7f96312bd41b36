using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Shows which runners are alive on the store, since when, and what they run.</summary>
/// <remarks>Runners of other computers that share the store are shown while they report that they are alive. What a runner works on is its
/// own until Lease; it renews that twice a minute. Clock is how far its computer's clock is ahead of the store's, which counts.</remarks>
/// <example>
/// <code>Get-ReportScheduler</code>
/// <para>Lists the runners.</para>
/// </example>
/// <example>
/// <code>Get-ReportScheduler | Where-Object { $_.ClockOffset.Duration().TotalSeconds -gt 60 }</code>
/// <para>Shows the runners on computers with a wrong clock.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportScheduler")]
[OutputType(typeof(ReportSchedulerInfo))]
public sealed class GetReportSchedulerCommand : ReportCommand
{
    private protected override void Process() =>
        WriteObject(Store.Runners.List(), enumerateCollection: true);
}
