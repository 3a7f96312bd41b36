namespace ReportScheduler;

/// <summary>What becomes of a task whose next due time has come.</summary>
/// <param name="DueAt">The due instants to run now, oldest first.</param>
/// <param name="Records">Records to keep beside them: missed and skipped ones. One that is
/// not final is claimed, and recorded with the error it has.</param>
/// <param name="NextRunAt">The next due time; null when there is none.</param>
internal sealed record DuePlan(
    IReadOnlyList<DateTimeOffset> DueAt,
    IReadOnlyList<ReportRun> Records,
    DateTimeOffset? NextRunAt);
