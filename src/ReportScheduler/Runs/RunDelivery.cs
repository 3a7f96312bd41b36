using System.Collections.Concurrent;
using Polly;
using Polly.Retry;
using ReportScheduler.Delivery;
using ReportScheduler.Delivery.Places;
using ReportScheduler.Exports;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Brings a run's files to people and keeps the ledger of it.</summary>
/// <remarks>One for a whole worker: a mail server that let one mail wait for its whole timeout,
/// or asked for a pause, is not tried with the next ones at once.</remarks>
/// <param name="store">The store.</param>
/// <param name="clock">The time.</param>
/// <param name="held">What this worker may send.</param>
internal sealed class RunDelivery(IReportStore store, TimeProvider clock, HeldRuns held)
{
    // a store that was away when it was asked first is asked again
    private readonly Lazy<string> storeId = new(() => StoreIds.Of(store), LazyThreadSafetyMode.PublicationOnly);
    private readonly ConcurrentDictionary<(IDeliveryPlace Place, string Target), DateTimeOffset> restsUntil = new();

    /// <summary>Makes the deliveries of a run, once, and puts them in the ledger before anything is sent.</summary>
    /// <param name="task">The task.</param>
    /// <param name="run">The run.</param>
    /// <param name="export">Its files.</param>
    /// <param name="redirectTo">The only address that gets mail; null for the task's recipients.</param>
    /// <param name="leavesMail">Whether what may take long is left in the ledger by the next <see cref="Attempt"/>.</param>
    /// <param name="held">Why nothing is sent until a person releases it; null to send.</param>
    public void Prepare(ReportTask task, ReportRun run, ExportResult export, string? redirectTo, bool leavesMail = false,
        ReportException? held = null)
    {
        run.Deliveries = [.. export.Deliveries ?? Make(task, run, export, redirectTo)];
        foreach (var delivery in held is null ? [] : run.Deliveries)
        {
            (delivery.State, delivery.Error, delivery.ErrorId) = (DeliveryState.Failed, held!.Message, held.ErrorId);
            foreach (var recipient in delivery.Recipients)
            {
                recipient.State = DeliveryState.Failed;
            }
        }

        if (run.Deliveries.Length > 0)
        {
            FilesOfRun.Keep(store, run);
        }

        // where nothing is sent from here, the next step records it with all the others
        if (run.Deliveries.Any(delivery => !leavesMail || !DeliveryPlaces.Of(delivery).MayTakeLong(delivery, store)) && !store.SaveRun(run))
        {
            throw RunErrors.RunTakenOver(run.Id, run.TaskName);
        }
    }

    /// <summary>Makes the deliveries of a report with all that is sent, and writes nothing into the ledger yet.</summary>
    public IReadOnlyList<ReportDelivery> Make(ReportTask task, ReportRun run, ExportResult export, string? redirectTo)
    {
        var order = new DeliveryOrder(task, run, export, redirectTo, store, clock) { StoreId = storeId.Value };
        return [.. DeliveryPlaces.All.Reverse().Where(place => place.IsWanted(task)).Select(place => place.Prepare(order))
            .OfType<ReportDelivery>()];
    }

    /// <summary>Tries every waiting delivery of a run, again after transient failures within the task's retries.</summary>
    /// <param name="task">The task.</param>
    /// <param name="run">The run.</param>
    /// <param name="leavesMail">What may take long, such as mail to a server, is left in the ledger, due at once. Copies and
    /// pickup folders are not: they are quick, and a mail that is too large names its copies.</param>
    /// <param name="cancel">Stops; what is in the ledger waits there.</param>
    public void Attempt(ReportTask task, ReportRun run, bool leavesMail, CancellationToken cancel)
    {
        // of many parts the first finds out that a target does not answer, and the others do not wait for it as long
        var troubled = new HashSet<(DeliveryKind, string)>();
        var pending = run.Deliveries.Where(delivery => delivery.State == DeliveryState.Pending).ToList();
        foreach (var waiting in pending)
        {
            if (leavesMail && DeliveryPlaces.Of(waiting).MayTakeLong(waiting, store))
            {
                (waiting.NextAttemptAt, waiting.Owner) = (RetrySchedule.AtOnce(clock.GetUtcNow()), null);
                continue;
            }

            AttemptWithRetries(waiting, task, run, troubled.Contains((waiting.Kind, waiting.Target)) ? 0 : task.Retry,
                waiting == pending[^1], cancel);
            if (waiting.State == DeliveryState.Pending)
            {
                troubled.Add((waiting.Kind, waiting.Target));
            }
        }
    }

    /// <summary>The first attempts at a delivery. What still waits is left to whoever drains the ledger next.</summary>
    /// <param name="waiting">The delivery.</param>
    /// <param name="task">The task.</param>
    /// <param name="run">The run.</param>
    /// <param name="isLast">Whether the run is recorded right after this one, and what became of it with that.</param>
    /// <param name="cancel">Stops.</param>
    public void AttemptWithRetries(ReportDelivery waiting, ReportTask task, ReportRun run, bool isLast, CancellationToken cancel) =>
        AttemptWithRetries(waiting, task, run, task.Retry, isLast, cancel);

    private void AttemptWithRetries(
        ReportDelivery waiting, ReportTask task, ReportRun run, int retries, bool isLast, CancellationToken cancel)
    {
        var again = new ResiliencePipelineBuilder<bool> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<bool>
            {
                MaxRetryAttempts = Math.Max(1, retries),
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = TimeSpan.FromSeconds(15),
                ShouldHandle = arguments => ValueTask.FromResult(retries > 0 && arguments.Outcome is { Exception: null, Result: false }),
            })
            .Build();
        try
        {
            again.Execute(token => AttemptOnce(waiting, task, run, isLast, token), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // What is in the ledger is not lost by stopping: it waits there for whoever drains it next.
        }

        Leave(waiting, run, task);
    }

    /// <summary>One attempt at one delivery. The ledger says so before the server is
    /// asked, so that a crash leaves no doubt where it was.</summary>
    /// <param name="waiting">The delivery.</param>
    /// <param name="task">The task.</param>
    /// <param name="run">The run.</param>
    /// <param name="isLast">Whether the run is recorded right after this one, and what became of it with that.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>False when it may work if tried again at once.</returns>
    /// <exception cref="ReportException">RunTakenOver; the ledger is the other process's and stays as it is.</exception>
    public bool AttemptOnce(ReportDelivery waiting, ReportTask task, ReportRun run, bool isLast, CancellationToken cancel)
    {
        var place = DeliveryPlaces.Of(waiting);
        if (restsUntil.TryGetValue((place, waiting.Target), out var until) && until > clock.GetUtcNow())
        {
            var why = RunErrors.MailNotTried(waiting.Target, until);
            (waiting.Error, waiting.ErrorId, waiting.NotBefore) = (why.Message, why.ErrorId, until);
            return true;
        }

        waiting.Begin(clock.GetUtcNow());
        Put(waiting, run, task);
        try
        {
            place.Send(new DeliveryAttemptOrder(waiting, task, run, store, clock, cancel)
            {
                Confirm = () => held.CheckSure(waiting.Owner, cancel),
            });
        }
        catch (OperationCanceledException)
        {
            waiting.End(clock.GetUtcNow(), DeliveryState.Pending);
            throw;
        }
#pragma warning disable CA1031 // Tried again it would go wrong again, for ever: this one is given up, and the others go on.
        catch (Exception problem) when (problem is not (ReportException or OperationCanceledException))
        {
            waiting.GiveUp(RunErrors.DeliveryUnexpected(waiting.Target, problem));
        }
#pragma warning restore CA1031

        waiting.End(clock.GetUtcNow(), waiting.State);
        if (waiting.NotBefore is { } rests)
        {
            restsUntil[(place, waiting.Target)] = rests;
        }

        if (waiting.State == DeliveryState.Uncertain)
        {
            Doubt(waiting, task);
        }

        waiting.NextAttemptAt = null;
        if (!isLast || waiting.State == DeliveryState.Pending)
        {
            Put(waiting, run, task);
        }

        return waiting.NotBefore is not null || waiting.State != DeliveryState.Pending;
    }

    /// <summary>Leaves what still waits to whoever drains the ledger next, or gives it up when it is too old.</summary>
    public void Leave(ReportDelivery waiting, ReportRun run, ReportTask task)
    {
        if (waiting.State != DeliveryState.Pending)
        {
            return;
        }

        waiting.NextAttemptAt = RetrySchedule.Next(waiting, task.Retry, clock.GetUtcNow()) is { } next
            ? (next > waiting.NotBefore ? next : waiting.NotBefore ?? next)
            : null;
        if (waiting.NextAttemptAt is null)
        {
            waiting.GiveUp(null);
        }

        Put(waiting, run, task);
        waiting.Owner = null;
    }

    /// <summary>Decides about a delivery that the server may have: sent again by itself once,
    /// it arrives twice at most; then it waits for a person.</summary>
    public static void Doubt(ReportDelivery delivery, ReportTask task)
    {
        (delivery.Doubts, delivery.IsInDoubt) = (delivery.Doubts + 1, true);
        delivery.State = task.Uncertain == UncertainPolicy.Resend && delivery.Doubts == 1 ? DeliveryState.Pending : DeliveryState.Uncertain;
    }

    private void Put(ReportDelivery waiting, ReportRun run, ReportTask task)
    {
        if (!store.PutDelivery(waiting, run.Attempt))
        {
            throw RunErrors.RunTakenOver(waiting.RunId, task.Name);
        }
    }
}
