using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using ReportScheduler.Schedules;

namespace ReportScheduler.Hosting;

/// <summary>Schedules as triggers of the Task Scheduler, which counts calendar days in the computer's own zone.</summary>
internal static class TaskSchedulerTriggers
{
    public static readonly XNamespace Xml = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    /// <summary>The Task Scheduler takes no more triggers for one task.</summary>
    private const int Most = 48;
    private static readonly TimeSpan LongestRepetition = TimeSpan.FromDays(31);

    public static XElement AtBoot() => new(Xml + "BootTrigger", new XElement(Xml + "Enabled", true));

    /// <summary>Elapsed time from an instant on, for ever.</summary>
    public static XElement Repeating(DateTimeOffset from, TimeSpan every) =>
        new(Xml + "TimeTrigger", Start(Utc(from)), Repetition(every));

    public static NativeSchedule<XElement> Of(ReportTask task, DateTimeOffset now, TimeZoneInfo machine) => TaskSchedule.Of(task) switch
    {
        OnceSchedule when task.At is { } at => NativeSchedule<XElement>.Of(new XElement(Xml + "TimeTrigger", Start(Utc(at)))),
        IntervalSchedule interval => OfInterval(interval, task.Every!.Value, now, machine),
        CronSchedule cron => OfCron(cron, now, machine),
        _ => NativeSchedule<XElement>.No("the task has no schedule"),
    };

    private static NativeSchedule<XElement> OfInterval(IntervalSchedule schedule, TimeSpan every, DateTimeOffset now, TimeZoneInfo machine)
    {
        var next = schedule.Next(now) ?? now;
        if (schedule.IsDaily && schedule.Clock.ChangesAfter(next.UtcDateTime))
        {
            return !schedule.Clock.Zone.HasSameRules(machine)
                ? NativeSchedule<XElement>.No($"the Task Scheduler counts in this computer's zone {machine.Id}, not in {schedule.ZoneId}")
                : every.Days > 365 ? NativeSchedule<XElement>.No("the Task Scheduler waits 365 days at the most")
                : NativeSchedule<XElement>.Of(new XElement(Xml + "CalendarTrigger",
                    Start(TimeZoneInfo.ConvertTime(next, machine).ToString("s", CultureInfo.InvariantCulture)),
                    new XElement(Xml + "ScheduleByDay", new XElement(Xml + "DaysInterval", every.Days))));
        }

        return every < TimeSpan.FromMinutes(1) || every > LongestRepetition
            ? NativeSchedule<XElement>.No("the Task Scheduler repeats every minute at the most and every 31 days at the least")
            : NativeSchedule<XElement>.Of(Repeating(next, every));
    }

    private static NativeSchedule<XElement> OfCron(CronSchedule schedule, DateTimeOffset now, TimeZoneInfo machine)
    {
        var cron = schedule.Cron;
        if (EvenStep(schedule, now) is { } step)
        {
            return NativeSchedule<XElement>.Of(Repeating(schedule.Next(now)!.Value, step));
        }

        var count = cron.Second.List().Count * cron.Minute.List().Count * cron.Hour.List().Count;
        var why = !schedule.Clock.Zone.HasSameRules(machine)
            ? $"the Task Scheduler counts in this computer's zone {machine.Id}, not in {schedule.ZoneId}"
            : schedule.ClockChangesHit(now).Any()
            ? "daylight saving skips or repeats one of its times, and the Task Scheduler has other rules for that"
            : count > Most ? $"it has {count} times a day, and the Task Scheduler takes {Most} triggers"
            : null;
        if (why is not null)
        {
            return NativeSchedule<XElement>.No(why);
        }

        var days = Days(cron);
        return days.Count * count is 0 or > Most
            ? NativeSchedule<XElement>.No("the Task Scheduler cannot say its days")
            : NativeSchedule<XElement>.Of(
                from time in Times(cron) from day in days select new XElement(Xml + "CalendarTrigger", Start(Boundary(schedule, now, time)),
                    new XElement(day)));
    }

    /// <summary>The time between due times that are as far apart all round the clock,
    /// whatever daylight saving does; null for others.</summary>
    private static TimeSpan? EvenStep(CronSchedule schedule, DateTimeOffset now)
    {
        var cron = schedule.Cron;
        if (!cron.Hour.IsAll || !cron.DayOfMonth.IsAll || !cron.Month.IsAll || !cron.DayOfWeek.IsAll || cron.Second.List().Count != 1)
        {
            return null;
        }

        var minutes = cron.Minute.List();
        var step = 60 / minutes.Count;
        var even = 60 % minutes.Count == 0 && minutes.Select((minute, index) => minute == minutes[0] + index * step).All(same => same);
        var stays = schedule.ClockChangesHit(now)
            .All(hit => (hit.Change.After - hit.Change.Before).Ticks % TimeSpan.FromMinutes(step).Ticks == 0);
        return even && stays ? TimeSpan.FromMinutes(step) : null;
    }

    private static List<XElement> Days(CronExpression cron)
    {
        var (month, week) = (cron.DayOfMonth, cron.DayOfWeek);
        if (month.IsAll && week.IsAll && cron.Month.IsAll)
        {
            return [new XElement(Xml + "ScheduleByDay", new XElement(Xml + "DaysInterval", 1))];
        }

        if (week.IsAll)
        {
            return month.Rules.Any(rule => rule.BeforeLast != 0) ? [] : [new XElement(Xml + "ScheduleByMonth",
                new XElement(Xml + "DaysOfMonth", month.List().Select(day => Text(day)).Concat(month.Rules.Select(_ => "Last"))
                    .Select(day => new XElement(Xml + "Day", day))),
                Months(cron))];
        }

        if (!month.IsAll || week.Rules.Any(rule => rule.Nth == 5))
        {
            return [];
        }

        List<XElement> days = [.. week.Rules.Select(
            rule => ByWeekOfMonth(cron, rule.Nth == CronDayRule.LastOfMonth ? ["Last"] : [Text(rule.Nth)], [rule.Day]))];
        if (week.List().Count > 0)
        {
            days.Add(cron.Month.IsAll
                ? new XElement(Xml + "ScheduleByWeek", new XElement(Xml + "WeeksInterval", 1), Weekdays(week.List()))
                : ByWeekOfMonth(cron, ["1", "2", "3", "4", "Last"], week.List()));
        }

        return days;
    }

    private static XElement ByWeekOfMonth(CronExpression cron, string[] weeks, IReadOnlyList<int> days) =>
        new(Xml + "ScheduleByMonthDayOfWeek",
        new XElement(Xml + "Weeks", weeks.Select(week => new XElement(Xml + "Week", week))), Weekdays(days), Months(cron));

    private static XElement Weekdays(IReadOnlyList<int> days) =>
        new(Xml + "DaysOfWeek", days.Select(day => new XElement(Xml + ((DayOfWeek)day).ToString())));

    private static XElement Months(CronExpression cron) => new(Xml + "Months",
        cron.Month.List().Select(month => new XElement(Xml + CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month))));

    private static IEnumerable<TimeSpan> Times(CronExpression cron) =>
        from hour in cron.Hour.List() from minute in cron.Minute.List() from second in cron.Second.List() select new TimeSpan(hour, minute,
            second);

    // without a Z the boundary is a time of the computer's zone
    private static string Boundary(CronSchedule schedule, DateTimeOffset now, TimeSpan time) =>
        (TimeZoneInfo.ConvertTime(now, schedule.Clock.Zone).Date + time).ToString("s", CultureInfo.InvariantCulture);

    private static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z";

    private static XElement[] Start(string boundary) => [new(Xml + "Enabled", true), new(Xml + "StartBoundary", boundary)];

    private static XElement Repetition(TimeSpan every) => new(Xml + "Repetition",
        new XElement(Xml + "Interval", XmlConvert.ToString(every)), new XElement(Xml + "StopAtDurationEnd", false));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
