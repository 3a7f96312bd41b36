using System.Collections.Specialized;
using ReportScheduler.Rows;
using ReportScheduler.Schedules;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Makes runs in the store and works on them, with a heartbeat for as long as it lives.</summary>
internal sealed class RunWorker : IDisposable
{
    /// <summary>A run whose owner was silent for this long is taken over. Three beats may be lost.</summary>
    public static readonly TimeSpan SilentFor = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    /// <summary>A run that took its process down this often is not tried again.</summary>
    private const int MostAttempts = 3;

    private const string WentOn = "The process that ran it ended before everything was delivered; the delivery went on from the saved message and files.";

    private readonly IReportStore store;
    private readonly TimeProvider clock;
    private readonly ReportRunner runner;
    private readonly RunRecord record;
    private readonly Retention retention;
    private readonly DeliveryQueue queue;
    private readonly HeldRuns held = new();
    private readonly ITimer heartbeat;

    /// <param name="store">The store.</param>
    /// <param name="clock">The time.</param>
    /// <param name="givesBack">Whether a run that is cancelled now is left to the next runner, as when the process is told to end; null for never: a person stops it.</param>
    /// <param name="sources">Kinds of sources beside the databases of the store; null for none.</param>
    public RunWorker(IReportStore store, TimeProvider clock, Func<bool>? givesBack = null, IReadOnlyList<IRowSources>? sources = null)
    {
        this.store = store;
        this.clock = clock;
        var delivery = new RunDelivery(store, clock);
        runner = new ReportRunner(store, clock, [.. sources ?? [], new DatabaseSources(store)], delivery, givesBack ?? (() => false));
        record = new RunRecord(store, clock);
        retention = new Retention(store, clock, problem => OnTrouble?.Invoke(problem));
        queue = new DeliveryQueue(store, clock, held, delivery);
        heartbeat = clock.CreateTimer(_ => Pulse(), null, Beat, Beat);
    }

    public string Owner => held.Owner;

    /// <summary>Is told of what goes wrong beside the runs, on the thread that works on one.</summary>
    public Action<ReportException>? OnTrouble { get; set; }

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
            Note = options.Note(),
            DueAt = dueAt.ToUniversalTime(),
            StartedAt = now,
            Owner = Owner,
            HeartbeatAt = now,
        };
        held.Hold(run.Id);
        try
        {
            store.AddRun(run);
            run = runner.Run(task, run, options, onProgress, cancel);
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

    /// <summary>Makes a run of its own that begins later; an HTTP call asked for it.</summary>
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
            Owner = Owner,
            HeartbeatAt = now,
        };
        held.Hold(run.Id);
        var isAdded = false;
        try
        {
            if (mark is not null && store.AddRunOnce(run, mark) is { } earlier)
            {
                return (earlier, false);
            }

            if (mark is null)
            {
                store.AddRun(run);
            }

            isAdded = true;
            return (run, true);
        }
        finally
        {
            if (!isAdded)
            {
                held.Release(run.Id);
            }
        }
    }

    /// <summary>Takes up what a dead process left, claims and runs what is due, and tries waiting mail again beside it. The runs follow one another on the caller's thread.</summary>
    /// <returns>Each run when it has ended or waits for its mail.</returns>
    public IEnumerable<ReportRun> RunDue(Action<RunProgress> onProgress, CancellationToken cancel)
    {
        new ClockRepair(store).BringBack(clock.GetUtcNow());
        ReportRun[] taken = [.. Recover(), .. Claim(int.MaxValue)];
        return queue.Drain(taken.TakeWhile(_ => !cancel.IsCancellationRequested).Select(run => Work(run, onProgress, cancel, () => true)), cancel);
    }

    /// <summary>Threads that try this worker's waiting mail.</summary>
    public DeliveryLanes Lanes(Action<ReportRun> onTried, Action<ReportException> onTrouble, Action onFree) => new(queue, onTried, onTrouble, onFree);

    /// <summary>Works on a run that this worker claimed or took over.</summary>
    /// <exception cref="ReportException">It cannot be recorded. It is let go, and the next <see cref="Recover"/> takes it up.</exception>
    /// <param name="run">The run.</param>
    /// <param name="onProgress">Called on the caller's thread.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="leavesMail">Whether mail to a server is left to <see cref="Lanes"/>; null to send it here.</param>
    public ReportRun Work(ReportRun run, Action<RunProgress> onProgress, CancellationToken cancel, Func<bool>? leavesMail = null)
    {
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

            return store.FindTask(run.TaskId) is { } task
                ? runner.Run(task, run, RunOptions.None with { LeavesMail = leavesMail }, onProgress, cancel)
                : End(run, RunOutcome.Skipped, RunErrors.TaskRemovedBeforeRun(run));
        }
        catch (ReportException problem) when (problem.ErrorId == nameof(LiteDbErrors.RecordNotReadable))
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
            retention.Prune(run.TaskId);
        }
    }

    /// <summary>Claims what is due now.</summary>
    public IReadOnlyList<ReportRun> Claim(int limit)
    {
        var now = clock.GetUtcNow();
        if (store.GetEarliestDue() is not { } due || due > now)
        {
            return [];
        }

        var option = store.GetOption();
        return held.Take(
            () => store.ClaimDue(now, Owner, limit, (task, unfinished) => Plan(task, unfinished, now, option)), run => run.Id);
    }

    /// <summary>Takes over what dead processes left, and what a problem made this one let go. What had not reached its delivery is returned to be run again, or as it ended.</summary>
    public IReadOnlyList<ReportRun> Recover()
    {
        var now = clock.GetUtcNow();
        var again = new List<ReportRun>();
        foreach (var run in held.Take(() => store.TakeOver(abandoned => IsAbandoned(abandoned, now), Owner, now), run => run.Id))
        {
            try
            {
                if (IsToBeWorkedOn(run))
                {
                    again.Add(run);
                    continue;
                }
            }
#pragma warning disable CA1031 // A store that cannot be written now, or what nobody foresaw: it is let go, and the others are still taken up.
            catch (Exception)
            {
            }
#pragma warning restore CA1031

            held.Release(run.Id);
        }

        return again;
    }

    /// <summary>Delivers again what a run made, to everybody or only to those who did not get it.</summary>
    /// <remarks>It goes through the ledger, so that whoever comes next goes on with it if this process dies.</remarks>
    public ReportRun SendAgain(ReportRun run, IReadOnlyList<ReportDelivery> deliveries, bool failedOnly, CancellationToken cancel)
    {
        var ids = deliveries.Select(delivery => delivery.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var delivery in run.Deliveries.Where(delivery => ids.Contains(delivery.Id)))
        {
            (delivery.State, delivery.NextAttemptAt, delivery.IsInDoubt) = (DeliveryState.Pending, clock.GetUtcNow(), delivery.IsInDoubt && failedOnly);
            foreach (var recipient in delivery.Recipients.Where(recipient => !failedOnly || recipient.State != DeliveryState.Sent))
            {
                recipient.State = DeliveryState.Pending;
            }
        }

        run.Outcome = RunOutcome.Delivering;
        if (!store.SaveRun(run))
        {
            throw RunErrors.RunTakenOver(run.Id, run.TaskName);
        }

        return queue.DrainRun(run, cancel);
    }

    /// <summary>Says that this worker is alive; a timer does it as well.</summary>
    public void Pulse()
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

    /// <summary>Ends the worker. What it has claimed and not begun is free for others at once.</summary>
    public void Dispose()
    {
        heartbeat.Dispose();
        try
        {
            store.ForgetOwner(Owner);
        }
        catch (ReportException)
        {
            // A store that cannot be written now: the others wait until this worker was silent for long enough.
        }
    }

    /// <summary>What nobody foresaw in the plan of one task is a failure of that task: the others are claimed.</summary>
    private static DuePlan Plan(ReportTask task, IReadOnlyList<ReportRun> unfinished, DateTimeOffset now, ReportSchedulerOption option)
    {
        try
        {
            return DuePlanner.Plan(task, unfinished, now, option);
        }
        catch (Exception problem) when (problem is not ReportException)
        {
            throw RunErrors.RunUnexpected(task.Name, problem);
        }
    }

    // an owner without a heartbeat has ended in order
    private bool IsAbandoned(ReportRun run, DateTimeOffset now) =>
        run.Owner is { } owner && (held.IsLetGo(run) || RunOwner.IsGone(owner) || !(run.HeartbeatAt >= now - SilentFor));

    /// <returns>False for one whose mail goes on by itself. One that is over is returned to be told.</returns>
    private bool IsToBeWorkedOn(ReportRun run)
    {
        if (run.Deliveries.Length > 0)
        {
            if (!run.IsFinal && !run.Warnings.Contains(WentOn))
            {
                run.Warnings = [.. run.Warnings, WentOn];
            }

            queue.Resume(run);
        }
        else if (run.StartedAt is null)
        {
            return true;
        }
        else if (run.Trigger == RunTrigger.Manual)
        {
            End(run, RunOutcome.Interrupted, RunErrors.RunInterrupted(run));
            return true;
        }
        else if (run.Interruptions >= MostAttempts)
        {
            End(run, RunOutcome.Interrupted, RunErrors.RunInterruptedOften(run));
            return true;
        }
        else
        {
            run.Warnings = [$"An attempt was cut off: its process ended, or could not record it. The report was made again from the start at {InstantText.Of(clock.GetUtcNow(), run.TimeZone)}, in attempt {run.Attempt}."];
            return true;
        }

        return false;
    }

    private ReportRun End(ReportRun run, RunOutcome outcome, ReportException why)
    {
        (run.Outcome, run.Error, run.ErrorId, run.ErrorCategory) = (outcome, why.Message, why.ErrorId, why.Category);
        return record.Write(queue.TaskOf(run), run);
    }
}
