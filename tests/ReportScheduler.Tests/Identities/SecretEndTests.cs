using ReportScheduler.Identities;

namespace ReportScheduler.Tests.Identities;

public sealed class SecretEndTests
{
    [Theory]
    [InlineData("2026-12-28T09:00:00Z", "ends on 2026-12-28, in 30 days")]
    [InlineData("2026-12-28T09:00:01Z", null)]
    [InlineData("2026-11-28T10:00:00Z", "ends on 2026-11-28, in 1 day.")]
    [InlineData("2026-11-28T09:00:00Z", "ended on 2026-11-28")]
    [InlineData("2025-01-01T00:00:00Z", "ended on 2025-01-01")]
    [InlineData(null, null)]
    public void The_end_of_a_secret_is_said_thirty_days_before(string? end, string? expected)
    {
        var warning = SecretEnd.Warning("corp",
            end is null ? null : DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture),
            new DateTimeOffset(2026, 11, 28, 9, 0, 0, TimeSpan.Zero));
        if (expected is null)
        {
            Assert.Null(warning);
        }
        else
        {
            Assert.Contains(expected, warning, StringComparison.Ordinal);
        }
    }
}
