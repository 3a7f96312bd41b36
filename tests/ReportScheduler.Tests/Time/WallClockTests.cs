using ReportScheduler.Time;

namespace ReportScheduler.Tests.Time;

/// <summary>A clock that remembers the offset of the last instants says what its zone says.</summary>
public sealed class WallClockTests
{
    [Theory]
    [InlineData("Europe/Paris")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("America/St_Johns")]
    [InlineData("Pacific/Apia")]
    [InlineData("UTC")]
    public void Offsets_are_those_of_the_zone_in_any_order(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var clock = new WallClock(zone);
        var random = new Random(20261129);
        var at = new DateTime(2011, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var step = 0; step < 50_000; step++)
        {
            // hours and days forward as schedules go, now and then back or far away
            at = random.Next(200) switch
            {
                0 => new DateTime(2011, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(20 * 365 * 1440)),
                < 20 => at.AddMinutes(-random.Next(4 * 1440)),
                _ => at.AddMinutes(random.Next(1440)),
            };
            Assert.True(zone.GetUtcOffset(at) == clock.OffsetAt(at), $"{id} {at:u}");
        }
    }

    [Fact]
    public void Each_change_of_the_clocks_is_found_after_another_one_was_asked_for()
    {
        var clock = new WallClock(TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        for (var pass = 0; pass < 2; pass++)
        {
            Assert.Equal(new DateTime(2026, 3, 29, 1, 0, 0), clock.ChangeNear(new DateTime(2026, 3, 29, 2, 30, 0))?.Utc);
            Assert.Null(clock.ChangeNear(new DateTime(2026, 7, 1)));
            Assert.Equal(new DateTime(2026, 10, 25, 1, 0, 0), clock.ChangeNear(new DateTime(2026, 10, 25, 2, 30, 0))?.Utc);
        }
    }
}
