using ReportScheduler.Time;

namespace ReportScheduler.Schedules;

/// <summary>The due instants of a task between two others, both included, such as those that a report is to be made up for.</summary>
internal static class DueWindow
{
    /// <summary>More are a mistake rather than a wish.</summary>
    public const int Most = 1000;

    /// <param name="task">The task, whose schedule need not be followed.</param>
    /// <param name="from">The first instant; without a kind of its own in the task's zone.</param>
    /// <param name="to">The last one; a date without a time of day is the whole day. Null for <paramref name="now"/>.</param>
    /// <param name="now">The time it is.</param>
    /// <exception cref="ReportException">The task has no schedule, the window ends before
    /// it begins, or it holds more than <see cref="Most"/>.</exception>
    public static IReadOnlyList<DateTimeOffset> Of(ReportTask task, DateTime from, DateTime? to, DateTimeOffset now)
    {
        var schedule = TaskSchedule.Of(task) ?? throw ScheduleErrors.ScheduleNeeded(task.Name);
        var zone = Zones.Find(task.TimeZone);
        var (first, last) = (Zones.ToInstant(from, zone), to is { } end ? Zones.ToInstant(IsDay(end) ? end.AddDays(1) : end, zone) : now);
        if (last < first || (to is { } whole && IsDay(whole) && last == first))
        {
            throw ScheduleErrors.WindowReversed(Given(from, first), Given(to, last));
        }

        // a day is told as the day that was given, and not as the midnight behind it
        string Given(DateTime? given, DateTimeOffset instant) => given is { } time && IsDay(time)
            ? time.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            : InstantText.Of(TimeZoneInfo.ConvertTime(instant, zone));

        var due = new List<DateTimeOffset>();
        for (var next = schedule.Next(first.AddTicks(-1)); next is { } at
            && (to is { } day && IsDay(day) ? at < last : at <= last); next = schedule.Next(at))
        {
            due.Add(at);
            if (due.Count > Most)
            {
                throw ScheduleErrors.WindowTooLarge(task.Name, schedule.Describe(), Given(from, first), Given(to, last), Most);
            }
        }

        return due;
    }

    // an instant in UTC was meant to the second
    private static bool IsDay(DateTime time) => time.TimeOfDay == TimeSpan.Zero && time.Kind != DateTimeKind.Utc;
}
