using System.Management.Automation;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;

namespace ReportScheduler.Commands;

/// <summary>Makes a report store: a file, or the tables in a PostgreSQL database that runners on several machines share.</summary>
/// <remarks>
/// A file is also made by the first task, connection or mail server that is put into it. A database needs this command once; its user must
/// be allowed to create a schema there. The tables are in the schema reportscheduler. The address is postgresql://user@host:port/database.
/// No password stands in it: give ?password=env:NAME or ?password=file:/path behind it, or set PGPASSFILE. The key of the passwords that
/// the store keeps is made on this computer, or is the file that REPORTSCHEDULER_KEY_FILE names; bring it to every machine that runs
/// reports.
/// </remarks>
/// <example>
/// <code>New-ReportStore 'postgresql://reports@db/reports?password=env:REPORTS_DB_PASSWORD'</code>
/// <para>Makes the tables of a store that several machines share.</para>
/// </example>
/// <example>
/// <code>New-ReportStore ./reports.db</code>
/// <para>Makes a store in a file.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportStore", SupportsShouldProcess = true)]
[OutputType(typeof(StoreCheck))]
public sealed class NewReportStoreCommand : ReportStoreCommand
{
    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        if (Store.IsThere)
        {
            throw StoresErrors.StoreExists(Store.Address);
        }

        if (!ShouldProcess(Store.Address, "Create report store"))
        {
            return;
        }

        if (Store is RelationalStore database)
        {
            database.Make();
        }

        WriteObject(StoreChecks.Try(Store), enumerateCollection: true);
    }
}
