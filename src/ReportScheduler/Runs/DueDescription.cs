using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Says what is due, without running it.</summary>
internal static class DueDescription
{
    private const int MostListed = 50;

    /// <summary>The tasks whose due time has come and the runs whose mail waits for another attempt, in words.</summary>
    public static string Due(IReportStore store, DateTimeOffset now)
    {
        if (!store.IsThere)
        {
            return "none";
        }

        var tasks = store.GetTasks().Where(task => task.Enabled && task.PausedBecause is null && task.NextRunAt <= now)
            .OrderBy(task => task.NextRunAt).Select(task => $"'{task.Name}' for {InstantText.Of(task.NextRunAt!.Value)}");
        var waiting = store.GetRuns(new RunFilter { Outcomes = [RunOutcome.Delivering] })
            .Where(run => run.Deliveries.Any(delivery => delivery.NextAttemptAt <= now))
            .Select(run => $"the waiting mail of '{run.TaskName}' ({run.Id})");
        var all = tasks.Concat(waiting).ToList();
        return all.Count == 0
            ? "none"
            : string.Join(", ", all.Take(MostListed)) + (all.Count > MostListed ? $" and {all.Count - MostListed} more" : "");
    }
}
