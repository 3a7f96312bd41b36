using System.Globalization;
using ReportScheduler.Schedules;

namespace ReportScheduler.Tests.Schedules;

/// <summary>Short ways to ask a schedule in tests.</summary>
internal static class CronSamples
{
    public static ReportSchedule Schedule(string cron, string zone = "UTC", string? startAt = null, string? endAt = null) =>
        TaskSchedule.Of(
        new ReportTask { Name = "Daily", Cron = cron, TimeZone = zone, StartAt = Instant(startAt), EndAt = Instant(endAt) })!;

    /// <summary>The next instants in the schedule's zone, as 2026-03-29 03:00 +02:00.</summary>
    public static string[] Next(this ReportSchedule schedule, string after, int count)
    {
        var result = new List<string>();
        var from = At(after);
        while (result.Count < count && schedule.Next(from) is { } next)
        {
            var shown = TimeZoneInfo.ConvertTime(next, schedule.Clock.Zone);
            result.Add(
                shown.ToString(shown.Second == 0 ? "yyyy-MM-dd HH:mm zzz" : "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
            from = next;
        }

        return [.. result];
    }

    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DateTimeOffset? Instant(string? text) => text is null ? null : At(text);
}
