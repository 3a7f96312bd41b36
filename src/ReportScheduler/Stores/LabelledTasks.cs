using ReportScheduler.Store;

namespace ReportScheduler.Stores;

/// <summary>Tasks that are to run on a label which no runner has that is alive.</summary>
/// <remarks>All tasks are read where a definition has changed, and not each time: a runner looks for as long as it is up.</remarks>
internal sealed class LabelledTasks(IReportStore store)
{
    private long? version;
    private IReadOnlyList<ReportTask> labelled = [];

    /// <returns>The name of each with its label, and whether one of its due times has passed.</returns>
    public IReadOnlyList<(string Name, string Label, bool Waits)> WithoutRunner()
    {
        var now = store.DefinitionVersion;
        if (now != version)
        {
            labelled = [.. store.GetTasks().Where(task => task is { RunOn: not null, Enabled: true })];
            version = now;
        }

        if (labelled.Count == 0)
        {
            return [];
        }

        var alive = RunnerLabels.Alive(store.Runners);
        return [.. labelled.Where(task => !alive.Contains(task.RunOn!)).Select(task => (task.Name, task.RunOn!, Waits(task.Id)))];
    }

    private bool Waits(string id) => store.FindTask(id)?.NextRunAt <= store.Clock.GetUtcNow()
        || store.GetRuns(new RunFilter { TaskId = id, Limit = 1 }).Any(StoreKeys.IsWaiting);
}
