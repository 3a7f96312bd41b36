namespace ReportScheduler.Schedules;

/// <summary>Due at one instant.</summary>
internal sealed class OnceSchedule : ReportSchedule
{
    private readonly DateTimeOffset at;

    public OnceSchedule(ReportTask task, DateTimeOffset at) : base(task)
    {
        if (at < task.StartAt || at > task.EndAt)
        {
            throw ScheduleErrors.ScheduleNeverRuns(Show(at), "it lies outside -StartAt and -EndAt");
        }

        this.at = at.ToUniversalTime();
    }

    protected override DateTimeOffset? Step(DateTimeOffset after) => at > after ? at : null;

    protected override string Words() => $"once at {Show(at)}, {ZoneId}";
}
