using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using ReportScheduler.Commands.Scripts;
using ReportScheduler.Rows;
using ReportScheduler.Runs;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Gives the rows of report tasks, or of a query, as objects.</summary>
/// <remarks>
/// No file is written, no mail is sent and no run is recorded. Each row is an object whose properties are named after
/// the columns and have the type of their values; NULL is $null. The rows come while the query runs, and Ctrl+C cancels
/// it on the server.
/// With several datasets the rows of each come one after the other; -Dataset chooses.
/// </remarks>
/// <example>
/// <code>Get-ReportData 'Weekly sales' -Dataset Orders -First 20</code>
/// <para>Shows the first rows of a dataset before anything is mailed.</para>
/// </example>
/// <example>
/// <code>Get-ReportData -Connection shop -Query 'select * from sales where day = @day' -Parameters @{ day = 'yesterday' } | Measure-Object amount -Sum</code>
/// <para>Takes the rows of a query into a pipeline.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportData", DefaultParameterSetName = NameSet)]
[OutputType(typeof(PSObject))]
public sealed class GetReportDataCommand : ReportCommand, IDisposable
{
    private const string NameSet = "Name";
    private const string QuerySet = "Query";

    private readonly StopSignal stop = new();

    /// <summary>The names of the report tasks. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("TaskName")]
    [NameTransformation]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The id of the task of a piped run.</summary>
    [Parameter(ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? TaskId { get; set; }

    /// <summary>The datasets whose rows are given. Wildcards are allowed. Default: all of them.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    public string[]? Dataset { get; set; }

    /// <summary>The report connection that a query runs on, several, or a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[] Connection { get; set; } = [];

    /// <summary>The SQL text. Parameters stand in it as @name.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    public string? Query { get; set; }

    /// <summary>A file with the SQL text.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    public string? QueryPath { get; set; }

    /// <summary>Values for the parameters of the queries, in place of the task's own. A text may be a relative date.</summary>
    [Parameter]
    [TableTransformation]
    public IDictionary? Parameters { get; set; }

    /// <summary>The instant that relative dates count from. Without an offset it is in the task's time zone. Default: now.</summary>
    [Parameter]
    [InstantTransformation(IsTyped = true)]
    public DateTime? AsOf { get; set; }

    /// <summary>At most so many rows of each dataset; then its query is stopped.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = int.MaxValue;

    /// <summary>How long a query may take, such as 2m. Default: the task's, else 5m.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override StoreStop StoreStopping => stop.Store;

    private protected override bool RunsReports => true;

    private protected override void Process()
    {
        foreach (var task in ParameterSetName == QuerySet ? [Given()] : FindTasks(Name, TaskId))
        {
            Guard(() => Give(task));
        }
    }

    private ReportTask Given()
    {
        if (string.IsNullOrWhiteSpace(Query) == string.IsNullOrWhiteSpace(QueryPath))
        {
            throw CommandErrors.OneQueryNeeded();
        }

        var sql = Query;
        if (QueryPath is { Length: > 0 })
        {
            (sql, var warning) = QueryFile.Read(FullPath(QueryPath));
            if (warning is not null)
            {
                WriteWarning(warning);
            }
        }

        return new ReportTask { Name = string.Join(", ", Connection), Connection = Connection[0], FurtherConnections = Connection[1..],
            Query = sql, TimeZone = Zones.Local, Retry = 0 };
    }

    private void Give(ReportTask task)
    {
        var given = Parameters is null ? null : GivenMembers.Ordered(Parameters);
        CheckParameters(task, given);
        task.Timeout = Timeout ?? task.Timeout;
        var messages = new System.Collections.Concurrent.ConcurrentQueue<Action>();
        var reading = new TaskReading(Store, task, [new ScriptSources(Store, byPerson: true)], new SourceTalk(
            text => messages.Enqueue(() => WriteVerbose(text)), text => messages.Enqueue(() => WriteWarning($"{task.Name}: {text}"))));
        var dueAt = AsOf is { } time ? Zones.ToInstant(time, Zones.Find(task.TimeZone)) : Store.Clock.GetUtcNow();
        foreach (var dataset in Chosen(task))
        {
            foreach (var row in reading.Rows(dataset, given, dueAt, First, stop.Token))
            {
                Say(messages);
                WriteObject(RowObject.Of(row.Columns, row.Values));
            }

            Say(messages);
        }
    }

    /// <summary>A value that nothing takes is a slip of its name, and the rows would be those of another one.</summary>
    private void CheckParameters(ReportTask task, OrderedDictionary? given)
    {
        if (ParameterSetName == NameSet)
        {
            ReportParameters.CheckDeclared(task, given);
            return;
        }

        ReportParameters.Check(given);
        if (Store.ProviderOf(task.Connection) is { } provider)
        {
            ReportParameters.CheckUse([(Excerpt.Of(task.Query!), DatabaseProviders.Named(provider).Read(task.Query!))], given);
        }
    }

    private void Say(System.Collections.Concurrent.ConcurrentQueue<Action> messages)
    {
        while (!Stopping && messages.TryDequeue(out var say))
        {
            say();
        }
    }

    private ReportDataset[] Chosen(ReportTask task)
    {
        if (Dataset is null)
        {
            return task.Datasets;
        }

        foreach (var name in Dataset.Where(
            name => !WildcardPattern.ContainsWildcardCharacters(name) && !Array.Exists(task.Datasets, dataset => Is(task, dataset, name))))
        {
            throw CommandErrors.DatasetNotFound(name, task);
        }

        return [.. task.Datasets.Where(dataset => Dataset.Any(name => Is(task, dataset, name)))];
    }

    private static bool Is(ReportTask task, ReportDataset dataset, string name) =>
        Wildcards.Of(name).IsMatch(task.NameOf(dataset));
}
