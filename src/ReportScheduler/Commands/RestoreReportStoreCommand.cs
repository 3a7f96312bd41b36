using System.Management.Automation;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;

namespace ReportScheduler.Commands;

/// <summary>Puts a backup of Backup-ReportStore in the place of the store.</summary>
/// <remarks>A store in a file, and its key, are kept aside beside it, under names that end in .old. A store in a database must
/// be empty; its tables are made where there are none, and an interrupted restore is finished by the same command. Stop the runners
/// first. Due times between the backup and now are due again, under the policy for missed ones.</remarks>
/// <example>
/// <code>Restore-ReportStore -Path ./backup-monday -WhatIf</code>
/// <para>Shows what would be replaced.</para>
/// </example>
/// <example>
/// <code>Restore-ReportStore ./backup-monday -StorePath 'postgresql://reports@db/reports_new?password=env:REPORTS_DB_PASSWORD'</code>
/// <para>Copies a backup into an empty database.</para>
/// </example>
[Cmdlet(VerbsData.Restore, "ReportStore", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RestoreReportStoreCommand : ReportCommand
{
    /// <summary>The folder of the backup.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Shows the paths of what was kept aside.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        var folder = FullPath(Path);
        StoreBackup.Check(folder);
        if (Store is RelationalStore database)
        {
            if (database.IsThere)
            {
                StoreCopy.CheckTarget(database, folder);
            }

            if (ShouldProcess(Store.Address, $"Copy the backup in '{folder}' into the empty store")
                && DatabaseBackup.Restore(folder, database, ShowRuns) is > 0 and var count)
            {
                WriteWarning($"The backup has no key for {(count == 1 ? "a password" : $"{count} passwords")} in it, which cannot be read "
                    + "here: set them again. All else is restored.");
            }

            return;
        }

        if (!ShouldProcess(Store.Address, $"Replace with the backup in '{folder}'"))
        {
            return;
        }

        var aside = StoreBackup.Restore(folder, Store.Address, Scope, TimeProvider.System.GetUtcNow());
        if (PassThru)
        {
            WriteObject(aside, enumerateCollection: true);
        }
    }
}
