using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Keeps history and files as small as the policies say: of one task, after each of its runs.</summary>
internal sealed class Retention(IReportStore store, TimeProvider clock)
{
    /// <summary>At most this many runs per step, so that the store is never held for long.</summary>
    private const int Step = 50;

    public void Prune(string taskId)
    {
        if (store.FindTask(taskId) is not { } task)
        {
            return;
        }

        var option = store.GetOption();
        var filesUntil = clock.GetUtcNow() - (task.KeepFilesFor ?? option.KeepFilesFor);
        var runs = store.GetRuns(new RunFilter { TaskId = taskId }).Where(run => run.IsFinal).ToList();
        foreach (var old in runs.Where(run => run.FinishedAt < filesUntil))
        {
            RunFolder.Remove(old.Folder);
        }

        foreach (var step in runs.Skip(task.KeepRuns ?? option.KeepRuns).Chunk(Step))
        {
            if (store.RemoveRuns([.. step.Select(run => run.Id)]) > 0)
            {
                foreach (var removed in step)
                {
                    RunFolder.Remove(removed.Folder);
                }
            }
        }
    }
}
