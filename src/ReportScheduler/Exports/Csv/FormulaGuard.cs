using System.Buffers;
using System.Globalization;
using System.Text;

namespace ReportScheduler.Exports.Csv;

/// <summary>Keeps spreadsheets from running text of a CSV file as a formula (OWASP,
/// CSV Injection): an apostrophe goes in front of it.</summary>
/// <remarks>
/// Who opens a file may split it at another character than it was written with, so a formula may begin behind each that separates for some:
/// comma, semicolon, tab, vertical bar, the task's own, and every control character. Control characters, spaces and quotes before a formula
/// are dropped by some and do not hide it.
/// What a spreadsheet reads as a number, and a sign alone, stay; so does the last number of a list in brackets, <c>[1,2,-3]</c>, which no
/// reader takes for a formula.
/// </remarks>
internal sealed class FormulaGuard(char delimiter, CultureInfo culture)
{
    // The full-width ones are those of Japanese Excel.
    private static readonly SearchValues<char> Starts = SearchValues.Create("=+-@\uFF1D\uFF0B\uFF0D\uFF20");

    private readonly SearchValues<char> separators = SearchValues.Create(
        [',', ';', '|', delimiter, '\u2028', '\u2029',
            .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code)]);

    /// <summary>Whether a text must stand in quotes, because some reader would split it.</summary>
    public bool MustQuote(string text) => text.AsSpan().ContainsAny(separators);

    /// <summary>The text with an apostrophe before each formula.</summary>
    public string Guarded(string text)
    {
        if (!text.AsSpan().ContainsAny(Starts))
        {
            return text;
        }

        StringBuilder? guarded = null;
        for (int from = 0, copied = 0; ;)
        {
            var length = text.AsSpan(from).IndexOfAny(separators);
            if (IsFormula(length < 0 ? text.AsSpan(from) : text.AsSpan(from, length), isFirst: from == 0))
            {
                (guarded ??= new StringBuilder(text.Length + 1)).Append(text, copied, from - copied).Append('\'');
                copied = from;
            }

            if (length < 0)
            {
                return guarded is null ? text : guarded.Append(text, copied, text.Length - copied).ToString();
            }

            from += length + 1;
        }
    }

    private bool IsFormula(ReadOnlySpan<char> part, bool isFirst)
    {
        part = Bare(part, isFirst);
        return part.Length > 0 && Starts.Contains(part[0]) && !(part.TrimEnd().Length == 1 && part[0] is '-' or '+') && !IsNumber(part);
    }

    // A quote at the beginning of the field is part of it for every reader; further on it may begin another field.
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> part, bool isFirst)
    {
        var at = 0;
        while (at < part.Length && (char.IsWhiteSpace(part[at]) || (part[at] == '"' && !isFirst)
            || char.GetUnicodeCategory(part[at]) == UnicodeCategory.Format))
        {
            at++;
        }

        return part[at..];
    }

    // A spreadsheet reads -5, +1,234.50 and -3% as numbers, not as formulas.
    private bool IsNumber(ReadOnlySpan<char> part)
    {
        part = part.TrimEnd();
        var inner = part.TrimEnd("]}) ");
        if (inner.Length < part.Length && double.TryParse(inner, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return true;
        }

        part = part.EndsWith("%", StringComparison.Ordinal) ? part[..^1] : part;
        return double.TryParse(part, NumberStyles.Float | NumberStyles.AllowThousands, culture, out _);
    }
}
