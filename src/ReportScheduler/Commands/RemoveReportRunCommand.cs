using System.Management.Automation;
using ReportScheduler.Runs;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Removes runs from the history, with their files and messages.</summary>
/// <remarks>Runs that are going on or whose mail waits are left alone. Copies in destination folders stay.</remarks>
/// <example>
/// <code>Remove-ReportRun -OlderThan 90d</code>
/// <para>Removes what is older than ninety days.</para>
/// </example>
/// <example>
/// <code>Remove-ReportRun -TaskName 'Daily sales' -Keep 20</code>
/// <para>Keeps the newest twenty runs of a task.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ReportRun", DefaultParameterSetName = IdSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveReportRunCommand : ReportCommand
{
    private const string IdSet = "Id";
    private const string PruneSet = "Prune";

    /// <summary>The ids of the runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NameTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The names of the report tasks whose history is pruned. Wildcards are allowed. Default: all.</summary>
    [Parameter(ParameterSetName = PruneSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string TaskName { get; set; } = "*";

    /// <summary>Removes the runs that ended longer ago than this, such as 90d.</summary>
    [Parameter(ParameterSetName = PruneSet)]
    [DurationTransformation]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Keeps this many runs of each task, the newest ones.</summary>
    [Parameter(ParameterSetName = PruneSet)]
    [ValidateRange(0, int.MaxValue)]
    public int? Keep { get; set; }

    /// <summary>Removes without asking.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        foreach (var run in ParameterSetName == IdSet ? ById() : ToPrune())
        {
            if (!run.IsFinal)
            {
                if (ParameterSetName == IdSet)
                {
                    Guard(() => throw CommandErrors.RunNotFinished(run));
                }

                continue;
            }

            if (Force && !MyInvocation.BoundParameters.ContainsKey("Confirm") && !MyInvocation.BoundParameters.ContainsKey("WhatIf")
                || ShouldProcess($"{run}", "Remove run, files and messages"))
            {
                Guard(() => Remove(run));
            }
        }
    }

    // what cannot be removed keeps its record, by which it is found again
    private void Remove(ReportRun run)
    {
        if (Store.GiveUpFiles([run.Id]).Count == 0)
        {
            // it is gone already, or somebody sends it again at this moment
            throw Store.GetRuns(new RunFilter { RunId = run.Id }) is [var now] ? CommandErrors.RunNotFinished(now)
                : RunErrors.RunGone(run.Id);
        }

        if (Store.Files.Remove(run.Id) is { } problem)
        {
            throw problem;
        }

        Store.RemoveRuns([run.Id]);
    }

    private IEnumerable<ReportRun> ById() => Id.SelectMany(id =>
        Store.GetRuns(new RunFilter { RunId = id }) is [var run] ? new[] { run } : throw CommandErrors.RunNotFound(id));

    private List<ReportRun> ToPrune()
    {
        if (OlderThan is null && Keep is null)
        {
            throw CommandErrors.PruneWhat();
        }

        var pattern = Wildcards.Of(TaskName);
        DateTimeOffset? endedBefore = OlderThan is { } age ? Store.Clock.GetUtcNow().Ago(age) : null;
        return [.. Store.GetRuns(new RunFilter())
            .Where(run => pattern.IsMatch(run.TaskName))
            .GroupBy(run => run.TaskId)
            .SelectMany(runs => runs.Skip(Keep ?? 0))
            .Where(run => endedBefore is null || (run.FinishedAt ?? run.DueAt) < endedBefore)];
    }
}
