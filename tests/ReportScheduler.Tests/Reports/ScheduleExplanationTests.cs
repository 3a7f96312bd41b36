using ReportScheduler.Schedules;
using ReportScheduler.Tests.Schedules;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Reports;

public sealed class ScheduleExplanationTests
{
    private const string DayRule =
        "Day of month and day of week must both match, as in systemd timers. The cron of Unix takes a day that matches either.";

    [Theory]
    [InlineData("0 9 * * *", "Europe/Paris")]
    [InlineData("30 2 * * *", "UTC")]
    [InlineData("*/5 * * * *", "Europe/Paris")]
    [InlineData("30 2 * * *", "Europe/Paris", "On 2027-03-28 the clocks skip 02:30: it runs at 03:00.",
        "On 2027-10-31 02:30 comes twice: it runs once, at the first.")]
    [InlineData("*/30 2 * * *", "Europe/Paris", "On 2027-03-28 the clocks skip 02:00: it runs at 03:00.",
        "On 2027-10-31 02:00 comes twice: it runs both times.")]
    [InlineData("0 9 31 * *", "UTC", "Not every month has the 31st: the others are passed over. L is the last day of each month.")]
    [InlineData("0 9 31 1 *", "UTC")]
    [InlineData("0 9 29,30 * *", "UTC",
        "Not every month has the 29th or 30th: the others are passed over. L is the last day of each month.")]
    [InlineData("0 9 13 * FRI", "UTC", DayRule)]
    [InlineData("*/5 * * * * *", "UTC", "It is due more often than once a minute.")]
    // Quartz: 2 is Monday there and Tuesday here
    [InlineData("0 0 12 ? * 2#1", "UTC", "This looks like cron text of Quartz, which counts weekdays from 1 for Sunday. "
        + "Here 1 is Monday, and '2#1' is the first Tuesday. Names are the same everywhere, such as MON or MON#1.")]
    [InlineData("0 0 12 ? * 2-6", "UTC",
        "This looks like cron text of Quartz, which counts weekdays from 1 for Sunday. "
            + "Here 1 is Monday, and '2-6' is Tuesday, Wednesday, Thursday, Friday and Saturday. "
            + "Names are the same everywhere, such as MON or MON#1.")]
    [InlineData("0 0 12 ? * MON-FRI", "UTC")]
    [InlineData("0 0 12 ? * MON#1", "UTC")]
    [InlineData("0 0 12 1 * ?", "UTC")]
    [InlineData("0 9 * * *", "EST", "'EST' has no summer time: its clocks are never set. 'America/New_York' has.")]
    [InlineData("0 9 * * *", "Etc/GMT+2",
        "'Etc/GMT+2' is 2 hours behind UTC: the sign of these names is the other way round. It has no summer time.")]
    [InlineData("0 9 * * *", "Etc/GMT-1",
        "'Etc/GMT-1' is 1 hour ahead of UTC: the sign of these names is the other way round. It has no summer time.")]
    [InlineData("0 9 * * *", "Etc/UTC")]
    public void Surprises_are_said(string cron, string zone, params string[] warnings) =>
        Assert.Equal(warnings, Explain(CronSamples.Schedule(cron, zone)).Warnings);

    // said when a task is made, too
    [Theory]
    [InlineData("0 0 12 ? * 2#1", "EST", 2)]
    [InlineData("0 9 * * *", "Etc/GMT+2", 1)]
    [InlineData("0 9 31 * *", "UTC", 0)]
    [InlineData(null, "EST", 0)]
    public void What_may_be_meant_otherwise_is_said_of_a_task(string? cron, string zone, int warnings) =>
        Assert.Equal(warnings, ScheduleWarnings.Misread(new ReportTask { Cron = cron, TimeZone = zone }).Count());

    [Theory]
    [InlineData("TZ=Europe/Paris 0 9 * * *", "Give -TimeZone 'Europe/Paris' and -Cron '0 9 * * *'")]
    [InlineData("CRON_TZ=UTC */5 * * * *", "Give -TimeZone 'UTC' and -Cron '*/5 * * * *'")]
    [InlineData("cron(0 12 * * ? *)", "written for another program")]
    [InlineData("0 0 12 ? * MON 2027", "7 fields, as Quartz has")]
    public void Text_of_other_programs_is_recognised(string cron, string words) =>
        Assert.Contains(words, Assert.Throws<ReportException>(() => CronExpression.Parse(cron)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("UTC+02:00", "'Etc/GMT-2' has it all year")]
    [InlineData("GMT+1", "'Etc/GMT-1' has it all year")]
    [InlineData("utc-05", "'Etc/GMT+5' has it all year")]
    [InlineData("-0500", "'Etc/GMT+5' has it all year")]
    [InlineData("+05:30", "'Asia/Calcutta' has it all year")]
    [InlineData("UTC+00:00", "'UTC' has it all year")]
    public void An_offset_is_no_zone_and_the_zone_is_named(string id, string words) =>
        Assert.Contains(words, Assert.Throws<ReportException>(() => Zones.Find(id)).Message, StringComparison.Ordinal);

    [Fact]
    public void Next_runs_carry_the_offset_of_the_zone()
    {
        var runs = ScheduleExplainer.Explain(CronSamples.Schedule("0 9 * * *", "Europe/Paris"), null, CronSamples.At("2026-10-23T12:00Z"),
            3, []).NextRuns;
        Assert.Equal(["09:00 +02:00", "09:00 +01:00", "09:00 +01:00"], runs.Select(run => run.ToString("HH:mm zzz", null)));
    }

    [Fact]
    public void A_schedule_that_is_over_says_so() => Assert.Equal(
        ["It is not due again."], Explain(CronSamples.Schedule("0 9 * * *", endAt: "2026-01-01")).Warnings);

    [Fact]
    public void Tasks_in_the_same_minute_are_named() => Assert.Equal(
        ["In the same minute 'Costs' and 'Sales' are due."],
        ScheduleExplainer.Explain(CronSamples.Schedule("0 9 * * *"), "Daily", CronSamples.At("2026-11-24"), 1,
            [Other("Costs", "2026-11-24T09:00:30Z"), Other("Sales", "2026-11-24T09:00Z"), Other("Stock", "2026-11-24T09:01Z")]).Warnings);

    private static ScheduleExplanation Explain(ReportSchedule schedule) =>
        ScheduleExplainer.Explain(schedule, null, CronSamples.At("2026-11-24"), 1, []);

    private static ReportTask Other(string name, string due) =>
        new() { Name = name, State = new ReportTaskState { NextRunAt = CronSamples.At(due) } };
}
