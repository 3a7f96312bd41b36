using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Takes runs that wait, for a worker with its labels, where their sources have places for them.</summary>
internal sealed class RunTaker(IReportStore store, HeldRuns held, RunPlaces places)
{
    private readonly object reading = new();
    private IReadOnlyList<string> leftToOthers = [];
    private ReportSchedulerOption? option;
    private long? definitions;

    /// <summary>The labels of the worker.</summary>
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>Makes the runs of what is due, and takes runs that wait.</summary>
    public PlannedRuns PlanAndTake(TaskPlanner planner, int limit)
    {
        PlannedRuns? planned = null;
        var taken = TakeByNewest(limit, order => (planned = planner.PlanDue(order, option)).Taken!);
        return planned! with { Taken = WithPlaces(taken, limit) };
    }

    /// <summary>Takes runs that wait, to be worked on; those whose sources have no place for them go on waiting.</summary>
    /// <param name="limit">At most so many.</param>
    public TakenRuns Take(int limit) => WithPlaces(TakeWaiting(limit), limit);

    /// <summary>Reads what tasks want of a worker, unless that is known: the store says whether it is the newest.</summary>
    public void ReadDefinitions()
    {
        lock (reading)
        {
            if (definitions is not null)
            {
                return;
            }

            var version = store.DefinitionVersion;
            var tasks = store.GetTasks();
            WorkPlace.CheckSystem(tasks, isShared: store.Places is not null);
            leftToOthers = RunnerLabels.LeftToOthers(tasks, Labels);
            places.Learn(tasks);
            option = store.GetOption();
            // all of it, or none: a store may be away at any of these questions
            definitions = version;
        }
    }

    private TakeOrder Order(string owner, int limit)
    {
        ReadDefinitions();
        return new TakeOrder(owner, limit, leftToOthers, definitions) { LaterTasks = places.TasksWithout() };
    }

    private TakenRuns TakeWaiting(int limit) => TakeByNewest(limit, order => store.TakeRuns(order));

    /// <summary>Puts back the runs that find no place at their sources, and takes others for their threads.</summary>
    private TakenRuns WithPlaces(TakenRuns taken, int limit)
    {
        var ready = new List<ReportRun>();
        while (true)
        {
            var without = taken.Runs.Where(run => !places.TryTake(run)).ToList();
            ready.AddRange(taken.Runs.Except(without));
            if (without.Count == 0)
            {
                return taken with { Runs = ready };
            }

            try
            {
                PutBack(without);
                taken = TakeWaiting(limit - ready.Count);
            }
            catch (ReportException) when (ready.Count > 0)
            {
                // they are in these hands, whatever became of the others
                return new TakenRuns(ready, OthersWait: true);
            }
        }
    }

    private void PutBack(List<ReportRun> runs)
    {
        try
        {
            store.PutBackRuns(runs[0].Owner!, [.. runs.Select(run => run.Id)]);
        }
        finally
        {
            // the next recovery takes up what the store could not be told
            runs.ForEach(run => held.Release(run.Id));
        }
    }

    /// <summary>Holds what <paramref name="ask"/> takes, and asks again with what others changed.</summary>
    private TakenRuns TakeByNewest(int limit, Func<TakeOrder, TakenRuns> ask)
    {
        TakenRuns? taken = null;
        held.Take(owner =>
        {
            while ((taken = ask(Order(owner, limit))).IsOutdated)
            {
                definitions = null;
            }

            return taken.Runs;
        });
        return taken!;
    }
}
