using System.Collections.Concurrent;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>The runs of a runner, at work on threads of their own.</summary>
/// <remarks>Runs are taken and started on the runner's thread; what happens on the others is told by events.</remarks>
internal sealed class RunPool(IReportStore store, RunWorker worker, int maxConcurrent, Action<RunnerEvent> tell) : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly ConcurrentDictionary<string, ReportRun> running = new();
    private readonly ConcurrentDictionary<RunOutcome, long> finished = new();
    private readonly CancellationTokenSource cancelRuns = new();
    private DeliveryLanes? lanes;
    private int mailMayWait = 1;
    private int runsMayWait = 1;
    private int ended;
    private int handedOver;
    private long mailDueAt = Never;
    private volatile bool isStopping;

    /// <summary>Whether runs are known to wait, for a free thread or for the run of their task that is going on anywhere.</summary>
    public bool AreRunsWaiting { get; private set; }

    public IReadOnlyList<ReportRun> Running => [.. running.Values];

    public bool IsDelivering => lanes is { IsBusy: true };

    /// <summary>Nothing is worked on.</summary>
    public bool IsAtRest => running.IsEmpty && !IsDelivering;

    public bool IsIdle => IsAtRest && !AreRunsWaiting && Volatile.Read(ref mailMayWait) == 0 && Volatile.Read(ref runsMayWait) == 0
        && Volatile.Read(ref mailDueAt) == Never;

    public IReadOnlyDictionary<RunOutcome, long> Finished => finished;

    /// <summary>What last kept a run from being recorded, or waiting mail from being tried; null when nothing did.</summary>
    public ReportException? Trouble { get; private set; }

    /// <summary>Takes runs that wait, as many as there are free threads, and starts them.</summary>
    public void StartWaiting()
    {
        var free = maxConcurrent - running.Count;
        if (free <= 0)
        {
            return;
        }

        // a thread that is free again is for those that were left waiting; what is planned or asked for since is said
        var isFreed = Interlocked.Exchange(ref ended, 0) != 0;
        if (Interlocked.Exchange(ref runsMayWait, 0) == 0 && !(isFreed && AreRunsWaiting))
        {
            return;
        }

        try
        {
            Start(worker.Take(free));
        }
        catch
        {
            SayRunsMayWait();
            throw;
        }
    }

    /// <summary>Makes the runs of what is due, and starts as many as there are free threads.</summary>
    /// <returns>When something is due next; null for never.</returns>
    public DateTimeOffset? StartDue()
    {
        var free = maxConcurrent - running.Count;
        if (free <= 0)
        {
            SayRunsMayWait();
            return worker.Plan().NextDueAt;
        }

        // what waited before is taken with it
        Interlocked.Exchange(ref runsMayWait, 0);
        try
        {
            var planned = worker.PlanAndTake(free);
            Start(planned.Taken!);
            return planned.NextDueAt;
        }
        catch
        {
            SayRunsMayWait();
            throw;
        }
    }

    public void SayRunsMayWait() => Interlocked.Exchange(ref runsMayWait, 1);

    /// <summary>Tries waiting mail on threads of its own, where that is not going on already.</summary>
    /// <returns>When mail is due next that is not due now; null for none.</returns>
    public DateTimeOffset? StartDelivering()
    {
        lanes ??= worker.Lanes(Tell, problem => TellTrouble(problem, problem.Message), MailIsFree);
        // what is due and was not begun waits for a lane or for its owner, and both say when they are done
        return lanes.Start(cancelRuns.Token) is { } taken ? taken.NextAt : store.GetEarliestDelivery(after: store.Clock.GetUtcNow());
    }

    /// <summary>From now on reports send their mail themselves, so that it goes out before the runner ends.</summary>
    public void Stop() => isStopping = true;

    /// <summary>Whether a report left mail that was not tried yet, since this was asked.</summary>
    public bool TakeHandedOver() => Interlocked.Exchange(ref handedOver, 0) != 0;

    /// <summary>Whether mail may wait of which nobody here knows, since this was asked.</summary>
    public bool TakeMailMayWait() => Interlocked.Exchange(ref mailMayWait, 0) != 0;

    /// <summary>When the earliest mail is due that reports and lanes left since this was asked; null for none.</summary>
    public DateTimeOffset? TakeMailDueAt() =>
        Interlocked.Exchange(ref mailDueAt, Never) is var ticks and not Never ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public void SayMailMayWait() => Interlocked.Exchange(ref mailMayWait, 1);

    /// <summary>Cancels what runs, on the servers too.</summary>
    public void Cancel()
    {
        if (!cancelRuns.IsCancellationRequested)
        {
            cancelRuns.Cancel();
        }
    }

    public void Dispose() => cancelRuns.Dispose();

    // a definition that cannot be read fails its own run, and no other's
    private ReportTask? FindOrNull(string taskId)
    {
        try
        {
            return store.FindTask(taskId);
        }
        catch (RecordNotReadableException)
        {
            return null;
        }
    }

    private void Start(TakenRuns taken)
    {
        AreRunsWaiting = taken.OthersWait;
        foreach (var run in taken.Runs)
        {
            running[run.Id] = run;
            tell(new RunnerEvent.Started(run));
            _ = Task.Factory.StartNew(() => RunOne(run), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private void RunOne(ReportRun run)
    {
        try
        {
            var made = worker.Execute(run, _ => { }, cancelRuns.Token, () => !isStopping);
            if (made.IsHandedOver)
            {
                // it is told when its mail was tried
                Interlocked.Exchange(ref handedOver, 1);
                NoteMail(made);
            }
            else
            {
                Tell(made);
            }
        }
#pragma warning disable CA1031 // Nobody waits for this thread: what ends it would be lost without a word.
        catch (Exception caught)
        {
            var problem = caught as ReportException ?? RunErrors.RunUnexpected(run.TaskName, caught);
            TellTrouble(problem, $"{run.TaskName}: {problem.Message}");
        }
#pragma warning restore CA1031
        finally
        {
            running.TryRemove(run.Id, out _);
            Interlocked.Exchange(ref ended, 1);
            tell(new RunnerEvent.Free());
        }
    }

    private void MailIsFree()
    {
        if (lanes!.OthersWait)
        {
            SayMailMayWait();
        }

        tell(new RunnerEvent.Free());
    }

    private void NoteMail(ReportRun run)
    {
        if (run.Deliveries.Min(delivery => delivery.NextAttemptAt) is not { } earliest)
        {
            return;
        }

        for (var known = Volatile.Read(ref mailDueAt); earliest.UtcTicks < known;)
        {
            var seen = Interlocked.CompareExchange(ref mailDueAt, earliest.UtcTicks, known);
            known = seen == known ? earliest.UtcTicks : seen;
        }
    }

    private void TellTrouble(ReportException problem, string words)
    {
        Trouble = problem;
        tell(new RunnerEvent.Trouble(words));
    }

    private void Tell(ReportRun run)
    {
        if (run.IsTakenOver)
        {
            tell(new RunnerEvent.TakenOver(run));
            return;
        }

        if (run.IsFinal)
        {
            finished.AddOrUpdate(run.Outcome, 1, (_, count) => count + 1);
        }

        NoteMail(run);
        tell(new RunnerEvent.Finished(run, run.IsFinal ? run.TaskNextRunAt : FindOrNull(run.TaskId)?.NextRunAt));
    }
}
