using System.Globalization;
using System.Text;

namespace ReportScheduler.Exports;

/// <summary>Names that Excel takes.</summary>
/// <remarks>Sheets: at most 31 characters, none of : \ / ? * [ ], no apostrophe at the ends, unique without regard to case, not "History". Tables: ECMA-376 18.5.1.2.</remarks>
internal static class ExcelNames
{
    private const int LongestSheet = 31;

    public static string Sheet(string dataset, IReadOnlyCollection<string> taken)
    {
        var name = new string([.. dataset.Select(letter => letter is ':' or '\\' or '/' or '?' or '*' or '[' or ']' || char.IsControl(letter) ? '_' : letter)]).Trim().Trim('\'');
        name = name.Length == 0 ? "Sheet" : name.Equals("History", StringComparison.OrdinalIgnoreCase) ? "History_" : name;
        var sheet = Cut(name, LongestSheet);
        for (var number = 2; taken.Contains(sheet, StringComparer.OrdinalIgnoreCase); number++)
        {
            var suffix = $" ({number.ToString(CultureInfo.InvariantCulture)})";
            sheet = Cut(name, LongestSheet - suffix.Length) + suffix;
        }

        return sheet;
    }

    /// <summary>A table name that no cell address and no other table has.</summary>
    public static string Table(string dataset, int number)
    {
        var name = new StringBuilder("Table_");
        foreach (var letter in Cut(dataset, 200))
        {
            name.Append(char.IsLetterOrDigit(letter) ? letter : '_');
        }

        return name.Append('_').Append(number).ToString();
    }

    /// <summary>The letters of a column, counted from 0.</summary>
    public static string Column(int index)
    {
        var letters = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }

    /// <summary>Header texts as a table needs them: not empty, unique without regard to case, on what a cell holds.</summary>
    public static IReadOnlyList<string> Headers(IEnumerable<string> headers)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var unique = new List<string>();
        foreach (var header in headers)
        {
            var stem = Cut(string.IsNullOrWhiteSpace(header) ? "Column" : header, 250);
            var name = stem;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = $"{stem}_{number.ToString(CultureInfo.InvariantCulture)}";
            }

            unique.Add(name);
        }

        return unique;
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
