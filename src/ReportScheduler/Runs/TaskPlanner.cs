using ReportScheduler.Schedules;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Makes the runs of what is due, which wait then for whichever runner has time.</summary>
internal sealed class TaskPlanner(IReportStore store)
{
    /// <summary>So many tasks are planned in one transaction.</summary>
    private const int AtOnce = 1000;

    /// <param name="option">The options of the store; null to ask.</param>
    /// <param name="take">Which runs are taken with the first of what is planned; null for none.</param>
    /// <returns>The runs that wait now, oldest due first in each transaction; <see cref="PlannedRuns.Outdated"/> where
    /// <paramref name="take"/> is.</returns>
    public PlannedRuns PlanDue(TakeOrder? take = null, ReportSchedulerOption? option = null)
    {
        var due = store.GetDue(AtOnce);
        var planned = store.PlanDue(Plan(due, option), take);
        if (planned.IsOutdated)
        {
            return planned;
        }

        var runs = new List<ReportRun>(planned.Runs);
        while (due.Count == AtOnce && planned.NextDueAt <= store.Clock.GetUtcNow())
        {
            due = store.GetDue(AtOnce);
            var taken = planned.Taken is { } some ? some with { OthersWait = true } : null;
            planned = store.PlanDue(Plan(due, option)) with { Taken = taken };
            runs.AddRange(planned.Runs);
        }

        return planned with { Runs = runs };
    }

    private TaskPlan[] Plan(IReadOnlyList<DueTask> due, ReportSchedulerOption? known)
    {
        if (due.Count == 0)
        {
            return [];
        }

        // the time at which the store has found what is due, or later
        var (now, option) = (store.Clock.GetUtcNow(), known ?? store.GetOption());
        return [.. due.Select(task => new TaskPlan(task, Plan(task, now, option)))];
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
