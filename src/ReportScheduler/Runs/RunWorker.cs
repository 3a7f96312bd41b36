using System.Collections.Specialized;
using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Makes runs in the store and works on them, with a heartbeat for as long as it lives.</summary>
internal sealed class RunWorker : IDisposable
{
    /// <summary>A run that took its process down this often is not tried again.</summary>
    private const int MostAttempts = 3;

    private const int LooksPerRecovery = 60;

    private const string WentOn =
        "The process that ran it ended before everything was delivered; the delivery went on from the saved message and files.";

    /// <summary>So often a run that another process works on is looked at.</summary>
    private static readonly TimeSpan LookForOther = TimeSpan.FromSeconds(0.5);

    private readonly IReportStore store;
    private readonly TimeProvider clock;
    private readonly RunExecutor executor;
    private readonly RunPlaces places;
    private readonly RunTaker taker;
    private readonly RunRecorder record;
    private readonly Retention retention;
    private readonly DeliveryQueue queue;
    private readonly TaskPlanner planner;
    private readonly HeldRuns held;
    private readonly StopRequests stops;
    private readonly WorkPlace place;

    /// <param name="store">The store.</param>
    /// <param name="clock">The time.</param>
    /// <param name="givesBack">Whether a run that is cancelled now is left to the next runner, as
    /// when the process is told to end; null for never: a person stops it.</param>
    /// <param name="sources">Kinds of sources beside the databases of the store; null for none.</param>
    public RunWorker(IReportStore store, TimeProvider clock, Func<bool>? givesBack = null, IReadOnlyList<IRowSources>? sources = null)
    {
        store.CheckReady();
        this.store = store;
        this.clock = clock;
        held = new HeldRuns(store, clock);
        var delivery = new RunDelivery(store, clock, held);
        IRowSources[] kinds = [.. sources ?? [], new GatherSources(store), new DatabaseSources(store)];
        places = new RunPlaces(store, kinds);
        taker = new RunTaker(store, held, places);
        executor = new RunExecutor(store, clock, kinds, places, delivery, givesBack ?? (() => false));
        record = new RunRecorder(store, clock);
        planner = new TaskPlanner(store);
        retention = new Retention(store, clock, problem => OnTrouble?.Invoke(problem));
        queue = new DeliveryQueue(store, clock, held, delivery);
        stops = new StopRequests(store.Runners, clock);
        Reopening = new RunReopening(store, clock, record, queue, () => Recover());
        place = new WorkPlace(store);
    }

    public string Owner => held.Owner;

    /// <summary>The labels of this worker: it takes the runs of tasks for one of them, and of tasks for anybody.</summary>
    public IReadOnlyList<string> Labels
    {
        get => taker.Labels;
        init => taker.Labels = value;
    }

    /// <summary>Until when other workers leave the runs of this one alone; null while it has none.</summary>
    public DateTimeOffset? LeaseUntil => held.LeaseUntil;

    /// <summary>What is done with runs that are over.</summary>
    public RunReopening Reopening { get; }

    /// <summary>Is told of what goes wrong beside the runs, on the thread that works on one.</summary>
    public Action<ReportException>? OnTrouble { get; set; }

    /// <summary>Makes a run of its own and works on it.</summary>
    public ReportRun RunNow(
        ReportTask task, RunTrigger trigger, DateTimeOffset dueAt, RunOptions options, Action<RunProgress> onProgress,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var run = new ReportRun
        {
            Id = RunIds.Create(now),
            TaskId = task.Id,
            TaskName = task.Name,
            TimeZone = task.TimeZone,
            Trigger = trigger,
            Note = options.Note(),
            Parameters = options.Parameters,
            DueAt = dueAt.ToUniversalTime(),
        };
        RunExecutor.Begin(run, now);
        held.Hold(run);
        try
        {
            store.AddRun(run);
            run = Walk(task, run, options, onProgress, cancel);
        }
        finally
        {
            held.Release(run.Id);
            retention.Prune(run.TaskId);
        }

        // Nobody may come by to drain the ledger after a run that a person asked for.
        return run.Deliveries.Any(delivery => delivery is { IsNotice: true, State: DeliveryState.Pending })
            ? queue.DrainRun(run, cancel)
            : run;
    }

    /// <summary>Runs a task for an instant under the key of its schedule, which it has once however many processes try.</summary>
    /// <remarks>Where another process works on that run, it is waited for; where the task runs
    /// for another instant and is not Parallel, that one goes first.</remarks>
    /// <returns>The run, or the one that the instant has already.</returns>
    public ReportRun RunOnce(ReportTask task, DateTimeOffset dueAt, OrderedDictionary? parameters, Action<RunProgress> onProgress,
        CancellationToken cancel)
    {
        var due = new DueTask { TaskId = task.Id, Name = task.Name, TimeZone = task.TimeZone, DueAt = dueAt, State = task.State };
        var asked = due.RunOf(dueAt);
        (asked.Id, asked.Parameters) = (RunIds.Create(clock.GetUtcNow()), parameters);
        var run = store.AddDueRun(asked) ?? asked;
        for (var looks = 0; run.Outcome == RunOutcome.Running; looks++)
        {
            // its process may have died, now or an hour ago
            if (looks % LooksPerRecovery == 0)
            {
                Recover();
            }

            if (held.Take(owner => store.TakeRuns(new TakeOrder(owner, 1, []), run.Id).Runs) is [var mine])
            {
                return Execute(mine, onProgress, cancel);
            }

            if (cancel.WaitHandle.WaitOne(LookForOther))
            {
                break;
            }

            run = store.GetRuns(new RunFilter { RunId = run.Id }) is [var now] ? now : throw RunErrors.RunGone(run.Id);
        }

        return run;
    }

    /// <summary>Makes a run of its own that waits for a runner; an HTTP call asked for it.</summary>
    /// <returns>The run, and whether it is new: a request that came before gets the run that it got then.</returns>
    public (ReportRun Run, bool IsNew) Add(ReportTask task, OrderedDictionary? parameters, RequestMark? mark)
    {
        var now = clock.GetUtcNow();
        var run = new ReportRun
        {
            Id = RunIds.Create(now),
            TaskId = task.Id,
            TaskName = task.Name,
            TimeZone = task.TimeZone,
            Trigger = RunTrigger.Http,
            DueAt = now,
            Parameters = parameters,
        };
        if (mark is not null)
        {
            return store.AddRunOnce(run, mark) is { } earlier ? (earlier, false) : (run, true);
        }

        store.AddRun(run);
        return (run, true);
    }

    /// <summary>Takes up what a dead process left, plans what is due, runs what waits, and tries waiting
    /// mail again beside it. The runs follow one another on the caller's thread.</summary>
    /// <returns>Each run when it has ended or waits for its mail.</returns>
    public IEnumerable<ReportRun> RunDue(Action<RunProgress> onProgress, CancellationToken cancel)
    {
        new ClockRepair(store).BringBack(clock.GetUtcNow());
        Recover();
        Plan();
        return queue.Drain(OneByOne(cancel).Select(run => Execute(run, onProgress, cancel, () => true)), cancel);
    }

    /// <summary>Threads that try this worker's waiting mail.</summary>
    public DeliveryLanes Lanes(Action<ReportRun> onTried, Action<ReportException> onTrouble, Action onFree) =>
        new(queue, onTried, onTrouble, onFree);

    /// <summary>Works on a run that this worker has taken.</summary>
    /// <exception cref="ReportException">It cannot be recorded. It is let go, and the next <see cref="Recover"/> takes it up.</exception>
    /// <param name="run">The run.</param>
    /// <param name="onProgress">Called on the caller's thread.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="leavesMail">Whether mail to a server is left to <see cref="Lanes"/>; null to send it here.</param>
    public ReportRun Execute(ReportRun run, Action<RunProgress> onProgress, CancellationToken cancel, Func<bool>? leavesMail = null)
    {
        BegunRun? begun = null;
        try
        {
            if (run.IsFinal)
            {
                return run;
            }

            if (run.IsRecordOnly)
            {
                run.Outcome = run.MissedCount > 0 ? RunOutcome.Missed : RunOutcome.Failed;
                return record.Write(queue.TaskOf(run), run);
            }

            if (CutOff(run) is { } ended)
            {
                return ended;
            }

            RunExecutor.Begin(run, clock.GetUtcNow());
            begun = store.BeginRun(run);
            return !begun.IsOwn ? record.AsTakenOver(run)
                : begun.Task is { } task ? Walk(task, run, RunOptions.None with { LeavesMail = leavesMail }, onProgress, cancel)
                : End(run, RunOutcome.Skipped, RunErrors.TaskRemovedBeforeRun(run));
        }
        catch (RecordNotReadableException problem)
        {
            return End(run, RunOutcome.Failed, problem);
        }
#pragma warning disable CA1031 // Whatever it is, it is this run's failure: recorded, and not tried again and again.
        catch (Exception problem) when (problem is not ReportException)
        {
            return End(run, RunOutcome.Failed, RunErrors.RunUnexpected(run.TaskName, problem));
        }
#pragma warning restore CA1031
        finally
        {
            held.Release(run.Id);
            places.Leave(run.Id);
            retention.Prune(run.TaskId, begun);
        }
    }

    /// <summary>Makes the runs of what is due now; they wait for a runner.</summary>
    public PlannedRuns Plan()
    {
        taker.ReadDefinitions();
        return planner.PlanDue();
    }

    /// <summary>Makes the runs of what is due now, and takes runs that wait, to be worked on.</summary>
    /// <param name="limit">At most so many are taken.</param>
    public PlannedRuns PlanAndTake(int limit)
    {
        try
        {
            place.Check();
        }
        catch (ReportException)
        {
            // they wait, for others or for this one
            Plan();
            throw;
        }

        return taker.PlanAndTake(planner, limit);
    }

    /// <summary>Takes runs that wait, to be worked on; those whose sources have no place for them go on waiting.</summary>
    /// <param name="limit">At most so many.</param>
    public TakenRuns Take(int limit)
    {
        place.Check();
        return taker.Take(limit);
    }

    /// <summary>Takes up what dead processes left, and what a problem made this one let go. What had
    /// reached its delivery goes on from there; the rest waits for a runner again.</summary>
    /// <returns>Whether anybody works on a run, this worker too, or did: what becomes of it may not be seen in the store.</returns>
    public bool Recover()
    {
        if (store.GetOwners() is not { Count: > 0 } owners)
        {
            return false;
        }

        string[] gone = [.. owners.Where(RunOwner.IsGone)];
        foreach (var run in held.TakeOver((owner, ids) => store.TakeOver(owner, new AbandonedRuns(gone, ids))))
        {
            try
            {
                if (!run.IsFinal && !run.Warnings.Contains(WentOn))
                {
                    run.Warnings = [.. run.Warnings, WentOn];
                }

                queue.Resume(run);
            }
#pragma warning disable CA1031 // A store that cannot be written now, or what nobody foresaw: it is let go, the others are taken up.
            catch (Exception)
            {
            }
#pragma warning restore CA1031

            held.Release(run.Id);
        }

        return true;
    }

    /// <summary>Says that this worker is alive; a timer does it as well.</summary>
    public void Pulse() => held.Keep();

    /// <summary>Does nothing where the store can be changed now.</summary>
    /// <exception cref="ReportException">The store cannot be used, or this computer cannot plan or make what is in it.</exception>
    public void TryStore()
    {
        held.TryStore();
        place.Check();
        taker.ReadDefinitions();
    }

    /// <summary>Ends the worker. What it has taken and not begun is free for others at once.</summary>
    public void Dispose()
    {
        stops.Dispose();
        held.Dispose();
    }

    private ReportRun Walk(ReportTask task, ReportRun run, RunOptions options, Action<RunProgress> onProgress, CancellationToken cancel)
    {
        var lost = held.LostOf(run.Owner);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lost);
        using var watched = stops.Watch(run.Id, either.Token);
        using var patience = StorePatience.Until(watched.Token);
        return executor.Execute(task, run, options with { StoppedBecause = () => watched.Because, Lost = lost }, onProgress, watched.Token);
    }

    private IEnumerable<ReportRun> OneByOne(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var (runs, othersWait) = Take(1);
            foreach (var run in runs)
            {
                yield return run;
            }

            if (runs.Count > 0)
            {
                continue;
            }

            if (!othersWait || !places.AreSomeFull)
            {
                yield break;
            }

            // for a place
            cancel.WaitHandle.WaitOne(LookForOther);
        }
    }

    /// <summary>Decides about a run whose process died: it ends with that, or it is made again and says so.</summary>
    /// <returns>The run that has ended; null for one to be made.</returns>
    private ReportRun? CutOff(ReportRun run)
    {
        if (run.StartedAt is null || run.Attempt == 1)
        {
            return null;
        }

        if (run.Trigger == RunTrigger.Manual)
        {
            return End(run, RunOutcome.Interrupted, RunErrors.RunInterrupted(run));
        }

        if (run.Interruptions >= MostAttempts)
        {
            return End(run, RunOutcome.Interrupted, RunErrors.RunInterruptedOften(run));
        }

        run.Warnings = ["An attempt was interrupted: its process ended, or could not record it. "
            + $"The report was made again from the start at {InstantText.Of(clock.GetUtcNow(), run.TimeZone)}, in attempt {run.Attempt}."];
        return null;
    }

    private ReportRun End(ReportRun run, RunOutcome outcome, ReportException why)
    {
        (run.Outcome, run.Error, run.ErrorId, run.ErrorCategory) = (outcome, why.Message, why.ErrorId, why.Category);
        return record.Write(queue.TaskOf(run), run);
    }
}
