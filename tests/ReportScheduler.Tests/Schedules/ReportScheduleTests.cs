using ReportScheduler.Schedules;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Schedules;

public sealed class ReportScheduleTests
{
    private static readonly DateTimeOffset Made = CronSamples.At("2026-11-24T09:10:05Z");

    [Fact]
    public void A_task_without_a_schedule_has_none() => Assert.Null(TaskSchedule.Of(new ReportTask()));

    [Theory]
    // counted from when it was made: first one interval later
    [InlineData("15m", null, "2020-01-01", "2026-11-24 09:25:05 +00:00", "2026-11-24 09:40:05 +00:00")]
    [InlineData("15m", null, "2026-11-24T09:25:05Z", "2026-11-24 09:40:05 +00:00", "2026-11-24 09:55:05 +00:00")]
    [InlineData("1h", null, "2027-11-24T09:30:00.123Z", "2027-11-24 10:10:05 +00:00", "2027-11-24 11:10:05 +00:00")]
    // counted from -StartAt, which is due itself
    [InlineData("1d", "2026-12-01T08:00Z", "2026-11-24", "2026-12-01 08:00 +00:00", "2026-12-02 08:00 +00:00")]
    [InlineData("1w", "2020-01-01T08:00Z", "2026-11-24", "2026-11-25 08:00 +00:00", "2026-12-02 08:00 +00:00")]
    public void An_interval_counts_elapsed_time_from_its_anchor(string every, string? startAt, string after, string first, string second) =>
        Assert.Equal([first, second], Interval(every, startAt).Next(after, 2));

    [Theory]
    // hours and minutes are elapsed time
    [InlineData("12h", "2026-03-28T06:00Z", "Europe/Paris", "2026-03-28T12:00Z", "2026-03-28 19:00 +01:00", "2026-03-29 08:00 +02:00")]
    [InlineData("36h", "2026-10-24T07:00Z", "Europe/Paris", "2026-10-24T12:00Z", "2026-10-25 20:00 +01:00", "2026-10-27 08:00 +01:00")]
    // days and weeks keep what the clocks show
    [InlineData("2w", "2026-10-19T07:00Z", "Europe/Paris", "2026-10-18T00:00Z", "2026-10-19 09:00 +02:00", "2026-11-02 09:00 +01:00")]
    [InlineData("1d", "2026-03-28T06:00Z", "Europe/Paris", "2026-03-28T12:00Z", "2026-03-29 07:00 +02:00", "2026-03-30 07:00 +02:00")]
    [InlineData("24h", "2026-10-24T05:00Z", "Europe/Paris", "2026-10-24T12:00Z", "2026-10-25 07:00 +01:00", "2026-10-26 07:00 +01:00")]
    [InlineData("7d", "2026-03-01T14:00Z", "America/New_York", "2026-03-02T00:00Z", "2026-03-08 09:00 -04:00", "2026-03-15 09:00 -04:00")]
    // a time that the clocks skip, and one that they show twice
    [InlineData("1d", "2026-03-28T01:30Z", "Europe/Paris", "2026-03-28T12:00Z", "2026-03-29 03:00 +02:00", "2026-03-30 02:30 +02:00")]
    [InlineData("1d", "2026-10-24T00:30Z", "Europe/Paris", "2026-10-24T12:00Z", "2026-10-25 02:30 +02:00", "2026-10-26 02:30 +01:00")]
    [InlineData("1d", "2026-10-25T01:30Z", "Europe/Paris", "2026-10-24T12:00Z", "2026-10-25 02:30 +01:00", "2026-10-26 02:30 +01:00")]
    [InlineData("1d", "2011-12-29T20:00Z", "Pacific/Apia", "2011-12-29T21:00Z", "2011-12-31 00:00 +14:00", "2011-12-31 10:00 +14:00")]
    public void Whole_days_keep_the_time_of_the_day_and_hours_are_elapsed_time(string every, string startAt, string zone, string after,
        params string[] due) =>
        Assert.Equal(due, Interval(every, startAt, zone).Next(after, 2));

    [Fact]
    public void Whole_days_are_counted_as_they_are_stepped_through()
    {
        var schedule = Interval("2d", "2020-02-01T07:00Z", "Europe/Paris");
        var (first, last) = (schedule.Next(CronSamples.At("2020-03-01"))!.Value, CronSamples.At("2026-11-24"));
        var (count, newest) = (1, first);
        for (var next = schedule.Next(first); next <= last; next = schedule.Next(newest))
        {
            (count, newest) = (count + 1, next!.Value);
        }

        Assert.Equal(((long)count, newest), schedule.CountDue(first, last));
    }

    [Fact]
    public void A_hundred_thousand_intervals_do_not_drift()
    {
        var schedule = Interval("7s", "2026-01-01T00:00Z");
        var (count, newest) =
            schedule.CountDue(CronSamples.At("2026-01-01T00:00Z"), CronSamples.At("2026-01-01T00:00Z").AddSeconds(7 * 100_000 + 3));
        Assert.Equal((100_001, CronSamples.At("2026-01-01T00:00Z").AddSeconds(700_000)), (count, newest));
        Assert.Equal(newest.AddSeconds(7), schedule.Next(newest));
    }

    [Fact]
    public void Once_is_once()
    {
        var schedule = TaskSchedule.Of(new ReportTask { At = CronSamples.At("2026-12-24T08:00Z"), TimeZone = "Europe/Paris" })!;
        Assert.Equal(["2026-12-24 09:00 +01:00"], schedule.Next("2026-11-24", 3));
        Assert.Null(schedule.Next(CronSamples.At("2026-12-24T08:00Z")));
        Assert.Equal("once at 2026-12-24 09:00 +01:00, Europe/Paris", schedule.Describe());
    }

    public static TheoryData<string, ReportTask, ReportErrorCategory, object, string> WrongTasks() => new()
    {
        { "ScheduleAmbiguous", new() { Name = "Daily", Cron = "0 9 * * *", Every = TimeSpan.FromHours(1) },
            ReportErrorCategory.InvalidArgument, "Daily",
            "The task 'Daily' has more than one schedule: -Cron and -Every. Give one of -Cron, -Every and -At." },
        { "IntervalTooShort", new() { Every = TimeSpan.Zero }, ReportErrorCategory.InvalidArgument, TimeSpan.Zero,
            "'0s' is too short an interval. Give -Every one second (1s) or more." },
        { "IntervalTooShort", new() { Every = TimeSpan.FromTicks(5) }, ReportErrorCategory.InvalidArgument, TimeSpan.FromTicks(5),
            "'00:00:00.0000005' is too short" },
        { "IntervalTooShort", new() { Every = TimeSpan.FromHours(-1) }, ReportErrorCategory.InvalidArgument, TimeSpan.FromHours(-1),
            "'-01:00:00' is too short" },
        { "ScheduleWindowEmpty", new() { Cron = "@daily", StartAt = Made, EndAt = Made.AddHours(-1) }, ReportErrorCategory.InvalidArgument,
            Made.AddHours(-1), "The schedule starts at '2026-11-24 09:10:05 +00:00' and ends at '2026-11-24 08:10:05 +00:00'." },
        { "ScheduleWindowEmpty", new() { Name = "Daily", Every = TimeSpan.FromHours(1), StartAt = Made, EndAt = Made },
            ReportErrorCategory.InvalidArgument, "Daily",
            "The schedule of 'Daily' starts at '2026-11-24 09:10:05 +00:00' and ends at '2026-11-24 09:10:05 +00:00'." },
        { "ScheduleNeverRuns", new() { At = Made, StartAt = Made.AddHours(1) }, ReportErrorCategory.InvalidArgument,
            "2026-11-24 09:10:05 +00:00", "'2026-11-24 09:10:05 +00:00' never runs: it lies outside -StartAt and -EndAt." },
        { "UnknownTimeZone", new() { Cron = "@daily", TimeZone = "Mars/Olympus" }, ReportErrorCategory.InvalidArgument, "Mars/Olympus",
            "'Mars/Olympus' is not a time zone this computer knows. Give an IANA id such as Europe/Paris" },
        { "UnknownTimeZone", new() { Cron = "@daily", TimeZone = "" }, ReportErrorCategory.InvalidArgument, "", "'' is not a time zone" },
        { "UnknownTimeZone", new() { Cron = "@daily", TimeZone = "../../../etc/passwd" }, ReportErrorCategory.InvalidArgument,
            "../../../etc/passwd", "is not a time zone" },
        { "UnknownTimeZone", new() { Cron = "@daily", TimeZone = "+02:00" }, ReportErrorCategory.InvalidArgument, "+02:00",
            "is not a time zone" },
    };

    [Theory]
    [MemberData(nameof(WrongTasks), DisableDiscoveryEnumeration = true)]
    internal void A_wrong_schedule_says_what_is_wrong(string errorId, ReportTask task, ReportErrorCategory category, object target,
        string words)
    {
        var problem = Assert.Throws<ReportException>(() => TaskSchedule.Of(task));
        Assert.Equal((errorId, category, target), (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-29 02:30", "2026-03-29 03:00 +02:00")]
    [InlineData("2026-10-25 02:30", "2026-10-25 02:30 +02:00")]
    [InlineData("2026-12-24 09:00", "2026-12-24 09:00 +01:00")]
    public void A_bare_date_and_time_is_one_of_the_zone(string time, string expected) => Assert.Equal(
        expected, Zones.ToInstant(DateTime.Parse(time, null), Zones.Find("Europe/Paris")).ToString("yyyy-MM-dd HH:mm zzz", null));

    [Fact]
    public void The_zone_of_the_machine_can_be_found_by_its_name() =>
        Assert.Equal(TimeZoneInfo.Local.BaseUtcOffset, Zones.Find(Zones.Local).BaseUtcOffset);

    private static ReportSchedule Interval(string every, string? startAt, string zone = "UTC") => TaskSchedule.Of(new ReportTask
    {
        Every = DurationText.Parse(every),
        CreatedAt = Made,
        StartAt = startAt is null ? null : CronSamples.At(startAt),
        TimeZone = zone,
    })!;
}
