using ReportScheduler.Delivery;
using ReportScheduler.Store;
using ReportScheduler.Tasks;

namespace ReportScheduler.Runs;

/// <summary>Brings the ledger's waiting messages to people, long after their runs were made and without querying again.</summary>
internal sealed class DeliveryQueue(IReportStore store, TimeProvider clock, string owner)
{
    private const int AtOnce = 20;

    private readonly RunDelivery delivery = new(store, clock);
    private readonly RunRecord record = new(store, clock);

    /// <summary>Tries everything whose next attempt is due, each once.</summary>
    /// <returns>The runs whose reports were tried, as they are now.</returns>
    public IEnumerable<ReportRun> Drain(CancellationToken cancel)
    {
        if (store.GetEarliestDelivery() is not { } due || due > clock.GetUtcNow())
        {
            yield break;
        }

        foreach (var taken in store.TakeDueDeliveries(clock.GetUtcNow(), owner, AtOnce).GroupBy(waiting => waiting.RunId).ToList())
        {
            if (store.GetRuns(new RunFilter { RunId = taken.Key }) is not [var run])
            {
                continue;
            }

            if (taken.All(waiting => waiting.Kind == DeliveryKind.Notice))
            {
                TellOwner(run, cancel);
            }
            else
            {
                yield return Try(run, [.. taken.Select(waiting => waiting.Id)], cancel);
            }
        }
    }

    /// <summary>Goes on with the deliveries of a run whose process died. One that was at the server then may have gone out.</summary>
    public ReportRun Resume(ReportRun run)
    {
        var task = TaskOf(run);
        foreach (var doubtful in run.Deliveries.Where(waiting => waiting.State == DeliveryState.Sending))
        {
            // A file drop is atomic and can be repeated; of a mail nobody knows.
            var again = doubtful.Kind == DeliveryKind.Folder || task.Uncertain == UncertainPolicy.Resend;
            doubtful.State = again ? DeliveryState.Pending : DeliveryState.Uncertain;
            doubtful.NextAttemptAt = again ? clock.GetUtcNow() : null;
            doubtful.Error = "The process ended while this was being sent: it may have gone out.";
        }

        RunOutcomes.Judge(run);
        Record(task, run);
        return run;
    }

    /// <summary>Tries some deliveries of a run now, whatever their state was.</summary>
    public ReportRun Try(ReportRun run, IReadOnlyCollection<string> deliveryIds, CancellationToken cancel)
    {
        var task = TaskOf(run);
        foreach (var waiting in run.Deliveries.Where(waiting => deliveryIds.Contains(waiting.Id)))
        {
            Attempt(waiting, task, cancel);
        }

        RunOutcomes.Judge(run);
        Record(task, run);
        return run;
    }

    /// <summary>Tries the mails to the owner. The run itself is over and stays as it is.</summary>
    private void TellOwner(ReportRun run, CancellationToken cancel)
    {
        var task = TaskOf(run);
        foreach (var notice in run.Deliveries.Where(delivery => delivery is { Kind: DeliveryKind.Notice, State: DeliveryState.Sending }))
        {
            Attempt(notice, task, cancel);
        }

        run.Owner = owner;
        store.SaveRun(run);
    }

    private void Attempt(ReportDelivery waiting, ReportTask task, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
        {
            waiting.State = DeliveryState.Pending;
            waiting.NextAttemptAt = clock.GetUtcNow();
            return;
        }

        delivery.AttemptOnce(waiting, task, cancel);
        delivery.Leave(waiting);
    }

    private void Record(ReportTask task, ReportRun run)
    {
        run.Owner = owner;
        record.Write(task, run);
    }

    /// <summary>The policies come from the task; one that was removed meanwhile has the defaults.</summary>
    private ReportTask TaskOf(ReportRun run) => store.FindTask(run.TaskId) ?? new ReportTask { Id = run.TaskId, Name = run.TaskName };
}
