using System.Collections.Concurrent;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Keeps history and files as small as the policies say: of one task, after each of its runs.</summary>
/// <remarks>Each step is a small transaction of its own, so that a due run never waits for more than one.</remarks>
/// <param name="store">The store.</param>
/// <param name="clock">The time.</param>
/// <param name="onTrouble">Is told of folders that this account cannot remove, each once.</param>
internal sealed class Retention(IReportStore store, TimeProvider clock, Action<ReportException> onTrouble)
{
    private static readonly TimeSpan LookAtFiles = TimeSpan.FromHours(1);

    /// <summary>Stands for the files of runs that no task has any more.</summary>
    private const string Forgotten = "";

    private readonly ConcurrentDictionary<string, DateTimeOffset> filesLookedAt = new();

    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);

    /// <param name="taskId">The task.</param>
    /// <param name="begun">What its run found when it began; null to ask the store.</param>
    public void Prune(string taskId, BegunRun? begun = null)
    {
        try
        {
            if ((begun?.Task ?? store.FindDefinition(taskId)) is { } task)
            {
                var option = begun?.Option ?? store.GetOption();
                PruneRuns(taskId, task.KeepRuns ?? option.KeepRuns, begun?.OldRuns);
                PruneFiles(taskId, clock.GetUtcNow(), task.KeepFilesFor ?? option.KeepFilesFor);
                PruneForgotten(clock.GetUtcNow(), option.KeepFilesFor);
            }
        }
        catch (ReportException)
        {
            // A store that is busy or a definition that cannot be read now: the next run of the task tries again.
        }
    }

    private void PruneRuns(string taskId, int keep, IReadOnlyList<string>? known)
    {
        var old = known ?? Older(taskId, keep);
        if (old.Count == 0)
        {
            return;
        }

        // what cannot be removed keeps its record, and with it its next chance
        while (store.RemoveRuns(RemoveHere(store.GiveUpFiles(old))) > 0 && old.Count == BegunRun.Most)
        {
            old = Older(taskId, keep);
        }
    }

    private List<string> Older(string taskId, int keep) =>
        [.. store.GetRuns(new RunFilter { TaskId = taskId, Skip = keep, Limit = BegunRun.Most }).Where(run => run.IsFinal)
            .Select(run => run.Id)];

    private void PruneFiles(string taskId, DateTimeOffset now, TimeSpan keepFor)
    {
        if (!IsToLook(taskId, now))
        {
            return;
        }

        IReadOnlyList<ReportRun> old;
        RunKey? after = null;
        do
        {
            old = store.GetRuns(new RunFilter { TaskId = taskId, Until = now.Ago(keepFor), After = after, Limit = BegunRun.Most });
            // also of those that are given up already: other machines have files of them, and some may not have been to remove
            var over = old.Where(run => run.IsFinal).ToLookup(run => run.AreFilesRemoved, run => run.Id);
            foreach (var id in over[true].Concat(store.GiveUpFiles([.. over[false]])))
            {
                _ = IsGone(id, store.Files.Remove(id));
            }

            after = old.Count > 0 ? RunKey.Of(old[^1]) : null;
        }
        while (old.Count == BegunRun.Most);
    }

    /// <summary>Removes what this computer has of runs that another one removed from the history.</summary>
    private void PruneForgotten(DateTimeOffset now, TimeSpan keepFor)
    {
        if (IsToLook(Forgotten, now)
            && RunPaths.RunsIn(store.Files.Folder).Where(id => RunIds.MadeAt(id) < now.Ago(keepFor)).ToList() is { Count: > 0 } old)
        {
            RemoveHere([.. old.Except(store.FindRuns(old), StringComparer.Ordinal)]);
        }
    }

    private bool IsToLook(string at, DateTimeOffset now)
    {
        if (filesLookedAt.TryGetValue(at, out var looked) && looked <= now && now < looked + LookAtFiles)
        {
            return false;
        }

        filesLookedAt[at] = now;
        return true;
    }

    // what the store has of them goes with their records
    private IReadOnlyList<string> RemoveHere(IReadOnlyList<string> runIds) =>
        [.. store.Files.RemoveFromDisks(runIds).Where(run => IsGone(run.RunId, run.Problem)).Select(run => run.RunId)];

    private bool IsGone(string runId, ReportException? problem)
    {
        if (problem is null)
        {
            return true;
        }

        if (told.TryAdd(runId, true))
        {
            onTrouble(problem);
        }

        return false;
    }
}
