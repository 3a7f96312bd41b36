using System.Globalization;
using NCrontab;
using ReportScheduler.Schedules;

namespace ReportScheduler.Tests.Schedules;

/// <summary>NCrontab is the reference for what both it and ours read: both must name the same wall-clock times.</summary>
public sealed class NCrontabComparisonTests
{
    private const int Expressions = 5_000;
    private const int TimesEach = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_cron_text_has_the_times_that_NCrontab_has(int seed)
    {
        var random = new Random(seed);
        var compared = 0;
        for (var i = 0; i < Expressions; i++)
        {
            var text = string.Join(' ', Field(random, 0, 59), Field(random, 0, 59), Field(random, 0, 23), Field(random, 1, 28),
                Field(random, 1, 12), Field(random, 0, 6));
            var theirs = CrontabSchedule.Parse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
            var ours = CronExpression.Parse(text);
            var after = new DateTime(2000, 1, 1).AddTicks(random.NextInt64(TimeSpan.TicksPerDay * 20_000));
            for (var j = 0; j < TimesEach; j++)
            {
                var expected = theirs.GetNextOccurrence(after);
                var actual = ours.Next(after);
                Assert.True(expected == actual, $"'{text}' after {after:O}: NCrontab {expected:u}, here {actual:u}");
                compared++;
                after = expected;
            }
        }

        Assert.Equal(Expressions * TimesEach, compared);
    }

    private static string Field(Random random, int min, int max)
    {
        var (one, other) = (random.Next(min, max + 1), random.Next(min, max + 1));
        var (low, high) = (Math.Min(one, other), Math.Max(one, other));
        return string.Create(CultureInfo.InvariantCulture, $"{random.Next(8) switch
        {
            0 => $"{low}-{high}",
            1 => $"{low}-{high}/{random.Next(1, 8)}",
            2 => $"*/{random.Next(1, 8)}",
            3 => $"{low},{high}",
            4 => $"{low}",
            _ => "*",
        }}");
    }
}
