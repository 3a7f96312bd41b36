using ReportScheduler.Rows;

namespace ReportScheduler.Tests.Rows;

public sealed class CellBytesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("Grüße 売上 😀")]
    [InlineData("half \ud83d of a pair")]
    [InlineData("\0")]
    public void A_text_comes_back_whatever_its_characters_are(string text)
    {
        Cell cell = default;
        cell.SetText(text);
        Assert.Equal(text, Back(cell).Text);
    }

    [Fact]
    public void A_number_keeps_its_zeros_and_two_spellings_of_a_value_have_the_same_bytes()
    {
        Cell longer = default, shorter = default;
        longer.SetDecimal(1.00m);
        shorter.SetDecimal(1m);
        Assert.Equal("1.00", Back(longer).Decimal.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Value(shorter), Value(longer));
    }

    public static TheoryData<object, object, bool> Numbers => new()
    {
        { 1L, 1d, true },
        { 1L, 1.00m, true },
        { 1.5m, 1.50m, true },
        { 0.1d, 0.1m, true },
        { 0L, -0d, true },
        { -0m, -0d, true },
        { 1e20, 100000000000000000000m, true },
        { 9007199254740993L, 9007199254740992d, false },
        { long.MaxValue, 9223372036854775807m, true },
        { long.MaxValue, 9223372036854775807d, false },
        { 0.1d, 0.10000000000000001m, false },
        { double.NaN, double.NaN, true },
        { double.MaxValue, double.PositiveInfinity, false },
        { 1e-30, 0L, false },
        { 0.1f, 0.1d, false },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_has_one_form_whatever_its_kind(object one, object other, bool areSame)
    {
        Assert.Equal(areSame, Value(Number(one)).SequenceEqual(Value(Number(other))));
        Assert.Equal(areSame, DistinctValues.Hash(Number(one)) == DistinctValues.Hash(Number(other)));
        Assert.Equal(areSame, ReportScheduler.Rows.Spool.KeyText.Of(Number(one)) == ReportScheduler.Rows.Spool.KeyText.Of(Number(other)));
    }

    private static Cell Number(object value)
    {
        Cell cell = default;
        switch (value)
        {
            case long number: cell.SetInteger(number); break;
            case decimal number: cell.SetDecimal(number); break;
            default: cell.SetDouble(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)); break;
        }

        return cell;
    }

    [Fact]
    public void An_instant_keeps_its_offset()
    {
        var instant = new DateTimeOffset(2026, 11, 29, 1, 2, 3, TimeSpan.FromMinutes(345));
        Cell cell = default;
        cell.SetDateTimeOffset(instant);
        Assert.True(instant.EqualsExact(Back(cell).DateTimeOffset));
    }

    private static Cell Back(in Cell cell)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        CellBytes.Write(writer, cell);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        Cell back = default;
        CellBytes.Read(reader, ref back);
        Assert.Equal(stream.Length, stream.Position);
        return back;
    }

    private static byte[] Value(in Cell cell)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        CellBytes.WriteValue(writer, cell);
        return stream.ToArray();
    }
}
