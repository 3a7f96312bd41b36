using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>Where a table of a template stands before it gets its rows.</summary>
/// <param name="Sheet">The name of its sheet.</param>
/// <param name="Name">Its name in formulas.</param>
/// <param name="Left">Its first column.</param>
/// <param name="Right">Its last column.</param>
/// <param name="HeaderRow">The row of its header; the row above it, be it row 0, where it has none.</param>
/// <param name="Bottom">Its last row, without the totals.</param>
/// <param name="HasTotals">Whether a row of totals follows.</param>
/// <param name="HasHeader">Whether it has a header.</param>
/// <param name="Columns">The names of its columns.</param>
internal sealed record TableShape(string Sheet, string Name, int Left, int Right, int HeaderRow, int Bottom, bool HasTotals, bool HasHeader,
    IReadOnlyList<string> Columns)
{
    public static TableShape Of(string sheet, XElement table)
    {
        var ends = ((string)table.Attribute("ref")!).Split(':');
        var (left, top) = CellReference.Parse(ends[0]);
        var (right, bottom) = CellReference.Parse(ends[^1]);
        var hasTotals = (int?)table.Attribute("totalsRowCount") is > 0;
        var columns = table.Element(table.Name.Namespace + "tableColumns")!.Elements(table.Name.Namespace + "tableColumn")
            .Select(ColumnName);
        var hasHeader = (int?)table.Attribute("headerRowCount") is not 0;
        return new TableShape(sheet, NameOf(table), left, right, hasHeader ? top : top - 1, hasTotals ? bottom - 1 : bottom, hasTotals,
            hasHeader, [.. columns]);
    }

    public static string NameOf(XElement table) => (string?)table.Attribute("displayName") ?? (string?)table.Attribute("name") ?? "";

    /// <summary>The name of a column; a line end in it stands as _x000a_ in the file.</summary>
    public static string ColumnName(XElement column) => ExcelText.Unescape((string)column.Attribute("name")!);

    /// <summary>The first row of its range.</summary>
    public int Top => HasHeader ? HeaderRow : HeaderRow + 1;

    /// <summary>Whether a cell is in the columns of the table and below its header, so that rows may come there.</summary>
    public bool IsInTheWay((int Column, int Row) cell) => cell.Row > HeaderRow && cell.Column >= Left && cell.Column <= Right;
}
