using ReportScheduler.Delivery.Places;

namespace ReportScheduler.Tests.Delivery;

public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    // attempts so far, how many of them may have followed the first at once, minutes until the next
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(4, 3, 1)]
    [InlineData(5, 3, 2)]
    [InlineData(6, 3, 4)]
    [InlineData(1, 3, 1)]
    [InlineData(9, 3, 32)]
    [InlineData(10, 3, 60)]
    [InlineData(40, 3, 60)]
    public void Pauses_double_from_a_minute_to_an_hour_whatever_was_tried_at_once(int attempts, int atOnce, int minutes) =>
        Assert.Equal(Noon.AddMinutes(minutes), RetrySchedule.Next(Waiting(attempts, Noon), atOnce, Noon));

    [Fact]
    public void After_two_days_there_is_no_further_attempt() =>
        Assert.Null(RetrySchedule.Next(Waiting(50, Noon.AddDays(-2)), 3, Noon));

    private static ReportDelivery Waiting(int attempts, DateTimeOffset created) => new() { Attempts = attempts, CreatedAt = created };
}
