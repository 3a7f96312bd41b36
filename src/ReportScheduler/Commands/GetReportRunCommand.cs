using System.Management.Automation;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Shows the history: what ran when, for which due time, and what became of it.</summary>
/// <remarks>The newest come first. Without parameters everything is shown. Times are in the time zone of the task; the table
/// shows DueAt on the clock of this session.</remarks>
/// <example>
/// <code>Get-ReportRun -Newest 10</code>
/// <para>Shows the last ten runs.</para>
/// </example>
/// <example>
/// <code>Get-ReportRun -Since 1d -Outcome Failed</code>
/// <para>Shows what failed within the last 24 hours.</para>
/// </example>
/// <example>
/// <code>Get-ReportTask 'Sales*' | Get-ReportRun -Outcome Failed, PartiallyDelivered | Format-List TaskName, DueAt, Stage, Error</code>
/// <para>Shows what went wrong with the sales reports.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportRun", DefaultParameterSetName = TaskSet)]
[OutputType(typeof(ReportRun))]
public sealed class GetReportRunCommand : ReportCommand
{
    private const string TaskSet = "Task";
    private const string IdSet = "Id";

    /// <summary>The names of the report tasks. Wildcards are allowed; tasks that were removed are found too. Default: all.</summary>
    [Parameter(Position = 0, ParameterSetName = TaskSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[] TaskName { get; set; } = ["*"];

    /// <summary>The ids of the runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [Alias("RunId")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Only runs that ended like this, or are going on.</summary>
    [Parameter(ParameterSetName = TaskSet)]
    public RunOutcome[]? Outcome { get; set; }

    /// <summary>Only runs that started at this instant or later: a date and time, in this computer's time zone unless it has
    /// an offset; how long ago, such as 12h or 1d; or a word such as yesterday or startOfWeek.</summary>
    [Parameter(ParameterSetName = TaskSet)]
    [InstantTransformation(OrAgo = true, IsTyped = true)]
    public DateTime? Since { get; set; }

    /// <summary>Only runs that started before this instant, given like -Since.</summary>
    [Parameter(ParameterSetName = TaskSet)]
    [InstantTransformation(OrAgo = true, IsTyped = true)]
    public DateTime? Until { get; set; }

    /// <summary>At most this many runs of each task or pattern, the newest ones.</summary>
    [Parameter(ParameterSetName = TaskSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var id in Id)
            {
                Guard(() => Write(Store.GetRuns(new RunFilter { RunId = id }) is [var run] ? [run] : throw CommandErrors.RunNotFound(id)));
            }

            return;
        }

        foreach (var name in TaskName)
        {
            var pattern = Wildcards.Of(name);
            var runs = Store.GetRuns(new RunFilter
            {
                TaskId = WildcardPattern.ContainsWildcardCharacters(name) ? null : Store.FindTask(name)?.Id,
                Outcomes = Outcome,
                Since = Instant(Since),
                Until = Instant(Until),
                Limit = name == "*" ? Newest : null,
            });
            var matching = runs.Where(run => pattern.IsMatch(run.TaskName) || run.TaskId == name).Take(Newest ?? int.MaxValue).ToList();
            // the runs of a task that was removed are still there, perhaps not among those asked for
            if (matching.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name) && Store.FindTask(name) is null
                && !Store.GetRuns(new RunFilter()).Any(run => pattern.IsMatch(run.TaskName) || run.TaskId == name))
            {
                Guard(() => throw Store.NoTask(name));
            }

            Write(matching);
        }
    }

    private void Write(IReadOnlyList<ReportRun> runs)
    {
        Store.Files.Locate(runs);
        WriteObject(runs, enumerateCollection: true);
    }

    private static DateTimeOffset? Instant(DateTime? time) => time is { } given ? Zones.ToInstant(given, TimeZoneInfo.Local) : null;
}
