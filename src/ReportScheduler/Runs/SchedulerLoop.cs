using System.Collections.Concurrent;
using System.Collections.Specialized;
using ReportScheduler.Store;
using ReportScheduler.Tasks;

namespace ReportScheduler.Runs;

/// <summary>Runs every report at its time until it is stopped. Reports run on threads of their own; events come out on the caller's.</summary>
/// <remarks>
/// It looks at the clock at least every second, so that a clock that was set or a computer that slept is noticed, and at the
/// store only when something is due or a definition changed. What a process leaves behind when it dies is taken up by the
/// next pass of any runner.
/// </remarks>
internal sealed class SchedulerLoop : IRunRequests, IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookForAbandoned = TimeSpan.FromSeconds(15);

    private readonly IReportStore store;
    private readonly TimeProvider clock;
    private readonly SchedulerOptions options;
    private readonly RunWorker worker;
    private readonly RunnerRegistry registry;
    private readonly ReportSchedulerInfo self;
    private readonly Retention retention;
    private readonly BlockingCollection<SchedulerEvent> events = [];
    private readonly CancellationTokenSource cancelRuns = new();
    private readonly LinkedList<ReportRun> waiting = new();
    private readonly ConcurrentDictionary<string, ReportRun> running = new();
    private readonly ConcurrentQueue<ReportRun> requested = new();
    private readonly ConcurrentDictionary<RunOutcome, long> finished = new();
    private volatile bool mailRequested;
    private DateTimeOffset? nextDue;
    private DateTimeOffset lookForAbandonedAt;
    private DateTimeOffset? nextDelivery;
    private Task? delivering;
    private long definitions = -1;

    public SchedulerLoop(IReportStore store, TimeProvider clock, SchedulerOptions options)
    {
        this.store = store;
        this.clock = clock;
        this.options = options;
        worker = new RunWorker(store, clock);
        registry = new RunnerRegistry(store);
        retention = new Retention(store, clock);
        self = new ReportSchedulerInfo
        {
            Id = RunIds.Create(clock.GetUtcNow()),
            Owner = worker.Owner,
            Machine = Environment.MachineName,
            ProcessId = Environment.ProcessId,
            StartedAt = clock.GetUtcNow(),
            MaxConcurrent = options.MaxConcurrent,
        };
    }

    /// <summary>Runs until the token is cancelled, Stop-ReportScheduler asks, the time is over, or nothing is left to do.</summary>
    /// <param name="onEvent">Called on the caller's thread.</param>
    /// <param name="stop">Stops gracefully.</param>
    public void Run(Action<SchedulerEvent> onEvent, CancellationToken stop)
    {
        var endAt = clock.GetUtcNow() + options.For;
        onEvent(new SchedulerEvent.Loaded(store.GetTasks()));
        SaySelf();
        while (!stop.IsCancellationRequested && !registry.IsStopRequested(self.Id) && !(clock.GetUtcNow() >= endAt))
        {
            Pass();
            if (options.UntilIdle && running.IsEmpty && waiting.Count == 0 && delivering is null or { IsCompleted: true } && events.Count == 0)
            {
                break;
            }

            Pump(onEvent, UntilNextLook(), stop);
        }

        Drain(onEvent);
    }

    public IReadOnlyList<ReportRun> RequestDue()
    {
        var claimed = worker.Claim(int.MaxValue);
        mailRequested = true;
        Request(claimed);
        return claimed;
    }

    public ReportRun RequestRun(ReportTask task, OrderedDictionary? parameters, string? requestKey)
    {
        var run = worker.Add(task, parameters, requestKey);
        Request([run]);
        return run;
    }

    /// <summary>Adds a line to what the runner tells.</summary>
    public void Tell(string line) => events.Add(new SchedulerEvent.Note(line));

    public RunnerCounts Count() => new(running.Count, waiting.Count + requested.Count, finished);

    public void Dispose()
    {
        registry.Remove(self.Id);
        worker.Dispose();
        cancelRuns.Dispose();
        events.Dispose();
    }

    private void Request(IReadOnlyList<ReportRun> runs)
    {
        foreach (var run in runs)
        {
            requested.Enqueue(run);
        }

        events.Add(new SchedulerEvent.Requested(runs));
    }

    private void Pass()
    {
        try
        {
            var now = clock.GetUtcNow();
            while (requested.TryDequeue(out var run))
            {
                waiting.AddLast(run);
            }

            if (mailRequested)
            {
                mailRequested = false;
                nextDelivery = store.GetEarliestDelivery();
            }

            var version = store.DefinitionVersion;
            if (version != definitions)
            {
                definitions = version;
                nextDue = store.GetEarliestDue();
            }

            if (now >= lookForAbandonedAt)
            {
                lookForAbandonedAt = now + LookForAbandoned;
                AddLast(worker.Recover());
                nextDelivery = store.GetEarliestDelivery();
                SaySelf();
            }
            else if (lookForAbandonedAt > now + LookForAbandoned)
            {
                // The clock was set back.
                lookForAbandonedAt = now;
            }

            if (nextDue <= now)
            {
                AddLast(worker.Claim(int.MaxValue));
                nextDue = store.GetEarliestDue();
            }

            if (nextDelivery <= now && delivering is null or { IsCompleted: true })
            {
                nextDelivery = null;
                delivering = Task.Factory.StartNew(Deliver, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            StartWaiting();
        }
        catch (ReportException problem)
        {
            // A store that is busy or a disk that is full now may not be in a minute. No report is lost: what is due stays due.
            events.Add(new SchedulerEvent.Trouble(problem.Message));
            nextDue = clock.GetUtcNow() + TimeSpan.FromSeconds(5);
        }
    }

    private void AddLast(IEnumerable<ReportRun> runs)
    {
        foreach (var run in runs)
        {
            waiting.AddLast(run);
        }
    }

    /// <summary>Starts what may start, oldest due first. A task's runs follow one another unless it says Parallel.</summary>
    private void StartWaiting()
    {
        for (var node = waiting.First; node is not null && running.Count < options.MaxConcurrent;)
        {
            var (run, next) = (node.Value, node.Next);
            if (!running.Values.Any(other => other.TaskId == run.TaskId) || store.FindTask(run.TaskId)?.Overlap == OverlapPolicy.Parallel)
            {
                waiting.Remove(node);
                running[run.Id] = run;
                events.Add(new SchedulerEvent.Started(run));
                Task.Factory.StartNew(() => Work(run), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            node = next;
        }
    }

    private void Work(ReportRun run)
    {
        try
        {
            Finished(worker.Work(run, _ => { }, cancelRuns.Token));
            retention.Prune(run.TaskId);
        }
        catch (ReportException problem)
        {
            events.Add(new SchedulerEvent.Trouble($"{run.TaskName}: {problem.Message}"));
        }
        finally
        {
            running.TryRemove(run.Id, out _);
        }
    }

    private void Deliver()
    {
        try
        {
            foreach (var run in new DeliveryQueue(store, clock, worker.Owner).Drain(cancelRuns.Token))
            {
                Finished(run);
            }

            nextDelivery = store.GetEarliestDelivery();
        }
        catch (ReportException problem)
        {
            events.Add(new SchedulerEvent.Trouble(problem.Message));
        }
    }

    private void Finished(ReportRun run)
    {
        if (run.Outcome == RunOutcome.Delivering)
        {
            nextDelivery = store.GetEarliestDelivery();
        }

        if (run.IsFinal)
        {
            finished.AddOrUpdate(run.Outcome, 1, (_, count) => count + 1);
        }

        events.Add(new SchedulerEvent.Finished(run, store.FindTask(run.TaskId)?.NextRunAt));
    }

    private TimeSpan UntilNextLook()
    {
        var now = clock.GetUtcNow();
        var next = new[] { nextDue, nextDelivery }.Min() - now ?? Look;
        return next < TimeSpan.Zero ? TimeSpan.FromMilliseconds(20) : next < Look ? next : Look;
    }

    /// <summary>Hands events to the caller until the time is over or there was one; a free worker is worth a pass at once.</summary>
    private void Pump(Action<SchedulerEvent> onEvent, TimeSpan wait, CancellationToken stop)
    {
        try
        {
            if (events.TryTake(out var first, (int)Math.Ceiling(wait.TotalMilliseconds), stop))
            {
                onEvent(first);
                while (events.TryTake(out var more))
                {
                    onEvent(more);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop sees it.
        }
    }

    private void Drain(Action<SchedulerEvent> onEvent)
    {
        if (!running.IsEmpty)
        {
            onEvent(new SchedulerEvent.Stopping(running.Count));
        }

        var patience = clock.GetUtcNow() + options.DrainTimeout;
        while (!running.IsEmpty || delivering is { IsCompleted: false })
        {
            if (clock.GetUtcNow() >= patience && !cancelRuns.IsCancellationRequested)
            {
                cancelRuns.Cancel();
            }

            Pump(onEvent, TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }

        Pump(onEvent, TimeSpan.Zero, CancellationToken.None);
    }

    private void SaySelf()
    {
        self.SeenAt = clock.GetUtcNow();
        self.Running = [.. running.Values.Select(run => run.TaskName)];
        registry.Write(self);
    }
}
