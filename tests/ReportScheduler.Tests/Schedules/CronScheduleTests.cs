namespace ReportScheduler.Tests.Schedules;

public sealed class CronScheduleTests
{
    [Theory]
    // a time that the clocks skip runs at the first instant after the gap
    [InlineData("30 2 * * *", "Europe/Paris", "2026-03-28T12:00Z", "2026-03-29 03:00 +02:00", "2026-03-30 02:30 +02:00")]
    [InlineData("0,30 2 * * *", "Europe/Paris", "2026-03-28T12:00Z", "2026-03-29 03:00 +02:00", "2026-03-30 02:00 +02:00")]
    [InlineData("0 2,3 * * *", "Europe/Paris", "2026-03-28T12:00Z", "2026-03-29 03:00 +02:00", "2026-03-30 02:00 +02:00")]
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00Z", "2026-10-04 02:30 +11:00", "2026-10-05 02:15 +11:00")]
    [InlineData("30 2 * * *", "Pacific/Chatham", "2026-09-26T00:00Z", "2026-09-27 02:30 +12:45", "2026-09-28 02:30 +13:45")]
    [InlineData("0 3 * * *", "Pacific/Chatham", "2026-09-26T00:00Z", "2026-09-27 03:45 +13:45", "2026-09-28 03:00 +13:45")]
    // a day that never was
    [InlineData("0 12 * * *", "Pacific/Apia", "2011-12-29T23:00Z", "2011-12-31 00:00 +14:00", "2011-12-31 12:00 +14:00")]
    // a time that comes twice runs once, at the first
    [InlineData("30 2 * * *", "Europe/Paris", "2026-10-24T12:00Z", "2026-10-25 02:30 +02:00", "2026-10-26 02:30 +01:00")]
    [InlineData("0,30 2 * * *", "Europe/Paris", "2026-10-25T00:00Z", "2026-10-25 02:30 +02:00", "2026-10-26 02:00 +01:00")]
    [InlineData("30 2 * * *", "Europe/Paris", "2026-10-25T01:00Z", "2026-10-26 02:30 +01:00", "2026-10-27 02:30 +01:00")]
    [InlineData("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00Z", "2026-04-05 01:45 +11:00", "2026-04-06 01:45 +10:30")]
    // unless it repeats within the hour or the day: then elapsed time rules
    [InlineData("*/30 * * * *", "Europe/Paris", "2026-10-25T00:00Z", "2026-10-25 02:30 +02:00", "2026-10-25 02:00 +01:00")]
    [InlineData("0 * * * *", "Europe/Paris", "2026-10-24T23:30Z", "2026-10-25 02:00 +02:00", "2026-10-25 02:00 +01:00")]
    [InlineData("0 1-3 * * *", "Europe/Paris", "2026-10-24T23:30Z", "2026-10-25 02:00 +02:00", "2026-10-25 02:00 +01:00")]
    [InlineData("*/30 * * * *", "Europe/Paris", "2026-03-29T00:30Z", "2026-03-29 03:00 +02:00", "2026-03-29 03:30 +02:00")]
    [InlineData("*/20 1 * * *", "Australia/Lord_Howe", "2026-04-04T14:20Z", "2026-04-05 01:40 +11:00", "2026-04-05 01:40 +10:30")]
    // a standard time that changed: no daylight saving in the zone's rules
    [InlineData("30 1 * * *", "Europe/Moscow", "2014-10-25T00:00Z", "2014-10-26 01:30 +04:00", "2014-10-27 01:30 +03:00")]
    public void Daylight_saving_follows_its_rules(string cron, string zone, string after, string first, string second) =>
        Assert.Equal([first, second], CronSamples.Schedule(cron, zone).Next(after, 2));

    [Fact]
    public void The_window_holds_its_first_and_its_last_instant() =>
        Assert.Equal(["2026-11-24 09:00 +00:00", "2026-11-25 09:00 +00:00"],
            CronSamples.Schedule("0 9 * * *", "UTC", "2026-11-24T09:00Z", "2026-11-25T09:00Z").Next("2020-01-01", 5));

    [Fact]
    public void A_part_of_a_second_does_not_hide_the_next_second() =>
        Assert.Equal(CronSamples.At("2026-11-24T09:00:01Z"),
            CronSamples.Schedule("* * * * * *").Next(CronSamples.At("2026-11-24T09:00:00.5Z")));

    [Fact]
    public void A_Windows_zone_id_is_the_same_zone() => Assert.Equal(
        CronSamples.Schedule("30 2 * * *", "Europe/Paris").Next("2026-03-28T12:00Z", 3),
        CronSamples.Schedule("30 2 * * *", "Romance Standard Time").Next("2026-03-28T12:00Z", 3));
}
