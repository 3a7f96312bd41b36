namespace ReportScheduler.Schedules;

/// <summary>Makes the schedule of a task.</summary>
internal static class TaskSchedule
{
    /// <summary>The schedule of a task; null for a task that runs on demand only.</summary>
    /// <exception cref="ReportException">The cron text, the interval, the zone or the window is wrong, or nothing would ever be due.</exception>
    public static ReportSchedule? Of(ReportTask task)
    {
        if (task.StartAt > task.EndAt)
        {
            throw ScheduleErrors.WindowEndsBeforeItStarts(task.StartAt.Value, task.EndAt.Value);
        }
        return (task.Cron, task.Every, task.At) switch
        {
            (null, null, null) => null,
            ({ } cron, null, null) => new CronSchedule(task, cron),
            (null, { } every, null) => new IntervalSchedule(task, every),
            (null, null, { } at) => new OnceSchedule(task, at),
            _ => throw ScheduleErrors.SeveralSchedules(task.Name),
        };
    }
}
