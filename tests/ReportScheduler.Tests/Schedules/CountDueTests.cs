using ReportScheduler.Schedules;

namespace ReportScheduler.Tests.Schedules;

/// <summary>How many due times passed while nothing ran: counted by whole days, and the same as one by one.</summary>
public sealed class CountDueTests
{
    [Theory]
    [InlineData("0 */7 * * * *", "Europe/Paris")]
    [InlineData("30 9 * * 1-5", "America/New_York")]
    // in the hour that is skipped and repeated
    [InlineData("*/20 2 * * *", "Europe/Paris")]
    [InlineData("15 2 * * *", "Europe/Paris")]
    [InlineData("0 0 L * *", "Australia/Lord_Howe")]
    [InlineData("0 12 * * MON#2", "UTC")]
    // midnight itself is skipped there
    [InlineData("0 0 * * *", "America/Santiago")]
    public void Days_are_counted_as_one_by_one(string cron, string zone)
    {
        var schedule = TaskSchedule.Of(new ReportTask { Cron = cron, TimeZone = zone })!;
        var start = CronSamples.At("2026-01-01T05:17Z");
        for (var i = 0; i < 12; i++)
        {
            var first = schedule.Next(start.AddDays(i * 11).AddMinutes(i * 37))!.Value;
            var last = first.AddDays(i * 35).AddMinutes(i * 53);
            var (count, newest) = (1L, first);
            for (var next = schedule.Next(first); next <= last; next = schedule.Next(newest))
            {
                (count, newest) = (count + 1, next.Value);
            }

            Assert.Equal((count, newest), schedule.CountDue(first, last));
        }
    }

    [Fact]
    public void Five_hundred_years_of_seconds_are_counted_day_by_day()
    {
        // second by second this would take hours: the test would meet the limit of the whole run
        var schedule = TaskSchedule.Of(new ReportTask { Cron = "* * * * * *", TimeZone = "UTC" })!;
        var first = CronSamples.At("2026-01-01T00:00:30Z");
        var last = first.AddYears(500);
        Assert.Equal(((long)(last - first).TotalSeconds + 1, last), schedule.CountDue(first, last));
    }
}
