using ReportScheduler.Exports;
using ReportScheduler.Store;

namespace ReportScheduler.Delivery.Places;

/// <summary>A report that is made and has to be brought to places.</summary>
/// <param name="Task">The task.</param>
/// <param name="Run">The run, with its folder.</param>
/// <param name="Export">Its files and first rows.</param>
/// <param name="RedirectTo">The only address that gets it; null for all that the task names.</param>
/// <param name="Store">The store.</param>
/// <param name="Clock">The time.</param>
internal sealed record DeliveryOrder(ReportTask Task, ReportRun Run, ExportResult Export, string? RedirectTo, IReportStore Store,
    TimeProvider Clock)
{
    /// <summary>What tells the store from others.</summary>
    public string StoreId { get; init; } = "";

    /// <summary>A ledger entry with the files of the run.</summary>
    public ReportDelivery New(DeliveryKind kind, string target) => new()
    {
        Id = RunIds.Create(Clock.GetUtcNow()),
        RunId = Run.Id,
        TaskId = Run.TaskId,
        Kind = kind,
        Key = Export.Split?.Key,
        Rows = Export.Split is { Key: not null } part ? part.Rows : null,
        Target = target,
        State = DeliveryState.Pending,
        Files = [.. Export.Files],
        CreatedAt = Clock.GetUtcNow(),
        Owner = Run.Owner,
    };
}
