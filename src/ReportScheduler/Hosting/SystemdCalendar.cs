using System.Globalization;
using ReportScheduler.Schedules;
using ReportScheduler.Time;

namespace ReportScheduler.Hosting;

/// <summary>Schedules as OnCalendar= expressions of systemd.time(7), which know zones by their IANA ids.</summary>
internal static class SystemdCalendar
{
    private const string EveryDay = "*-*-*";

    public static NativeSchedule<string> Of(ReportTask task, DateTimeOffset now) => TaskSchedule.Of(task) switch
    {
        CronSchedule cron => OfCron(cron, now),
        OnceSchedule when task.At is { } at =>
            NativeSchedule<string>.Of(at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"),
        _ => NativeSchedule<string>.No("systemd has no interval that keeps its anchor"),
    };

    /// <summary>Every so often, on the full hour or minute; null when the interval does not divide an hour or a day.</summary>
    public static string? OfInterval(TimeSpan every)
    {
        var (minutes, hours) = ((int)every.TotalMinutes, (int)every.TotalHours);
        return every == TimeSpan.FromMinutes(minutes) && minutes is > 0 and < 60 && 60 % minutes == 0 ? $"{EveryDay} *:00/{minutes:00}:00"
            : every == TimeSpan.FromDays(1) ? $"{EveryDay} 00:00:00"
            : every == TimeSpan.FromHours(hours) && hours is > 0 and < 24 && 24 % hours == 0 ? $"{EveryDay} 00/{hours:00}:00:00"
            : null;
    }

    private static NativeSchedule<string> OfCron(CronSchedule schedule, DateTimeOffset now)
    {
        var cron = schedule.Cron;
        if (schedule.ClockChangesHit(now).Any())
        {
            return NativeSchedule<string>.No("daylight saving skips or repeats one of its times, and systemd has other rules for that");
        }

        if (Dates(cron) is not { } dates)
        {
            return NativeSchedule<string>.No("systemd cannot say its days");
        }

        var time = $"{List(cron.Hour)}:{List(cron.Minute)}:{List(cron.Second)}";
        return NativeSchedule<string>.Of(dates.Select(date => $"{date} {time} {Zones.Iana(schedule.ZoneId)}"));
    }

    /// <returns>Weekdays and dates, one for each kind of day; null for W and for rules in both day fields.</returns>
    private static List<string>? Dates(CronExpression cron)
    {
        var month = List(cron.Month);
        var week = cron.DayOfWeek.IsAll ? "" : string.Join(',', cron.DayOfWeek.List().Select(Weekday)) + " ";
        List<string> dates = [];
        if (cron.DayOfWeek.Rules.Count > 0)
        {
            if (!cron.DayOfMonth.IsAll)
            {
                return null;
            }

            dates.AddRange(cron.DayOfWeek.Rules.Select(rule => rule.Nth == CronDayRule.LastOfMonth
                ? $"{Weekday(rule.Day)} *-{month}~07/1"
                : $"{Weekday(rule.Day)} "
                    + $"*-{month}-{string.Join(',', Enumerable.Range(rule.Nth * 7 - 6, 7).Where(day => day <= 31).Select(Two))}"));
            if (cron.DayOfWeek.List().Count > 0)
            {
                dates.Add($"{week}*-{month}-*");
            }

            return dates;
        }

        if (cron.DayOfMonth.Rules.Any(rule => rule.BeforeLast is null))
        {
            return null;
        }

        dates.AddRange(cron.DayOfMonth.Rules.Select(rule => $"{week}*-{month}~{Two(rule.BeforeLast!.Value + 1)}"));
        if (cron.DayOfMonth.List().Count > 0)
        {
            dates.Add($"{week}*-{month}-{List(cron.DayOfMonth)}");
        }

        return dates;
    }

    private static string List(CronValues values) => values.IsAll ? "*" : string.Join(',', values.List().Select(Two));

    private static string Two(int value) => value.ToString("00", CultureInfo.InvariantCulture);

    private static string Weekday(int day) => ((DayOfWeek)day).ToString()[..3];
}
