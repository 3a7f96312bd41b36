namespace ReportScheduler.Store;

/// <summary>What a run that begins finds.</summary>
/// <param name="Task">Its task with the state; null when that is gone, and nothing is written.</param>
/// <param name="Option">The options of the store.</param>
/// <param name="IsOwn">Whether the run is still its owner's: when it is not, nothing is written.</param>
/// <param name="OldRuns">Ids of the task's runs that are more than are kept, newest first: of the first <see cref="Most"/> those
/// that do not wait. Null where it is to be asked when the run is over: one of them is going on now.</param>
internal sealed record BegunRun(ReportTask? Task, ReportSchedulerOption Option, bool IsOwn, IReadOnlyList<string>? OldRuns)
{
    /// <summary>So many old runs are told and removed at once.</summary>
    public const int Most = 50;

    public static BegunRun WithoutTask { get; } = new(null, new ReportSchedulerOption(), true, null);
}
