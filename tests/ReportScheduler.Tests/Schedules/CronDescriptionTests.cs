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
    [InlineData("0 1-23/3 * * *", "every 3 hours from 01:00 to 22:00")]
    [InlineData("0 9 1 * MON-FRI", "on the 1st of every month when it is a weekday at 09:00")]
    [InlineData("0 9 1-7 * SAT,SUN", "on the 1st to the 7th of every month when it is a Saturday or a Sunday at 09:00")]
    [InlineData("5 0 9-17 * * *", "every hour at minute 0 and second 5 from 09:00 to 17:59")]
    // steps of days and months
    [InlineData("0 6 */2 * *", "on every 2nd day from the 1st to the 31st of every month at 06:00")]
    [InlineData("0 6 */10 * *", "on the 1st, the 11th, the 21st and the 31st of every month at 06:00")]
    [InlineData("0 6 1 */2 *", "on the 1st of every 2nd month from January to November at 06:00")]
    [InlineData("0 6 1 */3 *", "on the 1st of January, April, July and October at 06:00")]
    // ranges that go past the end
    [InlineData("0 22-2 * * *", "every hour from 22:00 to 02:00")]
    [InlineData("*/15 22-2 * * *", "every 15 minutes from 22:00 to 02:59")]
    [InlineData("30 23-1 * * *", "every day at 23:30, 00:30 and 01:30")]
    [InlineData("50-10 * * * *", "every minute from 50 to 10 of every hour")]
    [InlineData("0 9 * * FRI-MON", "every day from Friday to Monday at 09:00")]
    [InlineData("0 9 * 11-2 *", "every day in November to February at 09:00")]
    [InlineData("0 9 28-3 * *", "on the 28th to the 3rd of every month at 09:00")]
    // not where that would name other hours or days
    [InlineData("0 22-2 * * MON", "every Monday at 00:00, 01:00, 02:00, 22:00 and 23:00")]
    [InlineData("*/15 22-2 * * MON", "every 15 minutes from 00:00 to 02:59 and from 22:00 to 23:59, every Monday")]
    [InlineData("50-10 9-17 * * *", "every hour at minutes 0 to 10 and 50 to 59 from 09:00 to 17:59")]
    [InlineData("0 9 28-3 JUN *", "on the 1st to the 3rd and the 28th to the 31st of June at 09:00")]
    // lists of ranges
    [InlineData("0 6 1,2,3,20-25 * *", "on the 1st to the 3rd and the 20th to the 25th of every month at 06:00")]
    [InlineData("1,2,3,20-25 * * * *", "every hour at minutes 1 to 3 and 20 to 25")]
    [InlineData("0 9 * * MON-WED,SAT", "every Monday to Wednesday and Saturday at 09:00")]
    [InlineData("0 9 * * MON-SAT", "every day from Monday to Saturday at 09:00")]
    [InlineData("0 9 13 * FRI-SUN", "on the 13th of every month when it is a day from Friday to Sunday at 09:00")]
    [InlineData("0 8-11,14-17 * * *", "every hour from 08:00 to 11:00 and from 14:00 to 17:00")]
    [InlineData("0 8,12,18-23 * * *", "every day at 08:00 and 12:00 and every hour from 18:00 to 23:00")]
    [InlineData("*/20 8,12-14 * * *", "every 20 minutes from 08:00 to 08:59 and from 12:00 to 14:59")]
    [InlineData("0 9-17 * * MON-FRI", "every hour from 09:00 to 17:00, every weekday")]
    // steps that do not go all round
    [InlineData("*/7 * * * *", "every 7 minutes from 0 to 56 of every hour")]
    [InlineData("5/10 * * * *", "every 10 minutes from 5 to 55 of every hour")]
    [InlineData("*/15 */2 * * *", "every 15 minutes in every 2nd hour from 00:00 to 22:59")]
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
