using System.Globalization;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Csv;

/// <summary>Values as the fields of a CSV file in a culture: its marks and its order
/// of day, month and year, and all digits there are.</summary>
/// <remarks>
/// In the invariant culture they are as <see cref="IsoText"/> has them. Spaces that do not break, which .NET's cultures have before AM and
/// PM, are plain ones: no program reads the others as a time.
/// </remarks>
internal sealed class CsvText(CultureInfo culture)
{
    private const string Fraction = "FFFFFFF";

    private readonly bool isInvariant = culture.Equals(CultureInfo.InvariantCulture);
    private readonly string date = PlainSpaces(culture.DateTimeFormat.ShortDatePattern);
    private readonly string dateTime = PlainSpaces($"{culture.DateTimeFormat.ShortDatePattern} {culture.DateTimeFormat.LongTimePattern}");
    private readonly string precise = WithFraction(
        PlainSpaces($"{culture.DateTimeFormat.ShortDatePattern} {culture.DateTimeFormat.LongTimePattern}"),
        culture.NumberFormat.NumberDecimalSeparator);

    /// <summary>The text of a value that is neither null, text nor JSON.</summary>
    /// <param name="cell">The value.</param>
    /// <param name="room">At least 64 characters, where the text may be.</param>
    public ReadOnlySpan<char> Of(in Cell cell, Span<char> room) => cell.Kind switch
    {
        CellKind.Binary => "0x" + Convert.ToHexString(cell.Binary),
        _ when isInvariant => room[..IsoText.Format(cell, room, ' ')],
        CellKind.Integer => cell.Int64.ToString(culture),
        CellKind.Decimal => cell.Decimal.ToString(culture),
        CellKind.Double => cell.Double.ToString("R", culture),
        CellKind.Date => cell.DateTime.ToString(date, culture),
        CellKind.DateTime => Time(cell.DateTime),
        CellKind.DateTimeOffset => Time(cell.DateTimeOffset.DateTime) + cell.DateTimeOffset.ToString(" zzz", culture),
        CellKind.Time => Duration(cell, room),
        _ => room[..IsoText.Format(cell, room, ' ')],
    };

    private ReadOnlySpan<char> Duration(in Cell cell, Span<char> room)
    {
        var text = room[..IsoText.Format(cell, room, ' ')];
        return text.Contains('.')
            ? new string(text).Replace(".", culture.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal)
            : text;
    }

    private static string PlainSpaces(string pattern) => pattern.Replace('\u202F', ' ').Replace('\u00A0', ' ');

    private string Time(DateTime value) => value.ToString(value.Ticks % TimeSpan.TicksPerSecond == 0 ? dateTime : precise, culture);

    // Behind the seconds, which a pattern may hold in '' as letters too.
    private static string WithFraction(string pattern, string mark)
    {
        var isQuoted = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            isQuoted ^= pattern[at] == '\'';
            if (!isQuoted && pattern[at] == 's' && (at + 1 == pattern.Length || pattern[at + 1] != 's'))
            {
                return pattern.Insert(at + 1, $"'{mark}'{Fraction}");
            }
        }

        return pattern;
    }
}
