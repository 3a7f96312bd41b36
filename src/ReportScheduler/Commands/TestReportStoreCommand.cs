using System.Management.Automation;
using ReportScheduler.Stores;

namespace ReportScheduler.Commands;

/// <summary>Tries what runners need of a store: reading, writing, the key of its passwords and the
/// folder for files; of a database also its clock and its replication.</summary>
/// <remarks>One result a check, with Success and a Message; nothing is an error here. Nothing is changed.</remarks>
/// <example>
/// <code>Test-ReportStore 'postgresql://reports@db/reports' | Where-Object -Not Success</code>
/// <para>Shows what this machine lacks for a shared store.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ReportStore")]
[OutputType(typeof(StoreCheck))]
public sealed class TestReportStoreCommand : ReportStoreCommand
{
    private protected override bool NeedsStore => true;

    private protected override void Process() => WriteObject(StoreChecks.Try(Store), enumerateCollection: true);
}
