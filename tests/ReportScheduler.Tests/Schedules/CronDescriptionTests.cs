using ReportScheduler.Schedules;

namespace ReportScheduler.Tests.Schedules;

public sealed class CronDescriptionTests
{
    [Theory]
    [InlineData("0 9 * * MON-FRI", "every weekday at 09:00")]
    [InlineData("0 9 1-7 * MON", "on the 1st to the 7th of every month when it is a Monday at 09:00")]
    [InlineData("0 9 * * 1", "every Monday at 09:00")]
    [InlineData("30 8,17 * * SAT,SUN", "every Saturday and Sunday at 08:30 and 17:30")]
    [InlineData("0 0 * * *", "every day at 00:00")]
    [InlineData("30 15 9 * * *", "every day at 09:15:30")]
    [InlineData("* * * * *", "every minute")]
    [InlineData("*/15 * * * *", "every 15 minutes")]
    [InlineData("0 * * * *", "every hour")]
    [InlineData("20 * * * *", "every hour at minute 20")]
    [InlineData("0 */2 * * *", "every 2 hours")]
    [InlineData("5,35 * * * *", "every hour at minutes 5 and 35")]
    [InlineData("*/15 9-17 * * MON-FRI", "every 15 minutes from 09:00 to 17:59, every weekday")]
    [InlineData("* * * * * *", "every second")]
    [InlineData("*/10 * * * * *", "every 10 seconds")]
    [InlineData("30 * * * * *", "every minute at second 30")]
    [InlineData("*/10 0-4 * * * *", "every 10 seconds, every minute from 0 to 4 of every hour")]
    [InlineData("0 0 1 * *", "on the 1st of every month at 00:00")]
    [InlineData("0 6 1,15 * *", "on the 1st and the 15th of every month at 06:00")]
    [InlineData("0 6 22 3 *", "on the 22nd of March at 06:00")]
    [InlineData("0 6 L * *", "on the last day of every month at 06:00")]
    [InlineData("0 6 L-3 JAN,JUL *", "on the last day but 3 of January and July at 06:00")]
    [InlineData("0 6 * * MON#2", "on the second Monday of every month at 06:00")]
    [InlineData("0 6 * * 5L", "on the last Friday of every month at 06:00")]
    [InlineData("0 6 15W * *", "on the weekday nearest to the 15th of every month at 06:00")]
    [InlineData("0 0 13 * FRI", "on the 13th of every month when it is a Friday at 00:00")]
    [InlineData("0 6 * JUN-AUG *", "every day in June to August at 06:00")]
    [InlineData("0 6 * 1 MON", "every Monday in January at 06:00")]
    [InlineData("0 1-9/2 * * *", "every day at 01:00, 03:00, 05:00, 07:00 and 09:00")]
    [InlineData("0 1-23/3 * * *", "every day at 01:00, 04:00, 07:00, 10:00, 13:00, 16:00, 19:00 and 22:00")]
    [InlineData("0 9 1 * MON-FRI", "on the 1st of every month when it is a weekday at 09:00")]
    [InlineData("0 9 1-7 * SAT,SUN", "on the 1st to the 7th of every month when it is a Saturday or a Sunday at 09:00")]
    [InlineData("5 0 9-17 * * *", "every hour at minute 0 and second 5 from 09:00 to 17:59")]
    public void Cron_text_is_said_in_words(string cron, string words)
    {
        Assert.Equal(words, CronDescription.Of(CronExpression.Parse(cron)));
        Assert.Equal(words + ", Europe/Paris", CronSamples.Schedule(cron, "Europe/Paris").Describe());
    }

    [Fact]
    public void The_window_is_said_in_the_zone_of_the_schedule() => Assert.Equal(
        "every day at 09:00, Europe/Paris, from 2026-11-24 01:00 +01:00, until 2027-07-01 02:00 +02:00",
        CronSamples.Schedule("0 9 * * *", "Europe/Paris", "2026-11-24", "2027-07-01").Describe());
}
