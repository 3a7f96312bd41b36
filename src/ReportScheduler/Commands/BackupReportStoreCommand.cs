using System.Management.Automation;
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
            DatabaseBackup.Write(database, folder, IncludeKeys, ShowRuns);
        }
        else
        {
            StoreBackup.Write(Store, folder, IncludeKeys);
        }

        var passwords = IncludeKeys ? 0 : Store.Connections.All().Count(each => each.ProtectedPassword is not null)
            + Store.MailServers.All().Count(each => each.ProtectedPassword is not null)
            + Store.Identities.All().Count(each => each.ProtectedSecret is not null);
        if (passwords > 0)
        {
            WriteWarning($"The backup has no key for the {(passwords == 1 ? "password" : $"{passwords} passwords")} in it. "
                + "After a restore on another computer they have to be set again; -IncludeKeys copies the key too.");
        }

        if (PassThru)
        {
            WriteObject(folder);
        }
    }
}
