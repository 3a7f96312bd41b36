using ReportScheduler.Store;
using ReportScheduler.Tasks;

namespace ReportScheduler.Runs;

/// <summary>The last step of a run: what became of it goes into the history and the task's state.</summary>
internal sealed class RunRecord(IReportStore store, TimeProvider clock)
{
    /// <summary>Records the run as it is. One that waits for its mail is left to whoever drains the ledger next.</summary>
    public void Write(ReportTask task, ReportRun run)
    {
        if (run.IsFinal)
        {
            run.FinishedAt = clock.GetUtcNow();
            new OwnerNotice(store, clock).Prepare(task, run);
            store.FinishRun(run);
        }
        else
        {
            store.SaveRun(run);
        }
    }
}
