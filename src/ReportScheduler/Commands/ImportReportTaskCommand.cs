using System.Management.Automation;
using ReportScheduler.Definitions;
using ReportScheduler.Sources;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Brings definitions of Export-ReportTask, or the tasks.json of the Python tool, into the store.</summary>
/// <remarks>
/// The format is recognized by the content. What is unchanged is left alone, with its counts and history; -WhatIf shows what would
/// change. A line reports what was made, what was unchanged, and when the first of the tasks runs: imported tasks are enabled as they were,
/// unless -Disabled is given. Of the Python tool's tasks, ids and counts are kept, APScheduler's cron fields become cron text that fires at
/// the same times, a connection is made for each database URL, and the mail server of its .env file is made with its password as a
/// reference. What cron text cannot say is an error that names the field; the other tasks are imported, and nothing is pruned.
/// </remarks>
/// <example>
/// <code>Import-ReportTask -Path ./reports.json -WhatIf</code>
/// <para>Shows what would be made and changed.</para>
/// </example>
/// <example>
/// <code>Import-ReportTask -Path ./reports -Prune</code>
/// <para>Makes the store the same as the folder: what the folder does not have is removed.</para>
/// </example>
/// <example>
/// <code>Import-ReportTask -Path ./tasks.json -EnvFile ./.env -TimeZone Europe/Paris -Disabled | Test-ReportTask</code>
/// <para>Moves the tasks of the Python tool over and tries each; Enable-ReportTask starts them when the Python tool is stopped.</para>
/// </example>
[Cmdlet(VerbsData.Import, "ReportTask", SupportsShouldProcess = true)]
[OutputType(typeof(ReportTask))]
public sealed class ImportReportTaskCommand : ReportCommand
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(3);

    /// <summary>The file, or the folder with reports.json.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The .env file of the Python tool. Default: the one beside tasks.json, if there is one.</summary>
    [Parameter]
    public string? EnvFile { get; set; }

    /// <summary>The zone of the Python tool's schedules and of times without one: an
    /// IANA or Windows id. Default: this computer's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public string? TimeZone { get; set; }

    /// <summary>Removes tasks, mail servers, connections, identities and themes that the file does not have.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Prune { get; set; }

    /// <summary>Tasks that are made do not follow their schedules until Enable-ReportTask, so that no report is sent twice while
    /// another tool still runs them. Tasks that are there stay enabled or disabled as they are.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Disabled { get; set; }

    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        var path = FullPath(Path);
        var file = Directory.Exists(path) ? System.IO.Path.Combine(path, DefinitionFile.FileName) : path;
        var definitions = DefinitionSource.Read(file, EnvFile is null ? null : FullPath(EnvFile), TimeZone);
        foreach (var warning in definitions.Warnings)
        {
            WriteWarning(warning);
        }

        foreach (var problem in definitions.Refused)
        {
            WriteError(problem.ToErrorRecord());
        }

        var prune = Prune && definitions.Refused.Count == 0;
        if (Prune && !prune)
        {
            WriteWarning("-Prune removes nothing this time: some definitions in the file were refused.");
        }

        var changes = new DefinitionImport(Store, definitions, Disabled, Store.Clock).Changes(prune).ToList();
        if (definitions.Tasks.Any(task => task.HasRecipients && task.MailServer is null))
        {
            WriteWarning(
                "Tasks have recipients and no mail server. "
                    + $"{(Store.MailServers.All().Count == 0 ? "Make one with New-ReportMailServer and give" : "Give")} it to them: "
                    + "Get-ReportTask | Set-ReportTask -MailServer.");
        }

        var (done, imported, failed) = (new List<DefinitionChange>(), new List<ReportTask>(), definitions.Refused.Count + changes.Count);
        foreach (var change in changes)
        {
            Guard(() =>
            {
                try
                {
                    change.Check();
                    if (ShouldProcess(change.Name, change.Action))
                    {
                        Apply(change, definitions, imported);
                        done.Add(change);
                    }
                }
                catch (ReportException problem) when (!problem.Message.Contains($"'{change.Name}'", StringComparison.Ordinal))
                {
                    // of a hundred tasks in a file, which one is meant
                    throw problem.About($"The {change.Noun} '{change.Name}' was not imported");
                }

                failed--;
            });
        }

        foreach (var line in new ImportSummary(definitions, changes, done, failed).Lines(imported))
        {
            WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST", "ReportScheduler"]);
        }
    }

    private void Apply(DefinitionChange change, ReportDefinitions definitions, List<ReportTask> imported)
    {
        change.Apply();
        if (change.Noun == DefinitionChange.Task)
        {
            if (change.Kind != ChangeKind.Remove)
            {
                imported.Add(Store.TaskNamed(change.Name));
                if (imported[^1].HasScript)
                {
                    WriteWarning(
                        $"{change.Name}: it has a PowerShell script, which is code that runs as the account of the report. "
                            + "Read it before the report runs: (Get-ReportTask "
                            + $"'{change.Name.Replace("'", "''", StringComparison.Ordinal)}').Datasets.Script");
                }

                Show(imported[^1]);
            }
        }
        else if (definitions.Connections.Any(connection => connection.Name == change.Name)
            && Store.Connections.Find(change.Name) is { } connection)
        {
            Try(connection);
        }
    }

    /// <summary>A database that is not there today is no reason to leave its tasks behind.</summary>
    private void Try(ReportConnection connection)
    {
        try
        {
            ReportDatabase.Open(connection, Store.Secrets, retry: 0, LongestTry, CancellationToken.None).Dispose();
        }
        catch (ReportException problem)
        {
            WriteWarning($"The connection '{connection.Name}' was imported and cannot be used yet: {problem.Message}");
        }
    }
}
