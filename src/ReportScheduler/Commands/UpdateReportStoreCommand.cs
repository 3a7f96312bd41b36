using System.Management.Automation;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;

namespace ReportScheduler.Commands;

/// <summary>Brings the tables of a store in a database to the format of this version of the module.</summary>
/// <remarks>A store in a file needs no update. Runners of an older version stop taking reports when the format is newer
/// than theirs, and report that; nothing is lost. A store that is up to date stays as it is. Where REPORTSCHEDULER_KEY_FILE has a newer key
/// in its first line, the passwords are protected with it: give it to all machines before.</remarks>
/// <example>
/// <code>Update-ReportStore 'postgresql://reports@db/reports' -WhatIf</code>
/// <para>Shows which format the store has and which it would get.</para>
/// </example>
/// <example>
/// <code>Update-ReportStore -Verbose</code>
/// <para>After a new key was put into the first line of the key file of each machine: protects
/// the passwords with it. The old key can go.</para>
/// </example>
[Cmdlet(VerbsData.Update, "ReportStore", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UpdateReportStoreCommand : ReportStoreCommand
{
    private protected override bool NeedsStore => true;

    private protected override void Process()
    {
        if (Store is not RelationalStore database)
        {
            WriteVerbose($"'{Store.Address}' is a store in a file, which needs no update.");
            return;
        }

        var (found, newest) = database.Formats();
        if (found > newest)
        {
            throw RelationalErrors.StoreTooNew(Store.Address, found, newest);
        }

        if (found == 0)
        {
            throw RelationalErrors.StoreNotMade(Store.Address);
        }

        if (found == newest)
        {
            WriteVerbose($"'{Store.Address}' has the format {found} already.");
        }
        else if (ShouldProcess(Store.Address, $"Update from format {found} to {newest}"))
        {
            database.Update(WarnOfOther);
        }
        else
        {
            return;
        }

        Rotate(new KeyRotation(database));
    }

    private void Rotate(KeyRotation keys)
    {
        if (keys.IsNeeded && ShouldProcess(Store.Address, "Protect the passwords with the newest key of REPORTSCHEDULER_KEY_FILE"))
        {
            var count = keys.Rotate();
            WriteVerbose($"{count} {(count == 1 ? "secret is" : "secrets are")} protected with the newest key.");
        }
    }
}
