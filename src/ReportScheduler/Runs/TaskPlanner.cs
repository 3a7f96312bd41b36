using System.Diagnostics;
using ReportScheduler.Schedules;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Makes the runs of what is due, which wait then for whichever runner has time.</summary>
internal sealed class TaskPlanner(IReportStore store)
{
    /// <summary>So many tasks, and about so many of their runs, are planned in one transaction, and for so long: a database ends one that
    /// says nothing for longer.</summary>
    private const int AtOnce = 1000;
    private const int MostRuns = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <param name="option">The options of the store; null to ask.</param>
    /// <param name="take">Which runs are taken with the first of what is planned; null for none.</param>
    /// <returns>The runs that wait now, oldest due first in each transaction; <see cref="PlannedRuns.Outdated"/> where
    /// <paramref name="take"/> is.</returns>
    public PlannedRuns PlanDue(TakeOrder? take = null, ReportSchedulerOption? option = null)
    {
        option ??= store.GetOption();
        Task<PlannedRuns>? beside = null;
        try
        {
            var planned = PlanAll(take, option, () =>
            {
                // a file is changed by one at a time
                if (store.Places is not null)
                {
                    beside ??= Beside(option);
                }
            });
            return beside is null ? planned : With(planned, beside.Result);
        }
        finally
        {
            beside?.Wait();
        }
    }

    /// <param name="take">Which runs are taken with the first of what is planned; null for none.</param>
    /// <param name="option">The options of the store.</param>
    /// <param name="many">Told that more is due than one transaction plans.</param>
    private PlannedRuns PlanAll(TakeOrder? take, ReportSchedulerOption option, Action many)
    {
        var runs = new List<ReportRun>();
        TakenRuns? taken = null;
        while (true)
        {
            var isMore = false;
            var planned = store.PlanDue(
                AtOnce,
                due =>
                {
                    if (due.Count == AtOnce)
                    {
                        many();
                    }

                    var plans = Plan(due, option);
                    isMore = due.Count == AtOnce || plans.Count < due.Count;
                    return plans;
                },
                taken is null ? take : null);
            if (planned.IsOutdated)
            {
                return planned;
            }

            taken ??= planned.Taken;
            runs.AddRange(planned.Runs);
            if (!isMore || !(planned.NextDueAt <= store.Clock.GetUtcNow()))
            {
                return planned with { Runs = runs, Taken = taken };
            }

            taken = taken is null ? null : taken with { OthersWait = true };
        }
    }

    /// <summary>A second one that plans while the database works for the first, and the other way round. It has a thread of its own:
    /// those of the pool may all wait for the database.</summary>
    private Task<PlannedRuns> Beside(ReportSchedulerOption option) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                return PlanAll(null, option, () => { });
            }
#pragma warning disable CA1031 // What it leaves is due, and whoever plans that meets the same.
            catch (Exception)
            {
                return new PlannedRuns([], store.Clock.GetUtcNow());
            }
#pragma warning restore CA1031
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // of two that planned at once one may have seen as due what the other had in its hands: it is asked for once more
    private static PlannedRuns With(PlannedRuns first, PlannedRuns second) => new(
        [.. first.Runs, .. second.Runs],
        first.NextDueAt is { } one && second.NextDueAt is { } two ? (one < two ? one : two) : first.NextDueAt ?? second.NextDueAt,
        first.Taken is { } taken ? taken with { OthersWait = taken.OthersWait || second.Runs.Count > 0 } : null);

    /// <returns>The plans, and none for those that would be too many at once.</returns>
    private List<TaskPlan> Plan(IReadOnlyList<DueTask> due, ReportSchedulerOption option)
    {
        // the time at which the store has found what is due, or later
        var (now, began, runs) = (store.Clock.GetUtcNow(), Stopwatch.GetTimestamp(), 0);
        var plans = new List<TaskPlan>();
        foreach (var task in due.TakeWhile(_ => runs < MostRuns && Stopwatch.GetElapsedTime(began) < Longest))
        {
            plans.Add(new TaskPlan(task, Plan(task, now, option)));
            runs += plans[^1].Plan.DueAt.Count;
        }

        return plans;
    }

    /// <summary>A task that cannot be planned gets a run that fails with that, and the others are planned.</summary>
    private static DuePlan Plan(DueTask due, DateTimeOffset now, ReportSchedulerOption option)
    {
        try
        {
            return due.Task is { } task ? DuePlanner.Plan(task, due.Unfinished, now, option)
                : due.Problem is { } problem ? Failing(due, StoreErrors.RecordNotReadable(nameof(ReportTask), due.Name, problem))
                : new DuePlan([], [], null);
        }
        catch (ReportException unplanned)
        {
            return Failing(due, unplanned);
        }
#pragma warning disable CA1031 // What nobody foresaw in the plan of one task is a failure of that task.
        catch (Exception unforeseen)
        {
            return Failing(due, RunErrors.RunUnexpected(due.Name, unforeseen));
        }
#pragma warning restore CA1031
    }

    private static DuePlan Failing(DueTask due, ReportException why)
    {
        var record = due.RunOf(due.DueAt);
        (record.Stage, record.Error, record.ErrorId, record.ErrorCategory) = (RunStage.Claim, why.Message, why.ErrorId, why.Category);
        return new DuePlan([], [record], null);
    }
}
