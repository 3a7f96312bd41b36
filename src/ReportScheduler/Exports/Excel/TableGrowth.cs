using System.Text.RegularExpressions;

namespace ReportScheduler.Exports.Excel;

/// <summary>Moves what refers to the end of a template's table: ranges that end at its last row or at its totals, and cells of its totals.</summary>
internal sealed partial class TableGrowth(string sheet, int left, int right, int headerRow, int oldBottom, int newBottom, bool hasTotals)
{
    /// <summary>A formula of a cell, a rule, a chart or a name. What stands in a text of it or in another workbook stays.</summary>
    /// <param name="formula">The formula without its equals sign.</param>
    /// <param name="isOnSheet">It stands on the table's sheet, so that ranges without a sheet mean the table too.</param>
    public string Formula(string formula, bool isOnSheet = false) => Reference().Replace(formula, match =>
        match.Groups["range"] is { Success: true } range && (match.Groups["sheet"] is { Success: true } name ? IsSheet(name.Value) : isOnSheet)
            ? match.Value[..(range.Index - match.Index)] + Range(range.Value)
            : match.Value);

    /// <summary>Ranges of the table's sheet with spaces between them.</summary>
    public string Ranges(string ranges) => string.Join(' ', ranges.Split(' ').Select(Range));

    private bool IsSheet(string name) =>
        (name[0] == '\'' ? name[1..^1].Replace("''", "'", StringComparison.Ordinal) : name).Equals(sheet, StringComparison.OrdinalIgnoreCase);

    private string Range(string range)
    {
        var ends = range.Split(':');
        var from = CellReference.Parse(ends[0]);
        var to = CellReference.Parse(ends[^1]);
        if (from.Row < headerRow || from.Column < left || to.Column > right)
        {
            return range;
        }
        if (hasTotals && to.Row == oldBottom + 1)
        {
            return ends.Length == 1 || from.Row == to.Row
                ? string.Join(':', ends.Select(end => EndAt(end, newBottom + 1)))
                : $"{ends[0]}:{EndAt(ends[1], newBottom + 1)}";
        }
        return ends.Length == 2 && to.Row == oldBottom ? $"{ends[0]}:{EndAt(ends[1], newBottom)}" : range;
    }

    private static string EndAt(string cell, int row) => LastRow().Replace(cell, $"{row}");

    // Texts and what stands in brackets (columns of tables, other workbooks) are passed over.
    [GeneratedRegex(@"""(?:[^""]|"""")*""|\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\]|(?<![\w.$!:\]])(?:(?<sheet>'(?:[^']|'')+'|[\w.]+)!)?(?<range>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)(?![\w.(!])")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\d+$")]
    private static partial Regex LastRow();
}
