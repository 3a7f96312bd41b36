using System.Collections.Specialized;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Puts into the store what others ask of a runner, and wakes it.</summary>
internal sealed class RunnerRequests(IReportStore store, RunWorker worker, RunPool pool, RunnerHealth health, RunnerEvents events)
    : IRunRequests
{
    public RunnerHealth Health => health;

    public IReadOnlyList<ReportRun> RequestDue()
    {
        var planned = worker.Plan().Runs;
        pool.SayMailMayWait();
        Wake(planned);
        return planned;
    }

    public ReportRun RequestRun(ReportTask task, OrderedDictionary? parameters, RequestMark? mark)
    {
        var (run, isNew) = worker.Add(task, parameters, mark);
        if (isNew)
        {
            Wake([run]);
        }

        return run;
    }

    public RunnerCounts Count() => new(pool.Running.Count, health.IsStoreUsable ? store.CountWaiting() : 0, pool.Finished);

    private void Wake(IReadOnlyList<ReportRun> runs)
    {
        pool.SayRunsMayWait();
        events.Post(new RunnerEvent.Requested(runs));
    }
}
