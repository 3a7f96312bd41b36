using System.Globalization;
using ReportScheduler.Rows;

namespace ReportScheduler.Changes;

/// <summary>A value as it is compared: a text that is written like the number is the number. SQLite has 1 and '1' in one column, and
/// people see no difference; '01' and '1.0' are other texts.</summary>
internal static class WrittenNumber
{
    // a decimal has no more digits than that
    private const int Longest = 31;

    /// <summary>The number in its one form; what is none as it is.</summary>
    public static Cell Of(in Cell cell)
    {
        if (cell.Kind != CellKind.Text || cell.Text is not { Length: > 0 and <= Longest } text
            || !(char.IsAsciiDigit(text[0]) || text[0] == '-')
            || !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number))
        {
            return PlainNumber.Of(cell);
        }

        var written = default(Cell);
        written.SetDecimal(number);
        written = PlainNumber.Of(written);
        var plain = written.Kind == CellKind.Integer
            ? written.Int64.ToString(CultureInfo.InvariantCulture)
            : written.Decimal.ToString(CultureInfo.InvariantCulture);
        return plain == text ? written : cell;
    }
}
