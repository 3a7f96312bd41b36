using System.Globalization;
using ReportScheduler.Exports;

namespace ReportScheduler.Tests.Exports;

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
        // a format does nothing to what it cannot show
        { "", 0d, "0.00E+00", "0" },
        { "", -5L, "yyyy-mm-dd", "-5" },
        { "", 46082L, "yyyy-mm-dd", "2026-03-01" },
        { "", 20261231235959L, "yyyy-mm-dd", "20261231235959" },
        { "", "007", "#,##0", "007" },
        { "", double.NaN, "#,##0", "NaN" },
        { "", 5L, "[broken", "5" },
        { "", 12345678901234567890m, "0", "12345678901234567890" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_value_reads(string culture, object value, string? format, string text)
    {
        var cell = new Cell();
        BoxedValue.Set(ref cell, value, ColumnKind.Text);
        Assert.Equal(text, new CellText(CultureInfo.GetCultureInfo(culture), format).Of(cell));
    }
}
