using System.Globalization;
using System.Numerics;

namespace ReportScheduler.Rows;

/// <summary>Numbers that a database has with more digits than any type here, and that come as their text.</summary>
internal static class LongNumber
{
    private const NumberStyles Digits = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>Whether a text in a column of this kind may be such a number: with doubles in the same column it is one of those.</summary>
    public static bool MayBeIn(ColumnKind kind) => kind is ColumnKind.Decimal or ColumnKind.Double;

    /// <summary>The number with as many digits behind the point as a decimal has room for.</summary>
    /// <returns>False when it is no number, or its whole part is too long.</returns>
    public static bool TryRead(string text, out decimal number) => decimal.TryParse(text, Digits, CultureInfo.InvariantCulture, out number);

    /// <summary>All digits of the number, and how many of them stand behind the point.</summary>
    /// <returns>False when it is no number.</returns>
    public static bool TryReadAll(string text, out BigInteger digits, out int scale)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        scale = point < 0 ? 0 : text.Length - point - 1;
        return BigInteger.TryParse(point < 0 ? text : text.Remove(point, 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out digits);
    }

    /// <summary>Whether the text is nothing but a number, however long.</summary>
    public static bool IsNumber(string text) => text.Any(char.IsAsciiDigit)
        && double.TryParse(text, Digits, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
}
