using ReportScheduler.Delivery.Places;
using ReportScheduler.Schedules;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Brings times back that were worked out while the clock was ahead; without this a report would wait until then.</summary>
/// <remarks>
/// A clock that was wrong and was set right leaves next due times and next attempts in a far future. What is due by the
/// right clock is due again; what ran already, in whichever time, does not run twice, because each due instant runs once.
/// </remarks>
internal sealed class ClockRepair(IReportStore store)
{
    /// <returns>All tasks as they are now, and how many of them are due earlier than they were.</returns>
    public (IReadOnlyList<ReportTask> Tasks, int Moved) BringBack(DateTimeOffset now)
    {
        if (store.GetLatestDelivery() > now + RetrySchedule.Longest)
        {
            store.TryAtLatest(now + RetrySchedule.Longest);
        }

        var tasks = store.GetTasks();
        var moved = 0;
        foreach (var task in tasks)
        {
            if (Right(task, now) is { } next && store.MoveNextRun(task.Id, task.State.NextRunAt, next))
            {
                task.State.NextRunAt = next;
                moved++;
            }
        }

        return (tasks, moved);
    }

    /// <summary>The next due time that a task should have; null for the one that it has.</summary>
    private static DateTimeOffset? Right(ReportTask task, DateTimeOffset now)
    {
        // what was due once and is over stays over
        if (!task.Enabled || task.State.PausedBecause is not null || (task.NextRunAt is null && task.At is not null))
        {
            return null;
        }

        try
        {
            return TaskSchedule.Of(task)?.Next(now) is { } next && (task.NextRunAt is not { } had || next < had) ? next : null;
        }
#pragma warning disable CA1031 // A schedule that cannot be read has its own failed run in the history.
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }
}
