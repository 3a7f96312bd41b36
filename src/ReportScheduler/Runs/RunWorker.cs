using System.Collections.Specialized;
using ReportScheduler.Delivery;
using ReportScheduler.Schedules;
using ReportScheduler.Store;
using ReportScheduler.Tasks;

namespace ReportScheduler.Runs;

/// <summary>Makes runs in the store and works on them, with a heartbeat for as long as it lives.</summary>
internal sealed class RunWorker : IDisposable
{
    /// <summary>A run whose owner was silent for this long is taken over. Three beats may be lost.</summary>
    public static readonly TimeSpan SilentFor = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    /// <summary>A run that took its process down this often is not tried again.</summary>
    private const int MostAttempts = 3;

    private readonly IReportStore store;
    private readonly TimeProvider clock;
    private readonly ReportRunner runner;
    private readonly ITimer heartbeat;

    public RunWorker(IReportStore store, TimeProvider clock)
    {
        this.store = store;
        this.clock = clock;
        runner = new ReportRunner(store, clock);
        heartbeat = clock.CreateTimer(_ => Pulse(), null, Beat, Beat);
    }

    public string Owner { get; } = RunOwner.Create();

    /// <summary>Makes a run of its own and works on it.</summary>
    public ReportRun RunNow(
        ReportTask task, RunTrigger trigger, DateTimeOffset dueAt, RunOptions options, Action<RunProgress> onProgress, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var run = new ReportRun
        {
            Id = RunIds.Create(now),
            TaskId = task.Id,
            TaskName = task.Name,
            TimeZone = task.TimeZone,
            Trigger = trigger,
            DueAt = dueAt.ToUniversalTime(),
            StartedAt = now,
            Owner = Owner,
            HeartbeatAt = now,
        };
        store.AddRun(run);
        return runner.Run(task, run, options, onProgress, cancel);
    }

    /// <summary>Makes a run of its own that begins later; an HTTP call asked for it.</summary>
    public ReportRun Add(ReportTask task, OrderedDictionary? parameters, string? requestKey)
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
            RequestKey = requestKey,
            Owner = Owner,
            HeartbeatAt = now,
        };
        store.AddRun(run);
        return run;
    }

    /// <summary>Takes up what a dead process left, claims and runs what is due, and tries waiting mail again. One after the other.</summary>
    /// <returns>Each run when it has ended or waits for its mail.</returns>
    public IEnumerable<ReportRun> RunDue(Action<RunProgress> onProgress, CancellationToken cancel)
    {
        foreach (var run in Recover().Concat(Claim(int.MaxValue)))
        {
            if (cancel.IsCancellationRequested)
            {
                yield break;
            }

            yield return Work(run, onProgress, cancel);
        }

        foreach (var run in new DeliveryQueue(store, clock, Owner).Drain(cancel))
        {
            yield return run;
        }
    }

    /// <summary>Works on a run that this worker claimed or took over.</summary>
    public ReportRun Work(ReportRun run, Action<RunProgress> onProgress, CancellationToken cancel) =>
        store.FindTask(run.TaskId) is { } task
            ? runner.Run(task, run, RunOptions.None, onProgress, cancel)
            : End(run, RunOutcome.Skipped, $"The task '{run.TaskName}' was removed before its run began.");

    /// <summary>Claims what is due now.</summary>
    public IReadOnlyList<ReportRun> Claim(int limit)
    {
        var now = clock.GetUtcNow();
        if (store.GetEarliestDue() is not { } due || due > now)
        {
            return [];
        }

        var option = store.GetOption();
        return store.ClaimDue(now, Owner, limit, (task, unfinished) => DuePlanner.Plan(task, unfinished, now, option));
    }

    /// <summary>Takes over what dead processes left. What had not reached its delivery is returned to be run again.</summary>
    public IReadOnlyList<ReportRun> Recover()
    {
        var now = clock.GetUtcNow();
        var again = new List<ReportRun>();
        foreach (var run in store.TakeOver(abandoned => IsAbandoned(abandoned, now), Owner, now))
        {
            if (run.Deliveries.Length > 0)
            {
                new DeliveryQueue(store, clock, Owner).Resume(run);
            }
            else if (run.Trigger == RunTrigger.Manual)
            {
                End(run, RunOutcome.Interrupted, "The process that ran it ended before it had; it was asked for by a person and is not run again by itself.");
            }
            else if (run.Attempt > MostAttempts)
            {
                End(run, RunOutcome.Interrupted, $"The process that ran it ended before it had, {MostAttempts} times; it is not run again by itself.");
            }
            else
            {
                again.Add(run);
            }
        }

        return again;
    }

    /// <summary>Delivers again what a run made, to everybody or only to those who did not get it.</summary>
    public ReportRun SendAgain(ReportRun run, IReadOnlyList<ReportDelivery> deliveries, bool failedOnly, CancellationToken cancel)
    {
        foreach (var recipient in deliveries.SelectMany(delivery => delivery.Recipients))
        {
            recipient.State = failedOnly && recipient.State == DeliveryState.Sent ? DeliveryState.Sent : DeliveryState.Pending;
        }

        run.Outcome = RunOutcome.Delivering;
        run.FinishedAt = null;
        if (!store.SaveRun(run))
        {
            throw ReportError.RunTakenOver(run);
        }

        return new DeliveryQueue(store, clock, Owner).Try(run, [.. deliveries.Select(delivery => delivery.Id)], cancel);
    }

    public void Dispose() => heartbeat.Dispose();

    private static bool IsAbandoned(ReportRun run, DateTimeOffset now) =>
        run.Owner is { } owner && (RunOwner.IsGone(owner) || run.HeartbeatAt is { } beat && beat < now - SilentFor);

    private ReportRun End(ReportRun run, RunOutcome outcome, string why)
    {
        run.Outcome = outcome;
        run.Error = why;
        run.FinishedAt = clock.GetUtcNow();
        store.FinishRun(run);
        return run;
    }

    private void Pulse()
    {
        try
        {
            store.Heartbeat(Owner, clock.GetUtcNow());
        }
        catch (ReportException)
        {
            // A store that is busy now is asked again at the next beat; three may be lost.
        }
    }
}
