using System.Globalization;
using Cronos;
using ReportScheduler.Schedules;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Schedules;

/// <summary>Cronos documents the daylight-saving rules that ours follow: both must name the same instants.</summary>
public sealed class CronosComparisonTests
{
    private const int Expressions = 10_000;
    private const int InstantsEach = 6;

    private static readonly string[] ZoneIds =
    [
        "UTC", "Europe/Paris", "Europe/London", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "Asia/Kolkata",
        "Asia/Kathmandu", "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Chatham", "America/Santiago",
        "Asia/Tehran", "Africa/Cairo", "Asia/Beirut", "Pacific/Apia",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_cron_text_is_due_when_Cronos_says(int seed)
    {
        var random = new Random(seed);
        var compared = 0;
        List<string> different = [];
        for (var i = 0; i < Expressions; i++)
        {
            var text = RandomCron.Text(random);
            var zone = Zones.Find(ZoneIds[random.Next(ZoneIds.Length)]);
            var cronos = CronExpressionOf(text);
            if (!TrySchedule(text, zone.Id, out var ours))
            {
                // what never runs is an error here, and nothing there
                Assert.Null(cronos.GetNextOccurrence(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), zone));
                continue;
            }

            for (var j = 0; j < InstantsEach; j++)
            {
                var after = RandomInstant(random, zone);
                var expected = cronos.GetNextOccurrence(after, zone);
                var actual = ours.Next(after);
                compared++;
                if (expected != actual)
                {
                    different.Add($"'{text}' in {zone.Id} after {after:u}: Cronos {expected:u}, here {actual:u}");
                }
            }
        }

        Assert.True(different.Count == 0, $"{different.Count} of {compared}:\n" + string.Join('\n', different.Take(20)));
        Assert.True(compared > 50_000, $"only {compared} cases");
    }

    private static Cronos.CronExpression CronExpressionOf(string text) => Cronos.CronExpression.Parse(
        text, text.Split(' ').Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);

    private static bool TrySchedule(string text, string zone, out ReportSchedule schedule)
    {
        schedule = null!;
        try
        {
            schedule = TaskSchedule.Of(new ReportTask { Cron = text, TimeZone = zone })!;
            return true;
        }
        catch (ReportException problem) when (problem.ErrorId == nameof(ScheduleErrors.ScheduleNeverRuns))
        {
            return false;
        }
    }

    // half of the instants lie within two days of a change of the clocks
    private static DateTimeOffset RandomInstant(Random random, TimeZoneInfo zone)
    {
        var start = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.NextInt64(20L * 365 * 86400));
        if (random.Next(2) == 0 && new WallClock(zone).ChangeBetween(start, start.AddDays(150)) is { } change)
        {
            start = change.Utc.AddMinutes(random.Next(-300, 300)).AddSeconds(random.Next(60));
        }

        return new DateTimeOffset(start, TimeSpan.Zero);
    }

    private static class RandomCron
    {
        private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

        public static string Text(Random random)
        {
            var cron = $"{Time(random, 59, 0.4)} {Time(random, random.Next(3) == 0 ? 4 : 23, 0.4)} {DayOfMonth(random)} {Month(random)} "
                + $"{DayOfWeek(random)}";
            return random.Next(8) == 0 ? $"{Time(random, 59, 0.7)} {cron}" : cron;
        }

        private static string Time(Random random, int max, double plain) => random.NextDouble() < plain
            ? Number(random.Next(max + 1))
            : random.Next(6) switch
            {
                0 => "*",
                1 => $"*/{random.Next(1, max + 1)}",
                2 => $"{random.Next(max + 1)}-{random.Next(max + 1)}",
                3 => $"{random.Next(max + 1)},{random.Next(max + 1)},{random.Next(max + 1)}",
                4 => $"{random.Next(max + 1)}/{random.Next(1, max + 1)}",
                _ => $"{random.Next(max + 1)}-{random.Next(max + 1)}/{random.Next(1, Math.Min(6, max + 1))}",
            };

        private static string DayOfMonth(Random random) => random.Next(14) switch
        {
            0 => "L",
            1 => $"L-{random.Next(0, 31)}",
            2 => $"{random.Next(1, 32)}W",
            3 => "LW",
            4 => $"{random.Next(1, 32)}",
            5 => $"{random.Next(1, 32)}-{random.Next(1, 32)}",
            6 => $"{random.Next(1, 32)},{random.Next(1, 32)}",
            7 => "?",
            _ => "*",
        };

        private static string Month(Random random) => random.Next(8) switch
        {
            0 => Number(random.Next(1, 13)),
            1 => $"{random.Next(1, 13)}-{random.Next(1, 13)}",
            2 => "FEB",
            3 => "*/3",
            _ => "*",
        };

        private static string DayOfWeek(Random random) => random.Next(14) switch
        {
            0 => $"{Days[random.Next(7)]}-{Days[random.Next(7)]}",
            1 => $"{random.Next(8)}#{random.Next(1, 6)}",
            2 => $"{random.Next(8)}L",
            3 => Number(random.Next(8)),
            4 => $"{Days[random.Next(7)]},{Days[random.Next(7)]}",
            5 => "MON-FRI",
            _ => "*",
        };

        private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
