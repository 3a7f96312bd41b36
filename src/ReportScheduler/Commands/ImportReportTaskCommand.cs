using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReportScheduler.Queries;
using ReportScheduler.Schedules;
using ReportScheduler.Tasks;

namespace ReportScheduler.Commands;

/// <summary>Brings definitions of Export-ReportTask, or the tasks.json of the Python tool, into the store.</summary>
/// <remarks>
/// The format is told from the content. What is the same already is left alone, with its counts and history; -WhatIf shows what would
/// change. Of the Python tool's tasks, ids and counts are kept, APScheduler's cron fields become cron text that fires at the same times,
/// a connection is made for each database URL, and the mail server of its .env file is made with its password as a reference. What
/// cron text cannot say is an error that names the field; the other tasks are imported, and nothing is pruned.
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
/// <code>Import-ReportTask -Path ./tasks.json -EnvFile ./.env -TimeZone Europe/Paris</code>
/// <para>Moves the tasks of the Python tool over.</para>
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

    /// <summary>The zone of the Python tool's schedules and of times without one: an IANA or Windows id. Default: this computer's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public string? TimeZone { get; set; }

    /// <summary>Removes tasks, mail servers and connections that the file does not have.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    private protected override void Process()
    {
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        var file = Directory.Exists(path) ? System.IO.Path.Combine(path, DefinitionFile.FileName) : path;
        var definitions = Read(file);
        foreach (var warning in definitions.Warnings)
        {
            WriteWarning(warning);
        }

        foreach (var problem in definitions.Refused)
        {
            WriteError(problem.ToErrorRecord());
        }

        // what was refused would look as if the file did not have it
        var prune = Prune && definitions.Refused.Count == 0;
        foreach (var change in new DefinitionImport(Store, definitions, TimeProvider.System).Changes(prune).ToList())
        {
            Guard(() => Apply(change, definitions));
        }
    }

    private ReportDefinitions Read(string file)
    {
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(File.ReadAllText(file), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException problem)
        {
            throw ReportError.DefinitionFileNotReadable(file, $"line {problem.LineNumber + 1} is not JSON");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw ReportError.DefinitionFileNotReadable(file, problem.Message, problem);
        }

        if (DefinitionFile.IsMeant(json))
        {
            return DefinitionFile.Read(json!, file);
        }

        if (!PythonTasks.IsMeant(json))
        {
            throw ReportError.DefinitionFileNotReadable(file, "it holds no tasks");
        }

        var beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, ".env");
        var envFile = EnvFile is not null ? GetUnresolvedProviderPathFromPSPath(EnvFile) : File.Exists(beside) ? beside : null;
        if (TimeZone is not null)
        {
            Zones.Find(TimeZone);
        }

        return PythonTasks.Read(json!, file, TimeZone ?? Zones.Local, envFile);
    }

    private void Apply(DefinitionChange change, ReportDefinitions definitions)
    {
        change.Check();
        if (!ShouldProcess(change.Name, change.Action))
        {
            return;
        }

        change.Apply();
        if (change.IsTask)
        {
            WriteObject(Store.FindTask(change.Name));
        }
        else if (definitions.Connections.Any(connection => connection.Name == change.Name) && Store.FindConnection(change.Name) is { } connection)
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
