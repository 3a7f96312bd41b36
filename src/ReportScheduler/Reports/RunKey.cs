namespace ReportScheduler;

/// <summary>Where a run stands in the history, newest first: the next page begins behind it.</summary>
internal sealed record RunKey(DateTimeOffset At, string RunId)
{
    public static RunKey Of(ReportRun run) => new(run.StartedAt ?? run.DueAt, run.Id);
}
