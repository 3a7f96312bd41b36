using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>The last step of a run: what became of it goes into the history and the task's state.</summary>
internal sealed class RunRecorder(IReportStore store, TimeProvider clock)
{
    /// <summary>Records the run as it is. One that waits for its mail is left to whoever drains the ledger next.</summary>
    /// <param name="task">The task.</param>
    /// <param name="run">The run.</param>
    /// <param name="stand">What a person saw of it who ends it; null for its owner.</param>
    /// <returns>The run as it is recorded: another one where another process has taken it over.</returns>
    public ReportRun Write(ReportTask task, ReportRun run, string? stand = null)
    {
        if (!run.IsFinal)
        {
            return store.SaveRun(run) ? run : AsItIs(run);
        }

        // one that is sent again keeps its times: each attempt has its own
        run.FinishedAt ??= clock.GetUtcNow();
        new OwnerNotice(store, clock).Prepare(task, run);
        FilesOfRun.Share(store, run);
        return store.FinishRun(run, stand) ? run : AsItIs(run);
    }

    // the answer to what wrote it may have been lost, and it was written again; whoever takes a run over begins another attempt
    private ReportRun AsItIs(ReportRun run)
    {
        var kept = AsTakenOver(run);
        kept.IsTakenOver = (kept.Attempt, kept.Outcome, kept.FinishedAt) != (run.Attempt, run.Outcome, run.FinishedAt)
            || ReferenceEquals(kept, run);
        return kept;
    }

    /// <summary>What the process that took a run over has made of it by now; the run itself when it was removed.</summary>
    public ReportRun AsTakenOver(ReportRun run)
    {
        var theirs = store.GetRuns(new RunFilter { RunId = run.Id }) is [var kept] ? kept : run;
        theirs.IsTakenOver = true;
        return theirs;
    }
}
