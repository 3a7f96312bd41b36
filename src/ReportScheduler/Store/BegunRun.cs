namespace ReportScheduler.Store;

/// <summary>What a run that begins finds.</summary>
/// <param name="Task">Its task with the state; null when that is gone, and nothing is written.</param>
/// <param name="IsOwn">Whether the run is still its owner's: when it is not, nothing is written.</param>
/// <param name="HasOldRuns">Whether the task has more runs than are kept of it.</param>
internal sealed record BegunRun(ReportTask? Task, bool IsOwn, bool HasOldRuns)
{
    public static BegunRun WithoutTask { get; } = new(null, true, true);
}
