using System.Globalization;
using ReportScheduler.Schedules;

namespace ReportScheduler.Hosting;

/// <summary>Schedules as the five fields of a crontab, which counts in the computer's own zone.</summary>
internal static class CronLine
{
    public static NativeSchedule<string> Of(ReportTask task, DateTimeOffset now, TimeZoneInfo machine)
    {
        if (TaskSchedule.Of(task) is not CronSchedule { Cron: var cron } schedule)
        {
            return NativeSchedule<string>.No("cron has neither intervals that keep their anchor nor single dates");
        }

        var why = !schedule.Clock.Zone.HasSameRules(machine) ? $"cron counts in this computer's zone {machine.Id}, not in {schedule.ZoneId}"
            : cron.Second.List() is not [0] ? "cron has no seconds"
            : cron.DayOfMonth.Rules.Count + cron.DayOfWeek.Rules.Count > 0 ? "cron has neither L nor W nor #"
            : !cron.DayOfMonth.IsAll && !cron.DayOfWeek.IsAll ? "cron takes a day that matches either day field, where both must match here"
            : schedule.ClockChangesHit(now).Any() ? "daylight saving skips or repeats one of its times, and cron has other rules for that"
            : null;
        return why is null
            ? NativeSchedule<string>.Of(
                $"{List(cron.Minute)} {List(cron.Hour)} {List(cron.DayOfMonth)} {List(cron.Month)} {List(cron.DayOfWeek)}")
            : NativeSchedule<string>.No(why);
    }

    /// <summary>Every so often, on the full hour or minute; null when the interval does not divide an hour or a day.</summary>
    public static string? OfInterval(TimeSpan every)
    {
        var (minutes, hours) = ((int)every.TotalMinutes, (int)every.TotalHours);
        return every == TimeSpan.FromMinutes(minutes) && minutes is > 0 and < 60 && 60 % minutes == 0 ? $"*/{minutes} * * * *"
            : every == TimeSpan.FromHours(hours) && hours is > 0 and <= 24 && 24 % hours == 0
            ? $"0 {(hours == 24 ? "0" : $"*/{hours}")} * * *"
            : null;
    }

    private static string List(CronValues values) => values.IsAll
        ? "*"
        : string.Join(',', values.List().Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
