using System.Globalization;
using System.Text.RegularExpressions;

namespace ReportScheduler.Exports.Excel;

/// <summary>Moves what refers to the end of a template's table: ranges that end at its
/// last row or at its totals, and cells of its totals.</summary>
/// <param name="shape">The table as it was.</param>
/// <param name="newBottom">Its last row now, without the totals.</param>
internal sealed partial class TableGrowth(TableShape shape, int newBottom)
{
    public TableShape Shape => shape;

    /// <summary>A formula of a cell, a rule, a chart or a name. What stands in a text of it or in another workbook stays.</summary>
    /// <param name="formula">The formula without its equals sign.</param>
    /// <param name="isOnSheet">It stands on the table's sheet, so that ranges without a sheet mean the table too.</param>
    /// <param name="ofChart">It is what a chart draws: the one cell of a column of one row is the column too.</param>
    public string Formula(string formula, bool isOnSheet = false, bool ofChart = false) =>
        Each(formula, isOnSheet, (range, whole, before) => before + Range(range, ofChart));

    /// <summary>What is printed of the table's sheet: an area that takes in the table takes in its new rows.</summary>
    public string PrintArea(string areas) => Each(areas, isOnSheet: false, (range, whole, before) =>
    {
        var ends = range.Split(':');
        var from = CellReference.Parse(ends[0]);
        var to = CellReference.Parse(ends[^1]);
        var moved = newBottom - shape.Bottom;
        return ends.Length == 2 && from.Row <= shape.HeaderRow && to.Row >= shape.Bottom && from.Column <= shape.Right
            && to.Column >= shape.Left && moved > 0
            ? $"{before}{ends[0]}:{EndAt(ends[1], Math.Min(to.Row + moved, CellReference.MaxRows))}"
            : whole;
    });

    /// <summary>The formula of a computing column, as it stands in the first row, for
    /// another row: what has no dollar sign moves along.</summary>
    public static string InRow(string formula, int down) => Reference().Replace(formula, match =>
        match.Groups["range"] is { Success: true } range
            ? match.Value[..(range.Index - match.Index)]
                + RelativeRow().Replace(range.Value, row => $"{int.Parse(row.ValueSpan, CultureInfo.InvariantCulture) + down}")
            : match.Value);

    /// <summary>A formula in which fixed ranges over whole columns of the table, and fixed cells of
    /// its totals, are written by name, which needs no number of rows.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="isOnSheet">It stands on the table's sheet.</param>
    public string WithNames(string formula, bool isOnSheet) => Each(formula, isOnSheet, (range, whole, _) =>
    {
        var ends = range.Split(':');
        var from = CellReference.Parse(ends[0]);
        var to = CellReference.Parse(ends[^1]);
        if (!ends.All(end => end.LastIndexOf('$') > 0) || from.Column < shape.Left || to.Column > shape.Right)
        {
            return whole;
        }

        string Column(int column) => TotalFormula.Quoted(shape.Columns[column - shape.Left]);
        if (ends.Length == 1)
        {
            return shape.HasTotals && to.Row == shape.Bottom + 1 ? $"{shape.Name}[[#Totals],[{Column(to.Column)}]]" : whole;
        }

        return from.Row != shape.HeaderRow + 1 || to.Row != shape.Bottom ? whole
            : from.Column == to.Column
            ? $"{shape.Name}[{Column(to.Column)}]"
            : $"{shape.Name}[[{Column(from.Column)}]:[{Column(to.Column)}]]";
    });

    /// <summary>Ranges of the table's sheet with spaces between them, that a rule or a list is for.</summary>
    public string Ranges(string ranges) => string.Join(' ', ranges.Split(' ').Select(range => Range(range, cellIsColumn: true)));

    private string Each(string formula, bool isOnSheet, Func<string, string, string, string> change) =>
        Reference().Replace(formula, match =>
        match.Groups["range"] is { Success: true } range
            && (match.Groups["sheet"] is { Success: true } name ? IsSheet(name.Value) : isOnSheet)
            ? change(range.Value, match.Value, match.Value[..(range.Index - match.Index)])
            : match.Value);

    private bool IsSheet(string name) =>
        (name[0] == '\'' ? name[1..^1].Replace("''", "'", StringComparison.Ordinal) : name).Equals(shape.Sheet,
            StringComparison.OrdinalIgnoreCase);

    private string Range(string range, bool cellIsColumn)
    {
        var ends = range.Split(':');
        var from = CellReference.Parse(ends[0]);
        var to = CellReference.Parse(ends[^1]);
        if (from.Row < shape.HeaderRow || from.Column < shape.Left || to.Column > shape.Right)
        {
            return range;
        }

        if (shape.HasTotals && to.Row == shape.Bottom + 1)
        {
            return ends.Length == 1 || from.Row == to.Row
                ? string.Join(':', ends.Select(end => EndAt(end, newBottom + 1)))
                : $"{ends[0]}:{EndAt(ends[1], newBottom + 1)}";
        }

        var isColumn = ends.Length == 2 || (cellIsColumn && shape.Bottom == shape.HeaderRow + 1 && newBottom > shape.Bottom);
        return isColumn && to.Row == shape.Bottom ? $"{ends[0]}:{EndAt(ends[^1], newBottom)}" : range;
    }

    private static string EndAt(string cell, int row) => LastRow().Replace(cell, $"{row}");

    // Texts and what stands in brackets (columns of tables, other workbooks) are passed over.
    [GeneratedRegex(
        @"""(?:[^""]|"""")*""|\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\]|(?<![\w.$!:\]])(?:(?<sheet>'(?:[^']|'')+'|[\w.]+)!)?(?<range>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)(?![\w.(!])")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<=[A-Za-z])\d+")]
    private static partial Regex RelativeRow();

    [GeneratedRegex(@"\d+$")]
    private static partial Regex LastRow();
}
