using System.Globalization;
using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>The formula of a total over ranges of cells; rows that a filter hides do not count.</summary>
internal static class TotalFormula
{
    // A number of this much more leaves out rows that are hidden in whatever way.
    private const int VisibleOnly = 100;

    /// <param name="total">The total.</param>
    /// <param name="ranges">The cells, in one range or several.</param>
    /// <param name="areOutlined">Whether the rows can be folded away, and count all the same.</param>
    public static string Of(ExcelTotal total, IReadOnlyList<string> ranges, bool areOutlined = false)
    {
        var offset = areOutlined ? 0 : VisibleOnly;
        return total switch
        {
            { IsFixed: true, Text: { } text } => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            { IsFixed: true, Value: { } value } => value.ToString("R", CultureInfo.InvariantCulture),
            { Kind: ColumnTotal.Sum } => Each(9 + offset, ranges, '+'),
            { Kind: ColumnTotal.Count, CountsNumbers: true } => Each(2 + offset, ranges, '+'),
            { Kind: ColumnTotal.Count } => Each(3 + offset, ranges, '+'),
            { Kind: ColumnTotal.Minimum } => Outermost("MIN", 5 + offset, ranges),
            { Kind: ColumnTotal.Maximum } => Outermost("MAX", 4 + offset, ranges),
            // No rows, or all of them filtered away, have no average.
            _ when ranges.Count == 1 => $"IFERROR({Each(1 + offset, ranges, '+')},\"\")",
            _ => $"IFERROR(({Each(9 + offset, ranges, '+')})/({Each(2 + offset, ranges, '+')}),\"\")",
        };
    }

    /// <summary>The formula of a total of a group. Those of the groups around it leave it out, as they do every cell with a
    /// SUBTOTAL, so one that no formula computes has such a function too.</summary>
    /// <param name="total">The total.</param>
    /// <param name="range">Cells of the group.</param>
    public static string OfGroup(ExcelTotal total, string range)
    {
        var formula = Of(total, [range], areOutlined: true);
        return total.IsFixed ? $"IF(SUBTOTAL(2,{range})<0,\"\",{formula})" : formula;
    }

    /// <summary>The cells of a column in the tables.</summary>
    public static IReadOnlyList<string> Ranges(IEnumerable<string> tables, string header) =>
        [.. tables.Select(table => $"{table}[{Quoted(header)}]")];

    private static string Outermost(string function, int number, IReadOnlyList<string> ranges) =>
        ranges.Count == 1 ? Each(number, ranges, ',') : $"{function}({Each(number, ranges, ',')})";

    private static string Each(int function, IReadOnlyList<string> ranges, char between) =>
        string.Join(between, ranges.Select(range => $"SUBTOTAL({function},{range})"));

    /// <summary>The name of a column as it stands in the brackets of a reference: characters
    /// that mean something there take an apostrophe before them.</summary>
    public static string Quoted(string header)
    {
        var quoted = new StringBuilder();
        foreach (var c in header)
        {
            quoted.Append(c is '[' or ']' or '#' or '\'' or '@' ? "'" : "").Append(c);
        }

        return quoted.ToString();
    }
}
