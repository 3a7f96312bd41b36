using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Takes up what dead processes left, unless nothing can be left.</summary>
internal sealed class RecoveryWatch(IReportStore store, RunWorker worker)
{
    // what the store showed when nobody worked on any run; null while somebody does, or where it cannot be told
    private long? quietSince;

    /// <returns>False where nobody changed anything since nobody worked on a run: then the store is not asked.</returns>
    public bool Look()
    {
        var changes = store.Changes;
        if (changes is not null && changes == quietSince)
        {
            return false;
        }

        quietSince = worker.Recover() ? null : changes;
        return true;
    }
}
