using ReportScheduler.Store;

namespace ReportScheduler.Stores;

/// <summary>Tasks that are to run on a label which no runner has that is alive.</summary>
internal static class LabelledTasks
{
    /// <returns>The name of each with its label, and whether one of its due times has passed.</returns>
    public static IReadOnlyList<(string Name, string Label, bool Waits)> WithoutRunner(IReportStore store)
    {
        var labelled = store.GetTasks().Where(task => task is { RunOn: not null, Enabled: true }).ToList();
        if (labelled.Count == 0)
        {
            return [];
        }

        var alive = RunnerLabels.Alive(store.Runners);
        return [.. labelled.Where(task => !alive.Contains(task.RunOn!)).Select(task => (task.Name, task.RunOn!, Waits(store, task)))];
    }

    private static bool Waits(IReportStore store, ReportTask task) =>
        task.NextRunAt <= store.Clock.GetUtcNow() || store.GetRuns(new RunFilter { TaskId = task.Id, Limit = 1 }).Any(StoreKeys.IsWaiting);
}
