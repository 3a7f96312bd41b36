using System.Management.Automation;
using ReportScheduler.Hosting;
using ReportScheduler.Stores;

namespace ReportScheduler.Commands;

/// <summary>Moves a store to another place: from a file into a database, back, or from one database to another.</summary>
/// <remarks>
/// Everything goes along: definitions with their passwords, ids, counts, which due times ran, the results that -KeyColumn compares
/// with, and mail that waits with its messages and files. The files of reports that have reached everybody stay with the old store,
/// which a warning says: the history names them, and Send-ReportRun needs them.
/// Stop the runners first. The old store can be read afterwards and accepts no changes: runners that still use it report where it was
/// moved to. A move that was interrupted is finished by the same command. The new store must be empty; New-ReportStore makes one in a
/// database.
/// Both keys of the passwords must be on this machine.
/// </remarks>
/// <example>
/// <code>Copy-ReportStore ./reports.db 'postgresql://reports@db/reports'</code>
/// <para>Moves the store of one machine into a database that several can share.</para>
/// </example>
[Cmdlet(VerbsCommon.Copy, "ReportStore", SupportsShouldProcess = true)]
[OutputType(typeof(StoreCheck))]
public sealed class CopyReportStoreCommand : ReportStoreCommand
{
    /// <summary>The path or address of the new store.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    private protected override bool NeedsStore => true;

    private protected override void Process()
    {
        var to = StoreAt(Destination, isMadeByReading: false);
        var copy = new StoreCopy(Store, to) { OnRuns = ShowRuns };
        copy.Check();
        if (!ShouldProcess(Store.Address, $"Move report store to '{to.Address}'"))
        {
            return;
        }

        var (tasks, runs) = copy.Copy();
        foreach (var registered in new RegistrationFolder(Store.Address, Scope).List())
        {
            WriteWarning($"'{registered.Name}' is still registered with {registered.System} for '{Store.Address}', where it finds nothing "
                + "to do. Remove it with Unregister-ReportScheduledTask and that -StorePath, and register it again for the new store.");
        }

        if (copy.RunsWithoutFiles is > 0 and var left)
        {
            WriteWarning($"The files of {left} {(left == 1 ? "report that has" : "reports that have")} reached all recipients stay in "
                + $"'{Store.Files.Folder}'{(ReportStores.IsDatabase(Store.Address) ? " and in the old database" : "")}: the history names "
                + "them, and Send-ReportRun cannot send them again from the new store. Keep them there for as long as you need them"
                + $"{(ReportStores.IsDatabase(Store.Address) ? "." : $", or copy that folder's content to '{to.Files.Folder}'.")}");
        }

        WriteVerbose($"{tasks} tasks and {runs} runs are in '{to.Address}'.");
        WriteObject(StoreChecks.Try(to), enumerateCollection: true);
    }
}
