using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Diagnostics;
using ReportScheduler.Store;
using ReportScheduler.Stores;

namespace ReportScheduler.Runs;

/// <summary>Runs every report at its time until it is stopped. Reports run on
/// threads of their own; events come out on the caller's.</summary>
/// <remarks>
/// It looks at the clock at least every second and a half, so that a clock that was set or a computer that slept is noticed, and at the
/// store only when something is due or a definition changed. What a process leaves behind when it dies is taken up by the
/// next pass of any runner.
/// </remarks>
internal sealed class RunnerLoop : IRunRequests, IDisposable
{
    // changes by other processes are noticed within two seconds; looking more often only costs
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1.5);

    /// <summary>Where reports follow one another, what other processes changed is asked for at most so often.</summary>
    private static readonly TimeSpan AskOthers = TimeSpan.FromSeconds(0.4);

    /// <summary>What runs is said anew at most so often; a report that is over sooner may never be said.</summary>
    private static readonly TimeSpan Say = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookForAbandoned = RunnerLease.Beat;

    /// <summary>A store that could not be used is left alone for so long.</summary>
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    /// <summary>So long the store has to take the runner off its list.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <summary>Nobody looked at the clock for so long: the computer slept, or the clock was set forward.</summary>
    private static readonly TimeSpan Slept = TimeSpan.FromSeconds(30);

    private readonly IReportStore store;
    private readonly TimeProvider clock;
    private readonly RunnerOptions options;
    private readonly RunWorker worker;
    private readonly RunPool pool;
    private readonly IRunnerRegistry registry;
    private readonly ReportSchedulerInfo self;
    private readonly LabelledTasks labelled;
    private readonly BlockingCollection<RunnerEvent> events = [];
    private DateTimeOffset? nextDue;
    private DateTimeOffset? nextDelivery;
    private DateTimeOffset lookForAbandonedAt;
    private DateTimeOffset lookedAt;
    private long definitions = -1;
    private long? askedOthersAt;

    // what the store showed when nobody worked on any run; null while somebody does, or where it cannot be told
    private long? quietSince;
    private bool isStopRequested;
    private bool isSaid = true;
    private Task saying = Task.CompletedTask;
    private bool isClockOffSaid;
    private string labelsSaid = "";
    private long saidAt;
    private long lookedForRunsAt;
    private ReportException? trouble;
    private long troubledAt;

    public RunnerLoop(IReportStore store, TimeProvider clock, RunnerOptions options)
    {
        this.store = store;
        this.clock = clock;
        this.options = options;
        lookedAt = clock.GetUtcNow();
        Health = new RunnerHealth(clock);
        worker = new RunWorker(store, clock, GivesBack, options.Sources) { Labels = options.Labels };
        pool = new RunPool(store, worker, options.MaxConcurrent, Post);
        worker.OnTrouble = problem => Post(new RunnerEvent.Trouble(problem.Message));
        registry = store.Runners;
        labelled = new LabelledTasks(store);
        self = new ReportSchedulerInfo
        {
            Id = RunIds.Create(lookedAt),
            Owner = worker.Owner,
            Machine = Environment.MachineName,
            ProcessId = Environment.ProcessId,
            StartedAt = lookedAt,
            MaxConcurrent = options.MaxConcurrent,
            Labels = [.. options.Labels],
        };
    }

    /// <summary>Runs until the token is cancelled, Stop-ReportScheduler asks, the time is over, or nothing is left to do.</summary>
    /// <param name="onEvent">Called on the caller's thread.</param>
    /// <param name="stop">Stops gracefully.</param>
    /// <exception cref="ReportException">The store cannot be used at the start; with
    /// <see cref="RunnerOptions.UntilIdle"/> also later.</exception>
    public void Run(Action<RunnerEvent> onEvent, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        // at once, and not at the next look: what is asked for from now on would not be run
        using var stopping = stop.Register(Health.Stopping);
        // one that may read and not write would never run anything
        worker.TryStore();
        onEvent(new RunnerEvent.Loaded(new ClockRepair(store).BringBack(clock.GetUtcNow()).Tasks));
        SaySelf();
        if (!options.UntilIdle)
        {
            // beside the loop: what is due already does not wait for it
            _ = Task.Run(() => Rehearsal.Hold(store), CancellationToken.None);
        }

        while (!stop.IsCancellationRequested && !(clock.GetElapsedTime(began) >= options.For))
        {
            Pass();
            if (isStopRequested)
            {
                break;
            }

            if (options.UntilIdle && events.Count == 0 && (trouble is null ? IsIdle : pool.IsAtRest))
            {
                break;
            }

            Pump(onEvent, UntilNextLook(), stop);
        }

        Health.Stopping();
        Drain(onEvent);
        onEvent(new RunnerEvent.Ended());
        if (options.UntilIdle && (trouble ?? pool.Trouble) is { } problem)
        {
            throw problem;
        }
    }

    public RunnerHealth Health { get; }

    public IReadOnlyList<ReportRun> RequestDue()
    {
        var planned = worker.Plan().Runs;
        pool.SayMailMayWait();
        Request(planned);
        return planned;
    }

    public ReportRun RequestRun(ReportTask task, OrderedDictionary? parameters, RequestMark? mark)
    {
        var (run, isNew) = worker.Add(task, parameters, mark);
        if (isNew)
        {
            Request([run]);
        }

        return run;
    }

    /// <summary>Adds a line to what the runner tells.</summary>
    public void Tell(string line) => Post(new RunnerEvent.Note(line));

    public RunnerCounts Count() => new(pool.Running.Count, Health.IsStoreUsable ? store.CountWaiting() : 0, pool.Finished);

    public void Dispose()
    {
        // on another thread: a store that does not answer keeps nobody from ending, and the lease ends by itself
        var farewell = Task.Run(() =>
        {
            Task.WhenAny(saying).Wait();
            registry.Remove(self.Id);
            worker.Dispose();
        });
        try
        {
            farewell.WaitAsync(Farewell, clock).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            // others notice that this runner is silent
        }

        pool.Dispose();
        events.Dispose();
    }

    private bool GivesBack()
    {
        try
        {
            return !options.IsStoppedByPerson() && !registry.IsStopRequested(self.Id);
        }
        catch (ReportException)
        {
            // whoever comes next decides
            return true;
        }
    }

    private bool IsIdle => pool.IsIdle && !(nextDelivery <= clock.GetUtcNow());

    private void Request(IReadOnlyList<ReportRun> runs)
    {
        pool.SayRunsMayWait();
        events.Add(new RunnerEvent.Requested(runs));
    }

    // what the reports of this runner tell says nothing of others; real time, because it is about how much is asked
    private bool AsksOthers()
    {
        // what is due goes first: the store itself says whether something else was changed
        var asks = askedOthersAt is not { } at || Stopwatch.GetElapsedTime(at) >= (nextDue <= clock.GetUtcNow() ? Look : AskOthers);
        if (asks)
        {
            askedOthersAt = Stopwatch.GetTimestamp();
        }

        return asks;
    }

    private void Pass()
    {
        if (trouble is not null && clock.GetElapsedTime(troubledAt) < AfterTrouble)
        {
            return;
        }

        try
        {
            var asksOthers = AsksOthers();
            if (asksOthers && registry.IsStopRequested(self.Id))
            {
                isStopRequested = true;
                return;
            }

            var now = clock.GetUtcNow();
            NoticeClock(now);
            LookAtStore(now, asksOthers);
            LookForRuns();
            pool.StartWaiting();
            TryStore();
            trouble = null;
            Health.PassMade();
            if (saying.IsCompleted && clock.GetElapsedTime(saidAt) >= Say && !self.Running.SequenceEqual(RunningNames()))
            {
                // what is due does not wait for it
                Describe();
                saying = Task.Run(WriteSelf);
            }
        }
#pragma warning disable CA1031 // A store that is busy or a disk that is full may not be in a minute; what is due stays due.
        catch (Exception caught)
        {
            var problem = caught as ReportException ?? RunErrors.RunnerUnexpected(caught);
            // It is said once and not every five seconds of a weekend.
            if (problem.Message != trouble?.Message)
            {
                events.Add(new RunnerEvent.Trouble(problem.Message));
            }

            (trouble, troubledAt, definitions, askedOthersAt) = (problem, clock.GetTimestamp(), -1, null);
        }
#pragma warning restore CA1031
    }

    private void NoticeClock(DateTimeOffset now)
    {
        var passed = now - lookedAt;
        lookedAt = now;
        if (passed < -Look)
        {
            lookForAbandonedAt = now;
            var (_, moved) = new ClockRepair(store).BringBack(now);
            Tell($"The clock was set back by {-passed:c}: {moved} next runs were worked out again.");
            (definitions, askedOthersAt) = (-1, null);
            pool.SayMailMayWait();
        }
        else if (passed > Slept)
        {
            // The others slept too, and have had no chance to say that they are alive.
            worker.Pulse();
            lookForAbandonedAt = now + RunnerLease.Length;
        }
    }

    private void LookAtStore(DateTimeOffset now, bool asksOthers)
    {
        var version = asksOthers || definitions < 0 ? store.DefinitionVersion : definitions;
        if (version != definitions)
        {
            // another key may be in use by now, which is not here
            store.CheckReady();
            nextDue = store.GetEarliestDue();
            definitions = version;
            pool.SayRunsMayWait();
        }

        if (now >= lookForAbandonedAt)
        {
            lookForAbandonedAt = now + LookForAbandoned;
            LookForAbandonedRuns();
            SaySelf();
            WarnOfClock();
            WarnOfLabels();
        }

        if (nextDue <= now)
        {
            nextDue = pool.StartDue();
            Health.StoreUsed();
        }

        LookAtMail(now);
    }

    /// <summary>Takes up what dead processes left. Where nobody changed anything since nobody worked on a run, nothing
    /// can be left.</summary>
    private void LookForAbandonedRuns()
    {
        var changes = store.Changes;
        if (changes is null || changes != quietSince)
        {
            quietSince = worker.Recover() ? null : changes;
            Health.StoreUsed();
            pool.SayRunsMayWait();
            pool.SayMailMayWait();
        }
    }

    private void LookAtMail(DateTimeOffset now)
    {
        if (pool.TakeMailMayWait())
        {
            nextDelivery = store.GetEarliestDelivery();
        }

        nextDelivery = pool.TakeMailDueAt() is { } due && !(nextDelivery <= due) ? due : nextDelivery;
        if (nextDelivery <= now)
        {
            nextDelivery = pool.StartDelivering();
        }
    }

    /// <summary>What waits for the run of its task that is going on elsewhere is asked
    /// for now and then: nobody says when that is over.</summary>
    private void LookForRuns()
    {
        if (pool.AreRunsWaiting && clock.GetElapsedTime(lookedForRunsAt) >= Look)
        {
            lookedForRunsAt = clock.GetTimestamp();
            pool.SayRunsMayWait();
        }
    }

    /// <summary>A store that cannot be written is noticed while nothing is due, by whoever asks for the runner's health too.</summary>
    private void TryStore()
    {
        if (Health.IsStoreToBeTried)
        {
            worker.TryStore();
            Health.StoreUsed();
        }
    }

    private TimeSpan UntilNextLook()
    {
        if (trouble is not null)
        {
            return Look;
        }

        var now = clock.GetUtcNow();
        var next = new[] { nextDue, nextDelivery }.Min() - now ?? Look;
        return next < TimeSpan.Zero ? TimeSpan.FromMilliseconds(20) : next < Look ? next : Look;
    }

    /// <summary>Hands events to the caller until the time is over or there was one; a free worker is worth a pass at once.</summary>
    private void Pump(Action<RunnerEvent> onEvent, TimeSpan wait, CancellationToken stop)
    {
        try
        {
            if (events.TryTake(out var first, (int)Math.Ceiling(wait.TotalMilliseconds), stop))
            {
                Hand(first, onEvent);
                while (events.TryTake(out var more))
                {
                    Hand(more, onEvent);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop sees it.
        }
    }

    private void Hand(RunnerEvent happened, Action<RunnerEvent> onEvent)
    {
        // a person, or a program, did something and may have changed something before
        if (happened is RunnerEvent.Requested or RunnerEvent.Note)
        {
            askedOthersAt = null;
        }

        onEvent(happened);
    }

    private void Drain(Action<RunnerEvent> onEvent)
    {
        var began = clock.GetTimestamp();
        if (pool.Running is { Count: > 0 } running)
        {
            onEvent(new RunnerEvent.Stopping(running.Count));
        }

        pool.Stop();
        SendLast();
        while (pool.Running.Count > 0 || pool.IsDelivering)
        {
            var passed = clock.GetElapsedTime(began);
            if (passed >= options.DrainTimeout)
            {
                pool.Cancel();
            }

            if (passed - options.DrainTimeout >= options.CancelTimeout)
            {
                Post(new RunnerEvent.Trouble(RunErrors.RunsLeftBehind(pool.Running.Count).Message));
                break;
            }

            Pump(onEvent, TimeSpan.FromMilliseconds(100), CancellationToken.None);
            SendLast();
        }

        Pump(onEvent, TimeSpan.Zero, CancellationToken.None);
    }

    /// <summary>The mail of reports that were made before the runner was stopped and that no thread has taken yet.</summary>
    private void SendLast()
    {
        try
        {
            if (pool.TakeHandedOver())
            {
                pool.StartDelivering();
            }
        }
        catch (ReportException problem)
        {
            // it stays in the ledger for whoever comes next
            Post(new RunnerEvent.Trouble(problem.Message));
        }
    }

    /// <summary>Also for threads that the runner left behind when it ended.</summary>
    private void Post(RunnerEvent happened)
    {
        try
        {
            events.Add(happened);
        }
        catch (ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    private void WarnOfClock()
    {
        var off = store.ClockOffset;
        var isOff = off.Duration() > StoreChecks.MostOff;
        if (isOff && !isClockOffSaid)
        {
            Post(new RunnerEvent.Trouble(StoresErrors.StoreClockOff(store.Address, off).Message));
        }

        isClockOffSaid = isOff;
    }

    /// <summary>A report that no runner may take is told by all the others, until one may.</summary>
    private void WarnOfLabels()
    {
        var missing = string.Join(", ", labelled.WithoutRunner().Where(task => task.Waits).Select(task => $"'{task.Label}'")
            .Distinct(StringComparer.OrdinalIgnoreCase));
        if (missing.Length > 0 && missing != labelsSaid)
        {
            Post(new RunnerEvent.Trouble(StoresErrors.LabelWithoutRunner(missing).Message));
        }

        labelsSaid = missing;
    }

    private string[] RunningNames() => [.. pool.Running.Select(run => run.TaskName).Order(StringComparer.Ordinal)];

    private void SaySelf()
    {
        // one after the other
        Task.WhenAny(saying).Wait();
        Describe();
        WriteSelf();
    }

    private void Describe()
    {
        self.SeenAt = clock.GetUtcNow();
        self.Running = RunningNames();
        (self.Owner, self.LeaseUntil) = (worker.Owner, worker.LeaseUntil);
        saidAt = clock.GetTimestamp();
    }

    private void WriteSelf()
    {
        try
        {
            self.ClockOffset = -store.ClockOffset;
            registry.Write(self);
            isSaid = true;
        }
        catch (ReportException problem)
        {
            // Reports go on without it. Once is enough to say it until it works again.
            if (isSaid)
            {
                Post(new RunnerEvent.Trouble(problem.Message));
            }

            isSaid = false;
        }
    }
}
