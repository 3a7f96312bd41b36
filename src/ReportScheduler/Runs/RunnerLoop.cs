using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Runs every report at its time until it is stopped. Reports run on
/// threads of their own; events come out on the caller's.</summary>
/// <remarks>
/// It looks at the clock at least every second and a half, so that a clock that was set or a computer that slept is noticed, and at the
/// store only when something is due or a definition changed. What a process leaves behind when it dies is taken up by the
/// next pass of any runner.
/// </remarks>
internal sealed class RunnerLoop : IDisposable
{
    /// <summary>A store that could not be used is left alone for so long.</summary>
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    /// <summary>So long the store has to take the runner off its list.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <summary>Nobody looked at the clock for so long: the computer slept, or the clock was set forward.</summary>
    private static readonly TimeSpan Slept = TimeSpan.FromSeconds(30);

    private readonly IReportStore store;
    private readonly TimeProvider clock;
    private readonly RunnerOptions options;
    private readonly RunnerEvents events = new();
    private readonly RunnerHealth health;
    private readonly RunWorker worker;
    private readonly RunPool pool;
    private readonly RunnerPresence presence;
    private readonly DueWatch due;
    private readonly RecoveryWatch recovery;
    private readonly StoreWarnings warnings;
    private DateTimeOffset lookedAt;
    private DateTimeOffset beatAt;
    private bool isStopRequested;
    private ReportException? trouble;
    private long troubledAt;

    public RunnerLoop(IReportStore store, TimeProvider clock, RunnerOptions options)
    {
        this.store = store;
        this.clock = clock;
        this.options = options;
        lookedAt = clock.GetUtcNow();
        health = new RunnerHealth(clock);
        worker = new RunWorker(store, clock, GivesBack, options.Sources)
        {
            Labels = options.Labels,
            OnTrouble = problem => events.Post(new RunnerEvent.Trouble(problem.Message)),
        };
        pool = new RunPool(store, worker, options.MaxConcurrent, events.Post);
        presence = new RunnerPresence(store, clock, worker, pool, options, events);
        due = new DueWatch(store, clock, pool, health);
        recovery = new RecoveryWatch(store, worker);
        warnings = new StoreWarnings(store, events);
        Requests = new RunnerRequests(store, worker, pool, health, events);
    }

    /// <summary>What others may ask of the runner.</summary>
    public IRunRequests Requests { get; }

    /// <summary>Runs until the token is cancelled, Stop-ReportScheduler asks, the time is over, or nothing is left to do.</summary>
    /// <param name="onEvent">Called on the caller's thread.</param>
    /// <param name="stop">Stops gracefully.</param>
    /// <exception cref="ReportException">The store cannot be used at the start; with
    /// <see cref="RunnerOptions.UntilIdle"/> also later.</exception>
    public void Run(Action<RunnerEvent> onEvent, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        // at once, and not at the next look: what is asked for from now on would not be run
        using var stopping = stop.Register(health.Stopping);
        // one that may read and not write would never run anything
        worker.TryStore();
        onEvent(new RunnerEvent.Loaded(new ClockRepair(store).BringBack(clock.GetUtcNow()).Tasks));
        presence.Say();
        if (!options.UntilIdle)
        {
            // beside the loop: what is due already does not wait for it
            _ = Task.Run(() => Rehearsal.Hold(store), CancellationToken.None);
        }

        while (!stop.IsCancellationRequested && !(clock.GetElapsedTime(began) >= options.For))
        {
            Pass();
            if (isStopRequested || (options.UntilIdle && IsOver))
            {
                break;
            }

            events.Pump(Hand, trouble is null ? due.UntilNext() : DueWatch.Look, stop);
        }

        health.Stopping();
        new RunnerDrain(pool, clock, options, events).Complete(onEvent);
        onEvent(new RunnerEvent.Ended());
        if (options.UntilIdle && (trouble ?? pool.Trouble) is { } problem)
        {
            throw problem;
        }

        void Hand(RunnerEvent happened)
        {
            // a person, or a program, did something and may have changed something before
            if (happened is RunnerEvent.Requested or RunnerEvent.Note)
            {
                due.ExpectChange();
            }

            onEvent(happened);
        }
    }

    /// <summary>Adds a line to what the runner tells.</summary>
    public void Tell(string line) => events.Post(new RunnerEvent.Note(line));

    public void Dispose()
    {
        // on another thread: a store that does not answer keeps nobody from ending, and the lease ends by itself
        var farewell = Task.Run(() =>
        {
            presence.End();
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

    // nothing is left to do, or what is left cannot be done now
    private bool IsOver => events.IsEmpty && (trouble is null ? pool.IsIdle && !due.IsMailDue : pool.IsAtRest);

    private bool GivesBack()
    {
        try
        {
            return !options.IsStoppedByPerson() && !presence.IsStopRequested();
        }
        catch (ReportException)
        {
            // whoever comes next decides
            return true;
        }
    }

    private void Pass()
    {
        if (trouble is not null && clock.GetElapsedTime(troubledAt) < AfterTrouble)
        {
            return;
        }

        try
        {
            var asksOthers = due.AsksOthers();
            if (asksOthers && presence.IsStopRequested())
            {
                isStopRequested = true;
                return;
            }

            var now = clock.GetUtcNow();
            NoticeClock(now);
            due.ReadDefinitions(asksOthers);
            Beat(now);
            due.Start(now);
            TryStore();
            if (trouble is not null)
            {
                Tell("What was in the way of the runner has passed: it goes on.");
                trouble = null;
            }

            health.PassMade();
            presence.SayRunning();
        }
#pragma warning disable CA1031 // A store that is busy or a disk that is full may not be in a minute; what is due stays due.
        catch (Exception caught)
        {
            var problem = caught as ReportException ?? RunErrors.RunnerUnexpected(caught);
            health.StoreFailed(StoreTrouble.Of(problem, store.Address));
            // It is said once and not every five seconds of a weekend.
            if (problem.Message != trouble?.Message)
            {
                events.Post(new RunnerEvent.Trouble(problem.Message));
            }

            (trouble, troubledAt) = (problem, clock.GetTimestamp());
            due.Forget();
        }
#pragma warning restore CA1031
    }

    private void NoticeClock(DateTimeOffset now)
    {
        var passed = now - lookedAt;
        lookedAt = now;
        if (passed < -DueWatch.Look)
        {
            beatAt = now;
            var (_, moved) = new ClockRepair(store).BringBack(now);
            Tell($"The clock was set back by {-passed:c}: {moved} next runs were worked out again.");
            due.Forget();
            pool.SayMailMayWait();
        }
        else if (passed > Slept)
        {
            // The others slept too, and have had no chance to say that they are alive.
            worker.Pulse();
            beatAt = now + RunnerLease.Length;
        }
    }

    /// <summary>What is done once in a beat of the lease.</summary>
    private void Beat(DateTimeOffset now)
    {
        if (now < beatAt)
        {
            return;
        }

        beatAt = now + RunnerLease.Beat;
        if (recovery.Look())
        {
            health.StoreUsed();
            pool.SayRunsMayWait();
            pool.SayMailMayWait();
        }

        presence.Say();
        warnings.Look();
    }

    /// <summary>A store that cannot be written is noticed while nothing is due, by whoever asks for the runner's health too.</summary>
    private void TryStore()
    {
        if (health.IsStoreToBeTried)
        {
            worker.TryStore();
            health.StoreUsed();
        }
    }
}
