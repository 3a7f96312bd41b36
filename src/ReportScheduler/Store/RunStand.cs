namespace ReportScheduler.Store;

/// <summary>What a person saw of a run and decided on: whether it is over, and what became of each of its deliveries.</summary>
internal static class RunStand
{
    /// <summary>Another text once anything of the run was sent or tried, or is to be.</summary>
    public static string Of(ReportRun run) => string.Join(' ', run.Deliveries.OrderBy(delivery => delivery.Id, StringComparer.Ordinal)
        .Select(delivery => $"{delivery.State} {delivery.Attempts}").Prepend($"{run.Outcome}"));
}
