using ReportScheduler.Schedules;
using ReportScheduler.Tasks;

namespace ReportScheduler.Tests.Schedules;

public sealed class ScheduleExplanationTests
{
    private const string DayRule = "Day of month and day of week must both match, as in systemd timers. The cron of Unix takes a day that matches either.";

    [Theory]
    [InlineData("0 9 * * *", "Europe/Paris")]
    [InlineData("30 2 * * *", "UTC")]
    [InlineData("*/5 * * * *", "Europe/Paris")]
    [InlineData("30 2 * * *", "Europe/Paris", "On 2027-03-28 the clocks skip 02:30: it runs at 03:00.", "On 2027-10-31 02:30 comes twice: it runs once, at the first.")]
    [InlineData("*/30 2 * * *", "Europe/Paris", "On 2027-03-28 the clocks skip 02:00: it runs at 03:00.", "On 2027-10-31 02:00 comes twice: it runs both times.")]
    [InlineData("0 9 31 * *", "UTC", "Not every month has the 31st: the others are passed over. L is the last day of each month.")]
    [InlineData("0 9 31 1 *", "UTC")]
    [InlineData("0 9 29,30 * *", "UTC", "Not every month has the 29th or 30th: the others are passed over. L is the last day of each month.")]
    [InlineData("0 9 13 * FRI", "UTC", DayRule)]
    [InlineData("*/5 * * * * *", "UTC", "It is due more often than once a minute.")]
    public void Surprises_are_said(string cron, string zone, params string[] warnings) =>
        Assert.Equal(warnings, Explain(CronSamples.Schedule(cron, zone)).Warnings);

    [Fact]
    public void Next_runs_carry_the_offset_of_the_zone()
    {
        var runs = ScheduleExplanation.Of(CronSamples.Schedule("0 9 * * *", "Europe/Paris"), null, CronSamples.At("2026-10-23T12:00Z"), 3, []).NextRuns;
        Assert.Equal(["09:00 +02:00", "09:00 +01:00", "09:00 +01:00"], runs.Select(run => run.ToString("HH:mm zzz", null)));
    }

    [Fact]
    public void A_schedule_that_is_over_says_so() => Assert.Equal(
        ["It is not due any more."], Explain(CronSamples.Schedule("0 9 * * *", endAt: "2026-01-01")).Warnings);

    [Fact]
    public void Tasks_in_the_same_minute_are_named() => Assert.Equal(
        ["In the same minute 'Costs' and 'Sales' are due."],
        ScheduleExplanation.Of(CronSamples.Schedule("0 9 * * *"), "Daily", CronSamples.At("2026-11-24"), 1,
            [Other("Costs", "2026-11-24T09:00:30Z"), Other("Sales", "2026-11-24T09:00Z"), Other("Stock", "2026-11-24T09:01Z")]).Warnings);

    private static ScheduleExplanation Explain(ReportSchedule schedule) =>
        ScheduleExplanation.Of(schedule, null, CronSamples.At("2026-11-24"), 1, []);

    private static ReportTask Other(string name, string due) =>
        new() { Name = name, State = new ReportTaskState { NextRunAt = CronSamples.At(due) } };
}
