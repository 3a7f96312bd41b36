using ReportScheduler.Schedules;

namespace ReportScheduler.Tests.Schedules;

public sealed class CronExpressionTests
{
    [Theory]
    // plain fields, names in any case, six fields
    [InlineData("0 9 * * MON-FRI", "2026-11-27 10:00", "2026-11-30 09:00")]
    [InlineData("0 9 1 jan *", "2026-11-27", "2027-01-01 09:00")]
    [InlineData("30 0 12 * * *", "2026-11-27", "2026-11-27 12:00:30")]
    [InlineData("  5   4 * * *  ", "2026-11-27", "2026-11-27 04:05")]
    [InlineData("5/20 * * * *", "2026-11-27 00:26", "2026-11-27 00:45")]
    // ranges that wrap: NCrontab 3.4.0 would turn them round
    [InlineData("0 22-2 * * *", "2026-11-27 03:00", "2026-11-27 22:00")]
    [InlineData("0 22-2/2 * * *", "2026-11-27 22:30", "2026-11-28 00:00")]
    [InlineData("0 0 * * FRI-MON", "2026-11-24", "2026-11-27 00:00")]
    [InlineData("0 0 1 NOV-FEB *", "2026-03-01", "2026-11-01 00:00")]
    // Sunday is 0 and 7
    [InlineData("0 0 * * 7", "2026-11-24", "2026-11-29 00:00")]
    [InlineData("0 0 * * 5-7", "2026-11-29 12:00", "2026-12-04 00:00")]
    [InlineData("0 0 * * 7-1", "2026-11-30 12:00", "2026-12-06 00:00")]
    // ? is * in the day fields
    [InlineData("0 0 ? * MON", "2026-11-24", "2026-11-30 00:00")]
    [InlineData("0 0 1 * ?", "2026-11-24", "2026-12-01 00:00")]
    // days that differ from month to month
    [InlineData("0 0 L * *", "2027-02-01", "2027-02-28 00:00")]
    [InlineData("0 0 L 2 *", "2027-03-01", "2028-02-29 00:00")]
    [InlineData("0 0 L-3 * *", "2026-11-24", "2026-11-27 00:00")]
    [InlineData("0 0 1,L * *", "2026-11-02", "2026-11-30 00:00")]
    [InlineData("0 0 * * MON#2", "2026-11-24", "2026-12-14 00:00")]
    [InlineData("0 0 * * 1#5", "2026-12-01", "2027-03-29 00:00")]
    [InlineData("0 0 * * 5L", "2026-11-24", "2026-11-27 00:00")]
    [InlineData("0 0 * * FRIL", "2026-11-28", "2026-12-25 00:00")]
    [InlineData("0 0 15W * *", "2026-11-01", "2026-11-16 00:00")]
    [InlineData("0 0 1W * *", "2026-07-31", "2026-08-03 00:00")]
    [InlineData("0 0 LW * *", "2026-10-01", "2026-10-30 00:00")]
    // both day fields must match
    [InlineData("0 0 13 * FRI", "2026-03-14", "2026-11-13 00:00")]
    // words
    [InlineData("@hourly", "2026-11-24 09:10", "2026-11-24 10:00")]
    [InlineData("@DAILY", "2026-11-24 09:10", "2026-11-25 00:00")]
    [InlineData("@weekly", "2026-11-24", "2026-11-29 00:00")]
    [InlineData("@monthly", "2026-11-24", "2026-12-01 00:00")]
    [InlineData("@yearly", "2026-11-24", "2027-01-01 00:00")]
    // far away
    [InlineData("0 0 29 2 MON", "2026-11-24", "2044-02-29 00:00")]
    [InlineData("0 0 29 2 MON#5", "2026-11-24", "2044-02-29 00:00")]
    public void Cron_text_names_its_next_time(string cron, string after, string expected) =>
        Assert.Equal(expected + " +00:00", CronSamples.Schedule(cron).Next(after, 1).Single());

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void A_weekly_schedule_made_on_any_day_runs_within_a_week_on_its_own(int startDay)
    {
        var made = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddDays(startDay);
        for (var day = 0; day < 7; day++)
        {
            var schedule = CronSamples.Schedule($"0 9 * * {day}", "Europe/Paris");
            var first = schedule.Next(made)!.Value;
            Assert.Equal((DayOfWeek)day, TimeZoneInfo.ConvertTime(first, schedule.Clock.Zone).DayOfWeek);
            Assert.InRange(first - made, TimeSpan.FromTicks(1), TimeSpan.FromDays(7));
            var second = TimeZoneInfo.ConvertTime(schedule.Next(first)!.Value, schedule.Clock.Zone);
            Assert.Equal(7, (second.Date - TimeZoneInfo.ConvertTime(first, schedule.Clock.Zone).Date).Days);
            Assert.Equal(9, second.Hour);
        }
    }

    [Theory]
    // number of fields
    [InlineData("", "NotASchedule", "'' is not a schedule: it has 0 fields, and cron text has 5 (minute, hour, day of month, month, day "
        + "of week) or 6 with the second first.")]
    [InlineData("* * * *", "NotASchedule", "'* * * *' is not a schedule: it has 4 fields, and")]
    [InlineData("0 0 12 * * ? 2027", "NotASchedule", "it has 7 fields, as Quartz has with a year; there is no year here")]
    // values
    [InlineData("61 * * * *", "NotASchedule", "'61 * * * *' is not a schedule: the minute must be between 0 and 59.")]
    [InlineData("0 24 * * *", "NotASchedule", "the hour must be between 0 and 23.")]
    [InlineData("0 0 0 * *", "NotASchedule", "the day of month must be between 1 and 31.")]
    [InlineData("0 0 1 13 *", "NotASchedule", "the month must be between 1 and 12.")]
    [InlineData("0 0 * * 8", "NotASchedule", "the day of week must be between 0 and 7.")]
    [InlineData("99 0 0 * * *", "NotASchedule", "the second must be between 0 and 59.")]
    [InlineData("99999999999 * * * *", "NotASchedule", "the minute must be between 0 and 59.")]
    [InlineData("-5 * * * *", "NotASchedule", "'-5' in the minute is not a range such as 0-2.")]
    [InlineData("5- * * * *", "NotASchedule", "'5-' in the minute is not a range such as 0-2.")]
    [InlineData("1-2-3 * * * *", "NotASchedule", "is not a range")]
    [InlineData("x * * * *", "NotASchedule", "'x' is not a minute; it must be between 0 and 59.")]
    [InlineData("0 0 1 FOO *", "NotASchedule", "'FOO' is not a month; it must be between 1 and 12 or a name from JAN to DEC.")]
    [InlineData("0 0 * * Monday", "NotASchedule", "'Monday' is not a day of week; it must be between 0 and 7 or a name from SUN to SAT.")]
    [InlineData("0,,5 * * * *", "NotASchedule", "the minute has nothing between two commas.")]
    // steps
    [InlineData("*/0 * * * *", "NotASchedule", "the step of the minute must be between 1 and 60.")]
    [InlineData("*/x * * * *", "NotASchedule", "the step of the minute must be between 1 and 60.")]
    [InlineData("*/5/5 * * * *", "NotASchedule", "'*/5/5' in the minute has more than one step.")]
    // day rules
    [InlineData("0 0 * * L", "NotASchedule", "L in the day of week needs a day before it")]
    [InlineData("0 0 * * MON#6", "NotASchedule", "the number after # must be between 1 and 5.")]
    [InlineData("0 0 L-31 * *", "NotASchedule", "the number of days before the last (L-3) must be between 0 and 30.")]
    [InlineData("0 0 32W * *", "NotASchedule", "the day of month before W must be between 1 and 31.")]
    [InlineData("0 0 MON#1 * *", "NotASchedule", "'MON#1' is not a day of month")]
    [InlineData("? 0 * * *", "NotASchedule", "? stands alone in the day of month or the day of week only.")]
    [InlineData("@reboot", "NotASchedule", "of the words with @ there are @hourly, @daily, @weekly, @monthly and @yearly.")]
    // what NCrontab would answer with the year 9999
    [InlineData("0 0 30 2 *", "ScheduleNeverRuns", "'0 0 30 2 *' never runs: no date matches all its fields.")]
    [InlineData("0 0 31 4,6,9,11 *", "ScheduleNeverRuns", "never runs")]
    [InlineData("0 0 L-30 2 *", "ScheduleNeverRuns", "never runs")]
    [InlineData("0 0 1 * MON#2", "ScheduleNeverRuns", "never runs")]
    public void Wrong_cron_text_says_what_is_wrong(string cron, string errorId, string words)
    {
        var problem = Assert.Throws<ReportException>(() => CronExpression.Parse(cron));
        Assert.Equal(errorId, problem.ErrorId);
        Assert.Equal(errorId == "NotASchedule" ? ReportErrorCategory.ParserError : ReportErrorCategory.InvalidArgument, problem.Category);
        Assert.Equal(cron, problem.ErrorTarget);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }
}
