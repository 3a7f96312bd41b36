using System.Globalization;
using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>Gives worksheets, tables and columns names that Excel takes, each once.</summary>
internal sealed class SheetNames
{
    private const int SheetLimit = 31;
    private const int HeaderLimit = 255;

    private readonly HashSet<string> sheets = new(StringComparer.OrdinalIgnoreCase) { "History" };
    private readonly HashSet<string> tables = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A tab's name: at most 31 characters, none of []:*?/\ in it, no apostrophe at its ends.</summary>
    public string Sheet(string dataset)
    {
        var safe = Replaced(dataset, '_', c => !"[]:*?/\\".Contains(c, StringComparison.Ordinal) && !char.IsControl(c)).Trim('\'', ' ');
        return Unique(safe.Length == 0 ? "Sheet" : safe, sheets, SheetLimit, number => $" ({number})");
    }

    /// <summary>A table's name: letters, digits, dots and low lines, not like a cell.</summary>
    public string Table(string dataset)
    {
        var safe = Replaced(dataset, '_', c => char.IsLetterOrDigit(c) || c == '.');
        // T1, R1C1 and the like are cells; a digit may not come first.
        safe = safe.Length == 0 || !char.IsLetter(safe[0]) || safe.Length < 12 ? "T_" + safe : safe;
        return Unique(safe, tables, 200, number => $"_{number}");
    }

    /// <summary>Headers as cells and as the table's column names at once: Excel repairs a workbook in which the two differ.</summary>
    public static IReadOnlyList<string> Headers(IEnumerable<string> headers)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. headers.Select((header, index) =>
        {
            var line = Replaced(header.ReplaceLineEndings(" "), ' ', c => !char.IsControl(c)).Trim();
            return Unique(line.Length == 0 ? $"Column{index + 1}" : line, taken, HeaderLimit, number => $" {number}");
        })];
    }

    private static string Replaced(string text, char other, Func<char, bool> isKept)
    {
        var letters = text.ToCharArray();
        for (var place = 0; place < letters.Length; place++)
        {
            letters[place] = isKept(letters[place]) ? letters[place] : other;
        }

        return new string(letters);
    }

    private static string Unique(string name, HashSet<string> taken, int limit, Func<string, string> suffix)
    {
        var unique = Cut(name, limit);
        for (var number = 2; !taken.Add(unique); number++)
        {
            var end = suffix(number.ToString(CultureInfo.InvariantCulture));
            unique = Cut(name, limit - end.Length) + end;
        }

        return unique;
    }

    private static string Cut(string name, int limit)
    {
        if (name.Length <= limit)
        {
            return name;
        }

        var cut = new StringBuilder(name, 0, char.IsHighSurrogate(name[limit - 1]) ? limit - 1 : limit, limit);
        return cut.ToString().TrimEnd(' ', '\'');
    }
}
