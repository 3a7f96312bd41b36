using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Text;

namespace ReportScheduler.Schedules;

/// <summary>What might surprise about a schedule.</summary>
internal static partial class ScheduleWarnings
{
    /// <summary>Zones that are named after a winter time and have no summer time, and those that people mean by them.</summary>
    private static readonly Dictionary<string, string> WithoutSummer = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EST"] = "America/New_York",
        ["MST"] = "America/Denver",
        ["HST"] = "Pacific/Honolulu",
    };

    public static IEnumerable<string> Of(ReportSchedule schedule, DateTimeOffset after)
    {
        var first = schedule.Next(after);
        if (first is null)
        {
            return ["It is not due again."];
        }

        var often = first is { } due && schedule.Next(due) - due < TimeSpan.FromMinutes(1)
            ? new[] { "It is due more often than once a minute." } : [];
        return schedule is CronSchedule cron
            ? [.. often, .. Zone(schedule.ZoneId), .. Quartz(cron.Cron), .. Days(cron.Cron), .. ClockChanges(cron, after)]
            : [.. often, .. Zone(schedule.ZoneId)];
    }

    /// <summary>That a task follows a schedule with no time left, such as -At in the past.</summary>
    public static IEnumerable<string> NeverDue(ReportTask task) =>
        task.Enabled && task.PausedBecause is null && task.NextRunAt is null && TaskSchedule.Of(task) is { } schedule
            ? [$"it is never due: its schedule ({schedule.Describe()}) has ended. Invoke-ReportTask runs it."]
            : [];

    /// <summary>What a person who makes the task may have meant otherwise; none without a schedule.</summary>
    public static IEnumerable<string> Misread(ReportTask task) => TaskSchedule.Of(task) switch
    {
        null => [],
        CronSchedule cron => [.. Zone(task.TimeZone), .. Quartz(cron.Cron)],
        _ => Zone(task.TimeZone),
    };

    /// <summary>What might surprise about the name of a zone.</summary>
    public static IEnumerable<string> Zone(string id)
    {
        if (WithoutSummer.TryGetValue(id, out var place))
        {
            yield return place == "Pacific/Honolulu"
                ? $"'{id}' is a zone without summer time."
                : $"'{id}' has no summer time: its clocks are never set. '{place}' has.";
        }
        else if (EtcGmt().Match(id) is { Success: true } match)
        {
            var hours = int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture);
            yield return $"'{id}' is {hours} hour{(hours == 1 ? "" : "s")} {(match.Groups["sign"].Value == "+" ? "behind" : "ahead of")} "
                + "UTC: the sign of these names is the other way round. It has no summer time.";
        }
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

    // Quartz counts weekdays from 1 for Sunday, and has seconds first and a ? in one of the two day fields
    private static IEnumerable<string> Quartz(CronExpression cron)
    {
        var fields = cron.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 6 && fields.Contains("?") && fields[5].Any(char.IsAsciiDigit) && QuartzDay().IsMatch(fields[5]))
        {
            yield return "This looks like cron text of Quartz, which counts weekdays from 1 for Sunday. "
                + $"Here 1 is Monday, and '{fields[5]}' is {WeekDays(cron)}. Names are the same everywhere, such as MON or MON#1.";
        }
    }

    private static string WeekDays(CronExpression cron) => EnglishText.List(
        [.. cron.DayOfWeek.List().Select(day => $"{(DayOfWeek)day}"), .. cron.DayOfWeek.Rules.Select(rule => rule.Words)]);

    private static IEnumerable<string> Days(CronExpression cron)
    {
        var late = cron.DayOfMonth.IsAll ? [] : cron.DayOfMonth.List().Where(day => day > 28).ToList();
        // 2023 has a February of 28 days
        var missing = late.Where(day => cron.Month.List().Any(month => day > DateTime.DaysInMonth(2023, month))).ToList();
        if (missing.Count > 0)
        {
            yield return cron.Month.List() is [2] && missing is [29]
                ? "Only leap years have the 29th of February: the others are passed over. L is the last day of each month."
                : $"Not every month has the {EnglishText.List(missing.Select(EnglishText.Ordinal), "or")}: the others are passed over. "
                    + "L is the last day of each month.";
        }

        if (!cron.DayOfMonth.IsAll && !cron.DayOfWeek.IsAll)
        {
            yield return "Day of month and day of week must both match, as in systemd timers. "
                + "The cron of Unix takes a day that matches either.";
        }
    }

    // who runs all round the clock does not ask which hour was left out
    private static IEnumerable<string> ClockChanges(CronSchedule schedule, DateTimeOffset after) =>
        schedule.Cron.Hour.IsAll ? [] : schedule.ClockChangesHit(after).Select(hit => hit.Change.After > hit.Change.Before
            ? $"On {hit.Wall:yyyy-MM-dd} the clocks skip {Time(hit.Wall)}: it runs at {Time(hit.Change.WallAfter)}."
            : $"On {hit.Wall:yyyy-MM-dd} {Time(hit.Wall)} comes twice: it runs "
                + $"{(schedule.Cron.Repeats ? "both times" : "once, at the first")}.");

    private static string Time(DateTime wall) => wall.ToString(wall.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    private static long Minute(DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerMinute;

    [GeneratedRegex(@"^Etc/GMT(?<sign>[+-])(?<hours>\d{1,2})$", RegexOptions.IgnoreCase)]
    private static partial Regex EtcGmt();

    // a digit that stands for a day, and not for a step or the place in the month
    [GeneratedRegex(@"(^|[,-])\d")]
    private static partial Regex QuartzDay();
}
