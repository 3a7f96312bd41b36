using ReportScheduler.Store;

namespace ReportScheduler.Tests.Store;

/// <summary>What every store does, whatever it is kept in: each kind of store runs these tests unchanged.</summary>
public abstract class StoreContract<TPlace> : IDisposable
    where TPlace : StorePlace, new()
{
    protected static readonly DateTimeOffset Noon = StorePlace.Noon;

    protected TPlace Place { get; } = new();

    public void Dispose()
    {
        Place.Dispose();
        GC.SuppressFinalize(this);
    }

    internal IReportStore NewStore() => Place.Open();

    /// <summary>Plans what is due and takes what waits.</summary>
    private protected static IReadOnlyList<ReportRun> Claim(IReportStore store, string owner, Func<DueTask, DuePlan> plan)
    {
        Plan(store, plan);
        return store.TakeRuns(new TakeOrder(owner, 10, [])).Runs;
    }

    private protected static PlannedRuns Plan(IReportStore store, Func<DueTask, DuePlan> plan, TakeOrder? take = null, int limit = 10) =>
        store.PlanDue(limit, due => [.. due.Select(task => new TaskPlan(task, plan(task)))], take);

    /// <summary>What is due, which stays so.</summary>
    private protected static IReadOnlyList<DueTask> Due(IReportStore store)
    {
        IReadOnlyList<DueTask> found = [];
        store.PlanDue(100, due =>
        {
            found = due;
            return [];
        });
        return found;
    }
}
