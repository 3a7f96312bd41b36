using System.Globalization;
using ReportScheduler.Text;

namespace ReportScheduler.Tests.Text;

public sealed class ValueTextTests
{
    public static TheoryData<object, string> Values => new()
    {
        { "", "" },
        { "Grüße", "Grüße" },
        { true, "True" },
        { byte.MaxValue, "255" },
        { sbyte.MinValue, "-128" },
        { short.MinValue, "-32768" },
        { ushort.MaxValue, "65535" },
        { int.MinValue, "-2147483648" },
        { uint.MaxValue, "4294967295" },
        { long.MinValue, "-9223372036854775808" },
        { ulong.MaxValue, "18446744073709551615" },
        { 0.1f, "0.1" },
        { 1e300, "1E+300" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { 12.50m, "12.50" },
        { 'x', "x" },
        { Guid.Empty, "00000000-0000-0000-0000-000000000000" },
        { new DateTime(2026, 11, 28, 9, 0, 0).AddTicks(1), "2026-11-28T09:00:00.0000001" },
        { new DateTime(2026, 11, 28, 9, 0, 0, DateTimeKind.Utc), "2026-11-28T09:00:00.0000000Z" },
        { new DateTimeOffset(2026, 11, 28, 9, 0, 0, TimeSpan.FromHours(5.5)), "2026-11-28T09:00:00.0000000+05:30" },
        { new DateOnly(2026, 11, 28), "2026-11-28" },
        { new TimeOnly(9, 30).Add(TimeSpan.FromTicks(1)), "09:30:00.0000001" },
        { TimeSpan.FromSeconds(1.5), "15000000" },
        { new byte[] { 1, 2, 255 }, "AQL/" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_exactly_in_any_culture(object value, string text)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(text, ValueText.Of(value));
            var back = ValueText.Parse(text, value.GetType());
            Assert.Equal(value, back);
            Assert.Equal((value as DateTime?)?.Kind, (back as DateTime?)?.Kind);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Other_types_have_no_text() => Assert.Null(ValueText.Of(new Uri("https://example.com")));

    [Fact]
    public void Every_type_is_in_the_table() =>
        Assert.Empty(ValueText.Types.Values.Except(Values.Select(row => row.Data.Item1.GetType())));
}
