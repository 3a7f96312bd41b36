using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;

namespace ReportScheduler.Tests.Exports.Layout;

/// <summary>Values of a column without a format, as people read them in PDF, HTML and mail.</summary>
public sealed class PeopleTextTests
{
    public static TheoryData<string, string, object?[], string> Columns => new()
    {
        // zeros of the database's scale say nothing
        { "share", "", [0.66000000000000000000m, 1.5m], "0.66|1.50" },
        { "avg", "", [5.3212500000000000m, 12m], "5.32|12.00" },
        { "amount", "", [5.00m, 1200.0000m], "5|1,200" },
        { "weight", "", [1.125m, 2m], "1.125|2.000" },
        { "n", "", [1m / 3, 1000m], "0.33|1,000.00" },
        { "n", "", [0.0012345m, 0.05m], "0.0012|0.0500" },
        { "n", "", [1.0 / 3, 2.5], "0.33|2.50" },
        { "exchange_rate", "", [1.0834m, 1.2m], "1.0834|1.2000" },
        { "lat", "", [52.520008, 13.4], "52.520008|13.400000" },
        { "amount", "de-DE", [1234567.5m, -0.25m], "1.234.567,50|\u22120,25" },
        // thousands, but not of what is a name
        { "orders", "", [1000000L, 7L], "1,000,000|7" },
        { "orders", "de-DE", [-1000000L], "\u22121.000.000" },
        { "customer_id", "", [1000000L], "1000000" },
        { "CustomerID", "", [123456L], "123456" },
        { "year", "", [2026L], "2026" },
        { "release_year", "", [2006L], "2006" },
        { "Kundennr", "", [12345L], "12345" },
        { "order_no", "", [10250L], "10250" },
        { "zip", "", [10115L], "10115" },
        { "postal_code", "", [10115L], "10115" },
        { "order_no", "", [10250.00m], "10250" },
        { "paid", "", [12500L], "12,500" },
        { "casino", "", [12500L], "12,500" },
        // dates without a time of the day, times to the minute
        { "at", "", [new DateTime(2026, 2, 7), new DateTime(2026, 2, 8)], "2026-02-07|2026-02-08" },
        { "at", "en-US", [new DateTime(2025, 2, 7)], "2/7/2025" },
        { "at", "", [new DateTime(2026, 2, 7), new DateTime(2026, 2, 8, 9, 5, 59)], "2026-02-07 00:00|2026-02-08 09:05" },
        { "at", "de-DE", [new DateTime(2026, 2, 8, 9, 5, 0).AddTicks(1234567)], "08.02.2026 09:05" },
        // in the zone of the report, without an offset
        { "at", "", [new DateTimeOffset(2026, 2, 8, 9, 5, 0, TimeSpan.Zero).AddTicks(1234567)], "2026-02-08 10:05" },
        { "took", "", [new TimeSpan(0, 31, 5, 9, 123)], "31:05:09" },
        { "open", "", [true, false], "Yes|No" },
        { "open", "de-DE", [true, false, null], "Ja|Nein|" },
        { "open", "ja-JP", [true], "はい" },
        { "data", "de-DE", [new byte[2048]], "(binär, 2 KB)" },
        { "data", "fr-FR", [new byte[1]], "(binaire, 1 octet)" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_column_reads(string name, string culture, object?[] values, string texts)
    {
        var batch = new RowBatch(1) { Count = values.Length };
        for (var row = 0; row < values.Length; row++)
        {
            if (values[row] is { } value)
            {
                BoxedValue.Set(ref batch.Fill(row)[0], value, ColumnKind.Text);
            }
            else
            {
                batch.Fill(row)[0].SetNull();
            }
        }

        var column = new LaidOutColumn(new SourceColumn(0, name, name, ColumnKind.Text), null, null, ColumnTotal.None);
        var text = new CellText(column, CultureInfo.GetCultureInfo(culture), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        text.See(batch, 0);
        Assert.Equal(texts.Split('|'), Enumerable.Range(0, values.Length).Select(row => text.Of(batch[row][0])));
        var room = new char[64];
        Assert.Equal(texts.Split('|'), Enumerable.Range(0, values.Length).Select(row => text.Of(batch[row][0], room).ToString()));
    }

    [Theory]
    [InlineData("currency EUR", "", "€1,234.50")]
    [InlineData("currency EUR", "de-DE", "1.234,50 €")]
    [InlineData("Currency USD", "en-US", "$1,234.50")]
    [InlineData("currency CHF", "", "CHF 1,234.50")]
    [InlineData("currency JPY", "ja-JP", "¥1,235")]
    [InlineData("currency", "pl-PL", "1234,50 zł")]
    [InlineData("currency", "", "1,234.50")]
    [InlineData("percent", "", "123450.0%")]
    [InlineData("percent", "de-DE", "123450,0 %")]
    [InlineData("percent", "fr-FR", "123450,0 %")]
    [InlineData("percent", "en-US", "123450.0%")]
    [InlineData("percent", "tr-TR", "%123450,0")]
    [InlineData("INTEGER", "", "1,235")]
    [InlineData("0.0", "", "1234.5")]
    public void A_format_has_a_name(string format, string culture, string text)
    {
        var cell = new Cell();
        cell.SetDecimal(1234.50m);
        var shown =
            new CellText(CultureInfo.GetCultureInfo(culture), NamedFormat.Resolve(format, CultureInfo.GetCultureInfo(culture))).Of(cell);
        Assert.Equal(text.Replace(' ', ' '),
            shown.Replace('\u00A0', ' ').Replace('\u202F', ' ').Replace("1 234", "1234", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("currency EUR", true)]
    [InlineData(" percent ", true)]
    [InlineData("Duration", true)]
    [InlineData("YesNo", true)]
    [InlineData("yes no", false)]
    [InlineData("link", false)]
    [InlineData("currency EURO", false)]
    [InlineData("percent EUR", false)]
    [InlineData("money", false)]
    public void Names_are_known(string format, bool known) => Assert.Equal(known, NamedFormat.Is(format));
}
