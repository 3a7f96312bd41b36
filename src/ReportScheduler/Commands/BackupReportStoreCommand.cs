using System.Management.Automation;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;

namespace ReportScheduler.Commands;

/// <summary>Copies the whole store - tasks, connections, mail servers, history, and
/// the mail that waits with its files - into a folder.</summary>
/// <remarks>The copy is consistent while runners are at work. Of the files of runs it contains those whose mail or copy has not
/// reached all recipients, so that Send-ReportRun can deliver them after a restore; those of other runs are not. The results
/// that -KeyColumn compares with go along. Without -IncludeKeys the passwords in it cannot be read, and have to be set
/// again after a restore on another machine.</remarks>
/// <example>
/// <code>Backup-ReportStore -Path ./backup-monday</code>
/// <para>Copies definitions, history and mail that waits, without the key of the passwords.</para>
/// </example>
/// <example>
/// <code>Backup-ReportStore -Path /srv/backup/monday -IncludeKeys</code>
/// <para>Copies the key too, for a restore on another computer. Keep the folder as safe as the passwords.</para>
/// </example>
[Cmdlet(VerbsData.Backup, "ReportStore", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class BackupReportStoreCommand : ReportCommand
{
    /// <summary>A folder that is missing or empty; only its owner can read it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Copies the key of the passwords too: anyone with the folder can then read them. On Windows the key
    /// stays bound to the account, or for the store of the machine to the machine.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter IncludeKeys { get; set; }

    /// <summary>Shows the path of the folder.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        var folder = FullPath(Path);
        if (!ShouldProcess(Store.Address, $"Copy to '{folder}'"))
        {
            return;
        }

        if (Store is RelationalStore database)
        {
            foreach (var record in Store.GetUnreadable())
            {
                WriteWarning("It will not be in the backup: "
                    + StoreErrors.RecordNotReadable(record.Noun, record.Name, record.Problem).Message);
            }

            DatabaseBackup.Write(database, folder, IncludeKeys, ShowRuns);
        }
        else
        {
            StoreBackup.Write(Store, folder, IncludeKeys);
        }

        if (!File.Exists(System.IO.Path.Combine(folder, StoreBackup.KeyName)) && ProtectedTexts.Of(Store).Count() is > 0 and var passwords)
        {
            WriteWarning($"The backup has no key for the {(passwords == 1 ? "password" : $"{passwords} passwords")} in it. "
                + "After a restore on another computer they have to be set again"
                + (IncludeKeys ? ": the key is not on this computer." : "; -IncludeKeys copies the key too."));
        }

        if (PassThru)
        {
            WriteObject(folder);
        }
    }
}
