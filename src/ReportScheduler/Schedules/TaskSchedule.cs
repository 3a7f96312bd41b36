namespace ReportScheduler.Schedules;

/// <summary>Makes the schedule of a task.</summary>
internal static class TaskSchedule
{
    /// <summary>The schedule of a task; null for a task that runs on demand only.</summary>
    /// <exception cref="ReportException">The cron text, the interval, the zone or the
    /// window is wrong, or nothing would ever be due.</exception>
    public static ReportSchedule? Of(ReportTask task)
    {
        if (task.StartAt >= task.EndAt)
        {
            throw ScheduleErrors.ScheduleWindowEmpty(task.Name, task.StartAt.Value, task.EndAt.Value);
        }

        return (task.Cron, task.Every, task.At) switch
        {
            (null, null, null) => null,
            ({ } cron, null, null) => new CronSchedule(task, cron),
            (null, { } every, null) => new IntervalSchedule(task, every),
            (null, null, { } at) => new OnceSchedule(task, at),
            _ => throw ScheduleErrors.ScheduleAmbiguous(task.Name, string.Join(" and ", Kinds(task))),
        };
    }

    private static IEnumerable<string> Kinds(ReportTask task)
    {
        if (task.Cron is not null)
        {
            yield return "-Cron";
        }

        if (task.Every is not null)
        {
            yield return "-Every";
        }

        if (task.At is not null)
        {
            yield return "-At";
        }
    }
}
