using ReportScheduler.Time;
using TimeZoneConverter;

namespace ReportScheduler.Tests.Time;

public sealed class ZonesTests
{
    // by the system itself, which need not read all zones for one
    [Fact]
    public void A_place_has_the_clocks_that_the_converter_knows()
    {
        foreach (var id in TZConvert.KnownIanaTimeZoneNames.Where(id => TZConvert.TryGetTimeZoneInfo(id, out _)))
        {
            Assert.True(TZConvert.GetTimeZoneInfo(id).HasSameRules(Zones.Find(id)), id);
            Assert.Equal(id, Zones.Iana(id));
        }
    }

    [Theory]
    [InlineData("europe/berlin")]
    [InlineData("W. Europe Standard Time")]
    public void Other_ways_to_write_a_zone_are_known_too(string id) =>
        Assert.True(Zones.Find("Europe/Berlin").HasSameRules(Zones.Find(id)));

    [Theory]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("Europe/../Europe/Berlin")]
    [InlineData("Europe/")]
    [InlineData("Europe/Nowhere")]
    public void A_file_beside_the_zones_is_none(string id) =>
        Assert.Equal("UnknownTimeZone", Assert.Throws<ReportException>(() => Zones.Find(id)).ErrorId);
}
