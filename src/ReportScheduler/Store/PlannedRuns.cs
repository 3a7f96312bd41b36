namespace ReportScheduler.Store;

/// <summary>What came of planning what is due.</summary>
/// <param name="Runs">The runs that were made and are not final, oldest due first.</param>
/// <param name="NextDueAt">The earliest next due time of an enabled task afterwards; null when nothing is due any more.</param>
/// <param name="Taken">What was taken; null where nothing was to be.</param>
internal sealed record PlannedRuns(IReadOnlyList<ReportRun> Runs, DateTimeOffset? NextDueAt, TakenRuns? Taken = null)
{
    /// <summary>Nothing was planned and nothing taken: the definitions are other ones than those of the order.</summary>
    public static readonly PlannedRuns Outdated = new([], null, TakenRuns.Outdated);

    public bool IsOutdated => Taken is { IsOutdated: true };
}
