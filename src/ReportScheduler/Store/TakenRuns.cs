namespace ReportScheduler.Store;

/// <summary>What a runner got to work on.</summary>
/// <param name="Runs">Oldest due first, with the new owner.</param>
/// <param name="OthersWait">Whether others wait still, for a runner or for the run of their task that is going on.</param>
internal sealed record TakenRuns(IReadOnlyList<ReportRun> Runs, bool OthersWait)
{
    /// <summary>Nothing was taken: the definitions are other ones than those of the order.</summary>
    public static readonly TakenRuns Outdated = new([], OthersWait: true) { IsOutdated = true };

    public bool IsOutdated { get; private init; }
}
