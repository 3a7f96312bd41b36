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
