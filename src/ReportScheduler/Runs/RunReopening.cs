using ReportScheduler.Delivery.Places;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Opens runs that are over again, for what a person wants of them.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">The time.</param>
/// <param name="record">Writes what becomes of them.</param>
/// <param name="queue">Sends them.</param>
/// <param name="recover">Takes up what dead processes left.</param>
internal sealed class RunReopening(IReportStore store, TimeProvider clock, RunRecorder record, DeliveryQueue queue, Action recover)
{
    /// <summary>Delivers again what a run made, to everybody or only to those who did not get it.</summary>
    /// <remarks>It goes through the ledger, so that whoever comes next goes on with it if this process dies.</remarks>
    public ReportRun SendAgain(ReportRun run, IReadOnlyList<ReportDelivery> deliveries, bool failedOnly, CancellationToken cancel)
    {
        if (run.Owner is not null)
        {
            // a process that is gone leaves it; one that is alive is sending it
            recover();
            run = store.GetRuns(new RunFilter { RunId = run.Id }) is [var now] && RunStand.Of(now) == RunStand.Of(run)
                ? now
                : throw NotReopened(run, deliveries);
        }

        // a run that cannot be sent again keeps what it has: somebody may have got it long ago
        store.Files.Fetch(run);
        if (deliveries.SelectMany(FilesOf).FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            throw RunErrors.RunFileMissing(run, missing);
        }

        // a person may have thought about it for a while, and another one may think about it too
        var stand = RunStand.Of(run);
        var ids = deliveries.Select(delivery => delivery.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var delivery in run.Deliveries.Where(delivery => ids.Contains(delivery.Id)))
        {
            (delivery.State, delivery.NextAttemptAt, delivery.IsInDoubt) =
                (DeliveryState.Pending, RetrySchedule.AtOnce(clock.GetUtcNow()), delivery.IsInDoubt && failedOnly);
            foreach (var recipient in delivery.Recipients.Where(recipient => !failedOnly || recipient.State != DeliveryState.Sent))
            {
                recipient.State = DeliveryState.Pending;
            }
        }

        Reopen(run, stand, deliveries);
        return queue.DrainRun(run, cancel);
    }

    /// <summary>Lets a run that was held for its contract be what it would have been, where nothing of it is delivered.</summary>
    public ReportRun Release(ReportRun run)
    {
        Reopen(run, RunStand.Of(run), []);
        RunOutcomes.Judge(run);
        return record.Write(queue.TaskOf(run), run);
    }

    private void Reopen(ReportRun run, string stand, IReadOnlyList<ReportDelivery> deliveries)
    {
        run.Outcome = RunOutcome.Delivering;
        if (!store.ReopenRun(run, stand))
        {
            throw NotReopened(run, deliveries);
        }
    }

    private ReportException NotReopened(ReportRun run, IReadOnlyList<ReportDelivery> deliveries) =>
        store.GetRuns(new RunFilter { RunId = run.Id }) is not [var now] ? RunErrors.RunGone(run.Id)
        : now.AreFilesRemoved ? RunErrors.RunFileMissing(run, deliveries.SelectMany(FilesOf).FirstOrDefault() ?? run.Folder ?? "")
        : RunErrors.RunChangedMeanwhile(run.Id, run.TaskName);

    // a message carries its files
    private static IEnumerable<string> FilesOf(ReportDelivery delivery) => delivery.MessagePath is { } message ? [message] : delivery.Files;
}
