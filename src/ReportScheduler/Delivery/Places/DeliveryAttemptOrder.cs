using ReportScheduler.Store;

namespace ReportScheduler.Delivery.Places;

/// <summary>One attempt at a delivery that is to be made now.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Task">Its task.</param>
/// <param name="Run">Its run, with the other deliveries.</param>
/// <param name="Store">The store.</param>
/// <param name="Clock">The time.</param>
/// <param name="Cancel">Stops.</param>
internal sealed record DeliveryAttemptOrder(
    ReportDelivery Delivery, ReportTask Task, ReportRun Run, IReportStore Store, TimeProvider Clock, CancellationToken Cancel)
{
    /// <summary>Is called right before something leaves this computer for good; it throws
    /// OperationCanceledException where another process may be sending it by now.</summary>
    public Action Confirm { get; init; } = () => { };

    /// <summary>The deliveries of the same run, and of the same part of it, that are copies of its files.</summary>
    public IReadOnlyList<ReportDelivery> Copies =>
        [.. Run.Deliveries.Where(other => other.MessagePath is null && other.Key == Delivery.Key)];
}
