using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Tests.Exports.Layout;

public sealed class CellTextTests
{
    public static TheoryData<string, object, string?, string> Texts => new()
    {
        // without a format: the culture's own
        { "", 1234567.50m, null, "1234567.50" },
        { "de-DE", 1234567.50m, null, "1234567,50" },
        { "de-DE", -0.25, null, "-0,25" },
        // 15 digits of a double, as Excel
        { "", 575.4200000000001, null, "575.42" },
        { "de-DE", 0.1 + 0.2, null, "0,3" },
        { "", 1e300, null, "1E+300" },
        { "", new DateTime(2026, 3, 1, 13, 5, 7), null, "2026-03-01 13:05:07" },
        { "de-DE", new DateTime(2026, 3, 1, 13, 5, 7), null, "01.03.2026 13:05:07" },
        { "en-GB", new DateTime(2026, 3, 1, 13, 5, 7), null, "01/03/2026 13:05:07" },
        { "de-DE", new DateOnly(2026, 3, 1), null, "01.03.2026" },
        { "de-DE", new DateTimeOffset(2026, 3, 1, 13, 5, 7, TimeSpan.FromHours(1)), null, "01.03.2026 13:05:07 +01:00" },
        { "de-DE", new TimeSpan(31, 5, 9), null, "31:05:09" },
        { "de-DE", true, null, "true" },
        // with one: as Excel shows it
        { "", 1234567.5m, "#,##0.00", "1,234,567.50" },
        { "de-DE", 1234567.5m, "#,##0.00 €", "1.234.567,50 €" },
        { "", 0.125, "0.0%", "12.5%" },
        { "", -5L, "0;(0)", "(5)" },
        { "", new DateTime(2026, 3, 1, 13, 5, 7), "dd/mm/yyyy hh:mm", "01/03/2026 13:05" },
        { "de-DE", new DateTime(2026, 3, 1), "mmmm yyyy", "März 2026" },
        { "", new TimeSpan(31, 5, 9), "[h]:mm", "31:05" },
        { "", 12345.6789, "0.00E+00", "1.23E+04" },
        // a half goes up, of the fifteen digits that Excel has
        { "", 2.675, "0.00", "2.68" },
        { "", 1.005, "#,##0.00", "1.01" },
        { "", 0.5, "0", "1" },
        { "", -1234.5, "#,##0", "-1,235" },
        { "", 1.005m, "0%", "101%" },
        { "", 1e-30, "0.0E+0", "1.0E-30" },
        { "", 1e-30, "0.00", "0.00" },
        { "", -2e20, "#,##0.0", "-200,000,000,000,000,000,000.0" },
        { "de-DE", -1234.565, "\"EUR \"#,##0.00", "-EUR 1.234,57" },
        { "ar-SA", -5L, "0", CultureInfo.GetCultureInfo("ar-SA").NumberFormat.NegativeSign + "5" },
        { "", 99.995, "0.00E+00", "1.00E+02" },
        // what is rounded to zero has no sign, unless its section says so
        { "", -0.004, "0.00", "0.00" },
        { "", -0.0, "0.00", "0.00" },
        { "", -0.004, "0.00;(0.00)", "(0.00)" },
        // digits that are there, that may be there, and that keep their room
        { "", 1L, "0.##", "1." },
        { "", 1.25, "#.##", "1.25" },
        { "", 0.5, "#.##", ".5" },
        { "", 1L, "?0.0?", " 1.0 " },
        { "", 123456L, "00-00-00", "12-34-56" },
        { "", 7L, "000", "007" },
        { "", 1234567L, "0000000,000", "0,001,234,567" },
        { "en-IN", 12345678L, "#,##0", "1,23,45,678" },
        { "fr-FR", 1234.5, "0.0", "1234,5" },
        // thousands
        { "", 1234567.891, "0,", "1235" },
        { "", 1234567.891, "0.0,,\"M\"", "1.2M" },
        { "", -1L, "0,", "0" },
        // exponents
        { "", 0d, "0.00E+00", "0.00E+00" },
        { "", 31.5, "0.0E+0", "3.2E+1" },
        { "", 1234567.891, "##0.0E+0", "1.2E+6" },
        { "", 123456L, "##0.0E+0", "123.5E+3" },
        { "", 0.00012, "0.0E-0", "1.2E-4" },
        // sections: above, below, zero, text
        { "", 0L, "0;-0;;@", "" },
        { "", "abc", "0;-0;;@", "abc" },
        { "", -1L, "0;;", "" },
        { "", 0L, "0;(0);\"zero\"", "zero" },
        { "", -1L, "0.0;;;", "" },
        { "", -5L, "[Red]0;[Blue]-0", "-5" },
        // conditions
        { "", 150L, "[>100]\"big\" 0;[<0]\"neg\" 0;0", "big 150" },
        { "", -5L, "[>100]\"big\" 0;[<0]\"neg\" 0;0", "neg 5" },
        { "", 5L, "[>100]\"big\" 0;[<0]\"neg\" 0;0", "5" },
        { "", 1500L, "[>=1000]0.0,\"k\";0", "1.5k" },
        { "", -1500L, "[>=1000]0.0,\"k\";0", "-1500" },
        { "", -0.5, "[<1]0.00%;0", "-50.00%" },
        { "", -5L, "[>=0]0;(0)", "(5)" },
        // fractions
        { "", 0.5, "# ?/?", " 1/2" },
        { "", 3.25, "# ??/??", "3  1/4 " },
        { "", 99.995, "# ?/?", "100    " },
        { "", 1.25, "# ?/8", "1 2/8" },
        { "", 3.25, "?/?", "13/4" },
        { "", -0.004, "# ?/?", "0    " },
        // literals
        { "", -1L, "\"x\"0\"y\"", "-x1y" },
        { "", 1L, "\\x0\\y", "x1y" },
        { "", 5L, "0.00_);(0.00)", "5.00 " },
        { "", -1234.5, "_-* #,##0.00_-;-* #,##0.00_-", "-1,234.50 " },
        { "de-DE", 5L, "[$€-407] #,##0.00", "€ 5,00" },
        { "", -5.5, "General\" pcs\"", "-5.5 pcs" },
        { "", 0.5, "0.0\\%", "0.5%" },
        // dates and times
        { "", new DateTime(2026, 1, 5), "[$-407]dddd", "Montag" },
        { "", new DateTime(2026, 1, 5), "mmmmm", "J" },
        { "", new DateTime(2026, 1, 5, 0, 30, 0), "h:mm AM/PM", "12:30 AM" },
        { "", new DateTime(2026, 12, 31, 23, 59, 59), "hh:mm", "23:59" },
        { "", new DateTime(2026, 12, 31, 23, 59, 59).AddMilliseconds(700), "yyyy-mm-dd hh:mm:ss", "2027-01-01 00:00:00" },
        { "de-DE", new DateTime(2026, 5, 5, 13, 5, 7).AddMilliseconds(456), "mm:ss.00", "05:07,46" },
        { "ar-SA", new DateTime(2026, 5, 5), "m/d/yyyy", "5/5/2026" },
        { "", DateTime.MaxValue, "yyyy-mm-dd hh:mm:ss", "9999-12-31 23:59:59" },
        { "", new TimeSpan(0, 23, 59, 59, 999), "hh:mm:ss", "00:00:00" },
        { "", new DateTime(2026, 1, 5), "0", "46027" },
        { "", new DateTime(1900, 2, 28), "0", "59" },
        { "", new DateTime(1850, 2, 28), "yyyy", "1850" },
        { "", new TimeSpan(0, 30, 0), "h:mm", "0:30" },
        { "", new TimeSpan(31, 5, 9), "d \"d\" h:mm", "1 d 7:05" },
        { "", new TimeSpan(0, 30, 0), "[mm]:ss", "30:00" },
        { "", new TimeSpan(-31, -5, -9), "[h]:mm", "-31:05" },
        { "", new TimeSpan(-1, 0, 0), "h:mm", "-01:00:00" },
        { "", new TimeSpan(12, 0, 0), "0.00", "0.50" },
        // a format does nothing to what it cannot show
        { "", -5L, "yyyy-mm-dd", "-5" },
        { "", 46082L, "yyyy-mm-dd", "2026-03-01" },
        { "", 20261231235959L, "yyyy-mm-dd", "20261231235959" },
        { "", "007", "#,##0", "007" },
        { "", double.NaN, "#,##0", "NaN" },
        { "", 5L, "[broken", "5" },
        { "", 12345678901234567890m, "0", "12345678901234567890" },
    };

    [Theory]
    [InlineData(-5, 0xFF0000)]
    [InlineData(5, null)]
    [InlineData(0, 0x008000)]
    public void A_number_has_the_colour_of_its_section(int value, int? color)
    {
        var text = new CellText(CultureInfo.InvariantCulture, "0;[Red]-0;[Color10]0");
        var cell = new Cell();
        cell.SetInteger(value);
        text.Of(cell);
        Assert.Equal(color, text.Color);
        cell.SetNull();
        text.Of(cell);
        Assert.Null(text.Color);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_value_reads(string culture, object value, string? format, string text)
    {
        var cell = new Cell();
        BoxedValue.Set(ref cell, value, ColumnKind.Text);
        Assert.Equal(text, new CellText(CultureInfo.GetCultureInfo(culture), format).Of(cell));
    }

    [Theory]
    // how many there are is no date, share or amount
    [InlineData("", "dd.mm.yyyy", 3L, "3")]
    [InlineData("", "0.0%", 3L, "3")]
    [InlineData("de-DE", "#,##0.00 €", 1234L, "1234")]
    [InlineData("", "[h]:mm", 3L, "3")]
    [InlineData("", "[Red]0;[Red]-0", 3L, "3")]
    [InlineData("", "@", 3L, "3")]
    [InlineData("", null, 3L, "3")]
    public void A_count_is_a_number_whatever_format_the_values_have(string culture, string? format, long count, string expected)
    {
        var text = new CellText(CultureInfo.GetCultureInfo(culture), format);
        var cell = default(Cell);
        cell.SetInteger(count);
        Assert.Equal(expected, text.Of(cell, ColumnTotal.Count));
        Assert.Null(text.Color);
    }
}
