using System.Management.Automation;
using ReportScheduler.Definitions;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Writes report tasks, with their connections, mail servers and identities, to a
/// readable file for version control or another computer.</summary>
/// <remarks>
/// The file is JSON in a stable order: the same definitions give the same text. Passwords are not in it: where the store keeps one,
/// the file has a reference such as env:REPORT_ERP_PASSWORD, which is read from the environment after an import into another store.
/// History, counts and keys are not in it either; Backup-ReportStore -IncludeKeys copies those. With a folder as -Path, each query is a
/// .sql file beside reports.json.
/// </remarks>
/// <example>
/// <code>Export-ReportTask -Path ./reports.json</code>
/// <para>Writes all definitions to one file.</para>
/// </example>
/// <example>
/// <code>Export-ReportTask -Name 'Daily*' -Path ./reports -Folder</code>
/// <para>Writes the tasks whose names begin with Daily to reports/reports.json, with one .sql file per query.</para>
/// </example>
[Cmdlet(VerbsData.Export, "ReportTask", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportReportTaskCommand : ReportCommand
{
    private readonly List<ReportTask> tasks = [];

    /// <summary>The file, or with -Folder the folder.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The names of the report tasks. Wildcards are allowed. Default: all,
    /// with all connections, mail servers, identities and themes.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskName")]
    [NameTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The id of the task of a piped run.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? TaskId { get; set; }

    /// <summary>Writes a folder with one .sql file per query. A path that is a folder already needs no switch.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Folder { get; set; }

    private protected override void Process()
    {
        foreach (var name in Name)
        {
            Guard(() => tasks.AddRange(FindTasks([name], TaskId).Where(task => !tasks.Exists(other => other.Id == task.Id))));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(Write);

    private void Write()
    {
        // nothing piped is nothing, and not everything
        var isAll = !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Name));
        var path = FullPath(Path);
        if (!isAll && tasks.Count == 0)
        {
            WriteWarning($"No report task was named, and '{path}' was not written: Import-ReportTask -Prune would treat an empty file as "
                + "a request to remove everything.");
            return;
        }

        var chosen = isAll ? Store.GetTasks() : [.. tasks.OrderBy(task => task.Name, StringComparer.OrdinalIgnoreCase)];
        ReportConnection[] connections = [
            .. Store.Connections.All().Where(connection => isAll || chosen.Any(task => task.Reads(connection.Name)))];
        ReportMailServer[] servers = [.. Store.MailServers.All()
            .Where(server => isAll || chosen.Any(task => server.Name.Equals(task.MailServer, StringComparison.OrdinalIgnoreCase)))];
        var used = connections.Select(connection => connection.Identity).Concat(servers.Select(server => server.Identity))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var looks = chosen.Select(Store.ThemeNameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var definitions = new ReportDefinitions
        {
            Tasks = chosen,
            Themes = [.. Store.Themes.All().Where(theme => isAll || looks.Contains(theme.Name))],
            Connections = connections,
            MailServers = servers,
            Identities = [.. Store.Identities.All().Where(identity => isAll || used.Contains(identity.Name))],
        };
        if (!ShouldProcess(path, $"Write {chosen.Count} report tasks"))
        {
            return;
        }

        foreach (var file in DefinitionFile.Write(definitions, path, Folder || Directory.Exists(path)))
        {
            WriteObject(new FileInfo(file));
        }

        foreach (var name in definitions.Connections.Where(connection => connection.ProtectedPassword is not null)
            .Select(connection => connection.Name)
            .Concat(definitions.MailServers.Where(server => server.ProtectedPassword is not null).Select(server => server.Name)))
        {
            WriteVerbose($"The password of '{name}' is not in the file. Elsewhere it is read from {DefinitionFile.ReferenceFor(name)}.");
        }

        foreach (var identity in definitions.Identities.Where(identity => identity.ProtectedSecret is not null))
        {
            WriteVerbose($"The secret of '{identity.Name}' is not in the file. Elsewhere it is read from "
                + $"{DefinitionFile.SecretReferenceFor(identity.Name)}.");
        }
    }
}
