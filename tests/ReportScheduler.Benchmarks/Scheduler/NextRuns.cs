using System.Diagnostics;
using NCrontab;
using ReportScheduler.Schedules;

namespace ReportScheduler.Benchmarks.Scheduler;

/// <summary>How many next due times a second are worked out for a weekday schedule in Europe/Paris.</summary>
internal static class NextRuns
{
    private const string Cron = "30 9 * * 1-5";
    private const int Count = 20_000;

    public static IReadOnlyList<(string Name, double PerSecond)> Measure()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var ours = TaskSchedule.Of(new ReportTask { Name = "t", Cron = Cron, TimeZone = "Europe/Paris" })!;
        var plain = CrontabSchedule.Parse(Cron);
        var cronos = Cronos.CronExpression.Parse(Cron);
        return
        [
            ("ReportScheduler", PerSecond(start, at => ours.Next(at)!.Value)),
            ("NCrontab, without zones", PerSecond(start, at => new DateTimeOffset(plain.GetNextOccurrence(at.UtcDateTime), TimeSpan.Zero))),
            ("Cronos", PerSecond(start, at => cronos.GetNextOccurrence(at, paris)!.Value)),
        ];
    }

    private static double PerSecond(DateTimeOffset start, Func<DateTimeOffset, DateTimeOffset> next)
    {
        Step(start, next);
        var clock = Stopwatch.StartNew();
        Step(start, next);
        return Count / clock.Elapsed.TotalSeconds;
    }

    private static void Step(DateTimeOffset start, Func<DateTimeOffset, DateTimeOffset> next)
    {
        var at = start;
        for (var i = 0; i < Count; i++)
        {
            // begins again before the years run out
            at = i % 1000 == 0 ? start : next(at);
        }
    }
}
