using System.Management.Automation;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;

namespace ReportScheduler.Commands;

/// <summary>Makes a report store: a file, or the tables in a database that runners on several machines share.</summary>
/// <remarks>
/// A file is also made by the first task, connection or mail server that is put into it. A database needs this command once; its user must
/// be allowed to create tables there. In PostgreSQL they are in the schema reportscheduler; in MariaDB, MySQL and SQL Server give the store
/// a database of its own. The address is postgresql://user@host:port/database, mysql://user@host/database or mssql://user@host/database.
/// No password stands in it: give ?password=env:NAME, ?password=file:/path or ?password=vault:NAME behind it. PostgreSQL
/// takes PGPASSFILE too, and SQL Server without a user the Windows account. In Azure ?identity=ManagedIdentity, WorkloadIdentity or
/// AzureDefault signs in with tokens in place of a password, and clientid=ID behind it names a user-assigned one. The key of the
/// passwords that the store keeps is made on this computer, or is the file that REPORTSCHEDULER_KEY_FILE names; bring it to every machine
/// that runs reports.
/// </remarks>
/// <example>
/// <code>New-ReportStore 'postgresql://reports@db/reports?password=env:REPORTS_DB_PASSWORD'</code>
/// <para>Makes the tables of a store that several machines share.</para>
/// </example>
/// <example>
/// <code>New-ReportStore 'mysql://reports@db/reports?password=file:/run/secrets/reports-db'</code>
/// <para>The same in MariaDB or MySQL.</para>
/// </example>
/// <example>
/// <code>New-ReportStore 'mssql://example.database.windows.net/reports?identity=ManagedIdentity'</code>
/// <para>The same in Azure SQL, with the identity of this computer in place of a password.</para>
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
            database.Make(WarnOfOther);
        }
        else
        {
            // the first look makes the file
            Store.GetOption();
        }

        WriteObject(StoreChecks.Try(Store), enumerateCollection: true);
    }
}
