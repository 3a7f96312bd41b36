using System.Globalization;
using System.Text.RegularExpressions;

namespace ReportScheduler.Exports.Excel;

/// <summary>Moves what refers to the end of a template's table: ranges that end at its last row or at its totals, and cells of its totals.</summary>
internal sealed partial class TableGrowth(string sheet, int left, int right, int headerRow, int oldBottom, int newBottom, bool hasTotals)
{
    /// <summary>A formula of a cell, a rule, a chart or a name. What stands in a text of it or in another workbook stays.</summary>
    /// <param name="formula">The formula without its equals sign.</param>
    /// <param name="isOnSheet">It stands on the table's sheet, so that ranges without a sheet mean the table too.</param>
    /// <param name="ofChart">It is what a chart draws: the one cell of a column of one row is the column too.</param>
    public string Formula(string formula, bool isOnSheet = false, bool ofChart = false) => Reference().Replace(formula, match =>
        match.Groups["range"] is { Success: true } range && (match.Groups["sheet"] is { Success: true } name ? IsSheet(name.Value) : isOnSheet)
            ? match.Value[..(range.Index - match.Index)] + Range(range.Value, ofChart)
            : match.Value);

    /// <summary>The formula of a computing column, as it stands in the first row, for another row: what has no dollar sign moves along.</summary>
    public static string InRow(string formula, int down) => Reference().Replace(formula, match =>
        match.Groups["range"] is { Success: true } range
            ? match.Value[..(range.Index - match.Index)] + RelativeRow().Replace(range.Value, row => $"{int.Parse(row.ValueSpan, CultureInfo.InvariantCulture) + down}")
            : match.Value);

    /// <summary>A formula in which fixed ranges over whole columns of the table, and fixed cells of its totals, are written by name, which needs no number of rows.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="column">The name of the column at a place on the sheet.</param>
    public string WithNames(string formula, string table, Func<int, string> column) => Reference().Replace(formula, match =>
    {
        var ends = match.Groups["range"].Value.Split(':');
        if (!ends.All(end => end.LastIndexOf('$') > 0) || (match.Groups["sheet"] is { Success: true } name && !IsSheet(name.Value)))
        {
            return match.Value;
        }
        var from = CellReference.Parse(ends[0]);
        var to = CellReference.Parse(ends[^1]);
        if (from.Column < left || to.Column > right)
        {
            return match.Value;
        }
        if (ends.Length == 1)
        {
            return hasTotals && to.Row == oldBottom + 1 ? $"{table}[[#Totals],[{column(to.Column)}]]" : match.Value;
        }
        return from.Row != headerRow + 1 || to.Row != oldBottom ? match.Value
            : from.Column == to.Column ? $"{table}[{column(to.Column)}]" : $"{table}[[{column(from.Column)}]:[{column(to.Column)}]]";
    });

    /// <summary>Ranges of the table's sheet with spaces between them, that a rule or a list is for.</summary>
    public string Ranges(string ranges) => string.Join(' ', ranges.Split(' ').Select(range => Range(range, cellIsColumn: true)));

    private bool IsSheet(string name) =>
        (name[0] == '\'' ? name[1..^1].Replace("''", "'", StringComparison.Ordinal) : name).Equals(sheet, StringComparison.OrdinalIgnoreCase);

    private string Range(string range, bool cellIsColumn)
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
        var isColumn = ends.Length == 2 || (cellIsColumn && oldBottom == headerRow + 1 && newBottom > oldBottom);
        return isColumn && to.Row == oldBottom ? $"{ends[0]}:{EndAt(ends[^1], newBottom)}" : range;
    }

    private static string EndAt(string cell, int row) => LastRow().Replace(cell, $"{row}");

    // Texts and what stands in brackets (columns of tables, other workbooks) are passed over.
    [GeneratedRegex(@"""(?:[^""]|"""")*""|\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\]|(?<![\w.$!:\]])(?:(?<sheet>'(?:[^']|'')+'|[\w.]+)!)?(?<range>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)(?![\w.(!])")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<=[A-Za-z])\d+")]
    private static partial Regex RelativeRow();

    [GeneratedRegex(@"\d+$")]
    private static partial Regex LastRow();
}
