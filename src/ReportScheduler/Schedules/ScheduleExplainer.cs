namespace ReportScheduler.Schedules;

/// <summary>Says in words what a schedule means, and lists its next due times.</summary>
internal static class ScheduleExplainer
{
    /// <param name="schedule">The schedule.</param>
    /// <param name="name">The task's name; null for a schedule given by itself.</param>
    /// <param name="after">The due times listed are later than this instant.</param>
    /// <param name="count">How many due times are listed at most.</param>
    /// <param name="others">The other tasks of the store, for the warning of many at the same minute.</param>
    /// <param name="stopped">Why the schedule is not followed at present; null when it is.</param>
    public static ScheduleExplanation Explain(
        ReportSchedule schedule, string? name, DateTimeOffset after, int count, IReadOnlyList<ReportTask> others, string? stopped = null)
    {
        var runs = new List<DateTimeOffset>();
        for (var next = schedule.Next(after); next is { } due && runs.Count < count; next = schedule.Next(due))
        {
            runs.Add(TimeZoneInfo.ConvertTime(due, schedule.Clock.Zone));
        }

        return new ScheduleExplanation(schedule.Describe(), schedule.ZoneId, [.. runs],
            [.. stopped is null ? [] : new[] { stopped }, .. ScheduleWarnings.Of(schedule, after),
                .. ScheduleWarnings.SameMinute(runs.Count == 0 || stopped is not null ? null : runs[0], others)])
        {
            Name = name,
        };
    }
}
