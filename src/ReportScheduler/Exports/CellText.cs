using System.Globalization;
using ExcelNumberFormat;

namespace ReportScheduler.Exports;

/// <summary>The text of a column's cells as people read it. Not safe for several threads at once.</summary>
/// <remarks>
/// Without a number format: numbers with all their digits, of doubles 15, and the culture's decimal mark, dates in the culture's short form, in the invariant culture as ISO 8601;
/// a date with an offset is followed by it, a time goes on beyond 24 hours, binary is hexadecimal after 0x, NULL is the empty text.
/// With an Excel number format: numbers, dates and times as Excel would show them.
/// </remarks>
internal sealed class CellText(CultureInfo culture, string? numberFormat = null)
{
    /// <summary>The days from 1900 on that Excel has, to the end of the year 9999.</summary>
    private const double MostDays = 2_958_466;

    private const decimal ExactDouble = 1_000_000_000_000_000;

    // as Excel, which knows no more: sums of doubles end in 0000000001 otherwise. CSV and JSON, which programs read, have all digits
    private const string DoubleDigits = "G15";

    private readonly bool invariant = culture.Equals(CultureInfo.InvariantCulture);
    private readonly NumberFormat? format = numberFormat is null or "" or "General" or "@" ? null : new NumberFormat(numberFormat);

    public string Of(in Cell cell) => cell.Kind switch
    {
        CellKind.Null => "",
        CellKind.Text or CellKind.Json => cell.Text,
        CellKind.Binary => "0x" + Convert.ToHexString(cell.Binary),
        _ => format is { IsValid: true } ? Formatted(cell) : Plain(cell),
    };

    /// <summary>The text as <see cref="Of(in Cell)"/> has it, without a new string where it can be had without one.</summary>
    /// <param name="cell">The value.</param>
    /// <param name="room">At least 64 characters; the text may be in it, until it is used again.</param>
    public ReadOnlySpan<char> Of(in Cell cell, Span<char> room)
    {
        if (format is not { IsValid: true })
        {
            if (cell.Kind == CellKind.Integer)
            {
                cell.Int64.TryFormat(room, out var length, default, culture);
                return room[..length];
            }
            if (cell.Kind == CellKind.Double)
            {
                cell.Double.TryFormat(room, out var length, DoubleDigits, culture);
                return room[..length];
            }
            if (invariant && cell.Kind is not (CellKind.Null or CellKind.Text or CellKind.Json or CellKind.Binary))
            {
                return room[..IsoText.Format(cell, room, ' ')];
            }
        }
        return Of(cell);
    }

    private string Plain(in Cell cell) => cell.Kind switch
    {
        CellKind.Integer => cell.Int64.ToString(culture),
        CellKind.Decimal when !invariant => cell.Decimal.ToString(culture),
        CellKind.Double => cell.Double.ToString(DoubleDigits, culture),
        CellKind.Date when !invariant => cell.DateTime.ToString("d", culture),
        CellKind.DateTime when !invariant => cell.DateTime.ToString("G", culture),
        CellKind.DateTimeOffset when !invariant => cell.DateTimeOffset.DateTime.ToString("G", culture) + cell.DateTimeOffset.ToString(" zzz", culture),
        _ => Iso(cell),
    };

    private static string Iso(in Cell cell)
    {
        Span<char> text = stackalloc char[64];
        return new string(text[..IsoText.Format(cell, text, ' ')]);
    }

    private string Formatted(in Cell cell)
    {
        object? value = cell.Kind switch
        {
            // The library formats doubles only; more digits than they hold are worth more than the format.
            CellKind.Integer when Math.Abs((decimal)cell.Int64) < ExactDouble => (double)cell.Int64,
            CellKind.Decimal when Math.Abs(cell.Decimal) < ExactDouble => (double)cell.Decimal,
            CellKind.Double when double.IsFinite(cell.Double) => cell.Double,
            CellKind.Date or CellKind.DateTime => cell.DateTime,
            CellKind.DateTimeOffset => cell.DateTimeOffset.DateTime,
            CellKind.Time => cell.Time,
            _ => null,
        };
        try
        {
            return value is null || (value is double and (< 0 or >= MostDays) && format!.IsDateTimeFormat) ? Plain(cell) : format!.Format(value, culture);
        }
        catch (Exception failure) when (failure is FormatException or ArithmeticException or ArgumentException)
        {
            // A number under a date format, zero under a scientific one and the like: the value is worth more than its dress.
            return Plain(cell);
        }
    }
}
