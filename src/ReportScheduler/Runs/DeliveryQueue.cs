using System.Collections.Concurrent;
using ReportScheduler.Delivery;
using ReportScheduler.Delivery.Places;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Brings the ledger's waiting messages to people, long after their runs were made and without querying again.</summary>
internal sealed class DeliveryQueue(IReportStore store, TimeProvider clock, HeldRuns held, RunDelivery delivery)
{
    private const int AtOnce = 20;

    private readonly RunRecorder record = new(store, clock);

    /// <summary>Tries everything whose next attempt is due, each once, while the caller's thread works on other runs.</summary>
    /// <param name="others">The runs to work on meanwhile; each is worked on when it is asked for.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The others, and then the runs whose reports were tried, as they are now.</returns>
    public IEnumerable<ReportRun> Drain(IEnumerable<ReportRun> others, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var happened = new BlockingCollection<object?>();
        var lanes = new DeliveryLanes(this, happened.Add, happened.Add, () => happened.Add(null));
        var handedOver = new Dictionary<string, ReportRun>(StringComparer.Ordinal);
        try
        {
            lanes.Start(stop.Token);
            foreach (var run in others)
            {
                if (run.IsHandedOver)
                {
                    handedOver[run.Id] = run;
                    lanes.Start(stop.Token);
                    continue;
                }

                yield return run;
            }

            // What is tried and still waits is due later: this ends.
            for (lanes.Start(stop.Token); lanes.IsBusy || happened.Count > 0; lanes.Start(stop.Token))
            {
                switch (happened.Take(CancellationToken.None))
                {
                    case ReportRun run:
                        handedOver.Remove(run.Id);
                        yield return run;
                        break;
                    case ReportException problem:
                        throw problem;
                }
            }

            // another process was quicker
            foreach (var run in handedOver.Values)
            {
                yield return store.GetRuns(new RunFilter { RunId = run.Id }) is [var now] ? now : run;
            }
        }
        finally
        {
            stop.Cancel();
            while (lanes.IsBusy)
            {
                happened.Take(CancellationToken.None);
            }
        }
    }

    /// <summary>Takes some of what is due for one target: the one that has waited longest, and none of those given.</summary>
    public TakenDeliveries Take(IReadOnlyCollection<string> except) => Take(null, except);

    /// <summary>Tries what was taken, each once.</summary>
    /// <returns>The runs whose reports were tried, as they are now.</returns>
    public IEnumerable<ReportRun> Try(TakenDeliveries taken, CancellationToken cancel)
    {
        var owner = taken.Deliveries[0].Owner;
        var deliveries = taken.Deliveries.ToLookup(waiting => waiting.RunId, StringComparer.Ordinal);
        var rest = new Queue<ReportRun>(taken.Runs);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, held.LostOf(owner));
        try
        {
            while (rest.TryDequeue(out var run))
            {
                ReportRun? tried;
                try
                {
                    tried = TryTaken(
                        run, taken.Tasks.GetValueOrDefault(run.TaskId) ?? Unknown(run), [.. deliveries[run.Id]], either.Token);
                }
                finally
                {
                    held.Release(run.Id);
                }

                if (tried is not null)
                {
                    yield return tried;
                }
            }
        }
        finally
        {
            // a problem let the others go: they are taken up again like those of a process that died
            foreach (var run in rest)
            {
                held.Release(run.Id);
            }
        }
    }

    /// <summary>Tries what waits of one run, and then the mail to its owner that came of it.</summary>
    /// <returns>The run as it is now.</returns>
    public ReportRun DrainRun(ReportRun run, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested && Take(run.Id, []) is { Deliveries.Count: > 0 } taken)
        {
            _ = Try(taken, cancel).Count();
        }

        return store.GetRuns(new RunFilter { RunId = run.Id }) is [var now] ? now : run;
    }

    /// <summary>Goes on with the deliveries of a run whose process died. One that was at the server then may have gone out.</summary>
    public void Resume(ReportRun run)
    {
        var (task, owner) = (TaskOf(run), run.Owner);
        foreach (var doubtful in run.Deliveries.Where(waiting => waiting.State == DeliveryState.Sending))
        {
            doubtful.NextAttemptAt = null;
            doubtful.Error = "The process ended while this was being sent: it may have gone out.";
            doubtful.End(null, DeliveryState.Uncertain);
            if (DeliveryPlaces.Of(doubtful).MayRepeat)
            {
                doubtful.State = DeliveryState.Pending;
                continue;
            }

            RunDelivery.Doubt(doubtful, task);
            if (doubtful.State == DeliveryState.Pending)
            {
                run.Warnings = [.. run.Warnings,
                    $"The process ended while {RunOutcomes.Subject(doubtful)} was being sent: it is sent again and may arrive twice."];
            }
        }

        // The process that was to send it did not come to it, or was between two attempts.
        foreach (var waiting in run.Deliveries.Where(waiting => waiting.State == DeliveryState.Pending))
        {
            waiting.NextAttemptAt ??= RetrySchedule.AtOnce(clock.GetUtcNow());
        }

        if (run.IsFinal)
        {
            Save(run, owner);
        }
        else
        {
            RunOutcomes.Judge(run);
            Record(task, run, owner);
        }
    }

    /// <summary>The policies come from the task; one that was removed meanwhile, or cannot be read, has the defaults.</summary>
    public ReportTask TaskOf(ReportRun run)
    {
        try
        {
            return store.FindDefinition(run.TaskId) ?? Unknown(run);
        }
        catch (RecordNotReadableException)
        {
            return Unknown(run);
        }
    }

    private static ReportTask Unknown(ReportRun run) => new() { Id = run.TaskId, Name = run.TaskName };

    private TakenDeliveries Take(string? runId, IReadOnlyCollection<string> except)
    {
        var taken = TakenDeliveries.None;
        held.Take(owner => (taken = store.TakeDueDeliveries(owner, AtOnce, runId, except)).Runs);
        return taken;
    }

    /// <returns>Null when only its owner was told: the run itself is over and stays as it is.</returns>
    private ReportRun? TryTaken(ReportRun run, ReportTask task, List<ReportDelivery> taken, CancellationToken cancel)
    {
        using var patience = StorePatience.Until(cancel);
        var unfetched = Fetch(run);
        var isReport = taken.Exists(waiting => !waiting.IsNotice);
        try
        {
            // of many parts the first finds out that the target does not answer, and the others do not wait for it as long
            var isTroubled = false;
            var mine = run.Deliveries.Where(delivery => taken.Exists(waiting => waiting.Id == delivery.Id)).ToList();
            foreach (var waiting in mine)
            {
                if (unfetched is null)
                {
                    Attempt(waiting, task, run, isTroubled, waiting == mine[^1], cancel);
                }
                else
                {
                    Postpone(waiting, task, run, unfetched);
                }

                isTroubled |= waiting is { IsNotice: false, State: DeliveryState.Pending };
            }
        }
        catch (RunTakenOverException)
        {
            return isReport ? record.AsTakenOver(run) : null;
        }

        if (!isReport)
        {
            Save(run, taken[0].Owner);
            return null;
        }

        RunOutcomes.Judge(run);
        return Record(task, run, taken[0].Owner);
    }

    /// <returns>Why the files cannot be brought to this computer, such as a disk that is full; null where nothing is in the way.</returns>
    private ReportException? Fetch(ReportRun run)
    {
        try
        {
            store.Files.Fetch(run);
            return null;
        }
        catch (ReportException problem) when (!problem.IsTransient)
        {
            return problem;
        }
    }

    // an attempt like others: another computer may be next, and it ends with them
    private void Postpone(ReportDelivery waiting, ReportTask task, ReportRun run, ReportException problem)
    {
        var now = clock.GetUtcNow();
        waiting.Begin(now);
        (waiting.State, waiting.Error, waiting.ErrorId) = (DeliveryState.Pending, problem.Message, problem.ErrorId);
        waiting.End(now, waiting.State);
        delivery.Leave(waiting, run, task);
    }

    private void Attempt(ReportDelivery waiting, ReportTask task, ReportRun run, bool isTroubled, bool isLast, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
        {
            waiting.State = DeliveryState.Pending;
            waiting.NextAttemptAt = RetrySchedule.AtOnce(clock.GetUtcNow());
            return;
        }

        if (waiting is { IsNotice: false, Attempts: 0 } && !isTroubled)
        {
            delivery.AttemptWithRetries(waiting, task, run, isLast, cancel);
            return;
        }

        try
        {
            delivery.AttemptOnce(waiting, task, run, isLast, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server has not got it: stopping leaves no doubt, and whoever comes next goes on with it.
        }

        delivery.Leave(waiting, run, task);
    }

    private ReportRun Record(ReportTask task, ReportRun run, string? owner)
    {
        run.Owner = owner;
        return record.Write(task, run);
    }

    private void Save(ReportRun run, string? owner)
    {
        run.Owner = owner;
        store.SaveRun(run);
    }
}
