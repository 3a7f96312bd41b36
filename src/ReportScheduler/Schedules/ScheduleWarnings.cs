using System.Globalization;
using ReportScheduler.Tasks;

namespace ReportScheduler.Schedules;

/// <summary>What might surprise about a schedule.</summary>
internal static class ScheduleWarnings
{
    public static IEnumerable<string> Of(ReportSchedule schedule, DateTimeOffset after)
    {
        var first = schedule.Next(after);
        if (first is null)
        {
            return ["It is not due any more."];
        }
        var often = first is { } due && schedule.Next(due) - due < TimeSpan.FromMinutes(1)
            ? new[] { "It is due more often than once a minute." } : [];
        return schedule is CronSchedule cron
            ? [.. often, .. Days(cron.Cron), .. ClockChanges(cron, after)]
            : often;
    }

    /// <summary>The other tasks that are due in the minute of <paramref name="next"/>.</summary>
    public static IEnumerable<string> SameMinute(DateTimeOffset? next, IReadOnlyList<ReportTask> others)
    {
        var together = others
            .Where(other => other.State.NextRunAt is { } at && next is { } due && Minute(at) == Minute(due))
            .Select(other => $"'{other.Name}'").ToList();
        return together.Count switch
        {
            0 => [],
            <= 5 => [$"In the same minute {EnglishText.List(together)} {(together.Count == 1 ? "is" : "are")} due."],
            _ => [$"In the same minute {together.Count} other report tasks are due, {together[0]} and {together[1]} among them."],
        };
    }

    private static IEnumerable<string> Days(CronExpression cron)
    {
        var late = cron.DayOfMonth.IsAll ? [] : cron.DayOfMonth.List().Where(day => day > 28).ToList();
        // 2023 has a February of 28 days
        var missing = late.Where(day => cron.Month.List().Any(month => day > DateTime.DaysInMonth(2023, month))).ToList();
        if (missing.Count > 0)
        {
            yield return cron.Month.List() is [2] && missing is [29]
                ? "Only leap years have the 29th of February: the others are passed over. L is the last day of each month."
                : $"Not every month has the {EnglishText.List(missing.Select(EnglishText.Ordinal), "or")}: the others are passed over. L is the last day of each month.";
        }
        if (!cron.DayOfMonth.IsAll && !cron.DayOfWeek.IsAll)
        {
            yield return "Day of month and day of week must both match, as in systemd timers. The cron of Unix takes a day that matches either.";
        }
    }

    // who runs all round the clock does not ask which hour was left out
    private static IEnumerable<string> ClockChanges(CronSchedule schedule, DateTimeOffset after) =>
        schedule.Cron.Hour.IsAll ? [] : schedule.ClockChangesHit(after).Select(hit => hit.Change.After > hit.Change.Before
            ? $"On {hit.Wall:yyyy-MM-dd} the clocks skip {Time(hit.Wall)}: it runs at {Time(hit.Change.WallAfter)}."
            : $"On {hit.Wall:yyyy-MM-dd} {Time(hit.Wall)} comes twice: it runs {(schedule.Cron.Repeats ? "both times" : "once, at the first")}.");

    private static string Time(DateTime wall) => wall.ToString(wall.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    private static long Minute(DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerMinute;
}
