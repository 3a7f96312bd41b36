using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>Where a table of a template stands before it gets its rows.</summary>
/// <param name="Sheet">The name of its sheet.</param>
/// <param name="Name">Its name in formulas.</param>
/// <param name="Left">Its first column.</param>
/// <param name="Right">Its last column.</param>
/// <param name="HeaderRow">The row of its header.</param>
/// <param name="Bottom">Its last row, without the totals.</param>
/// <param name="HasTotals">Whether a row of totals follows.</param>
/// <param name="Columns">The names of its columns.</param>
internal sealed record TableShape(string Sheet, string Name, int Left, int Right, int HeaderRow, int Bottom, bool HasTotals, IReadOnlyList<string> Columns)
{
    public static TableShape Of(string sheet, XElement table)
    {
        var ends = ((string)table.Attribute("ref")!).Split(':');
        var (left, headerRow) = CellReference.Parse(ends[0]);
        var (right, bottom) = CellReference.Parse(ends[^1]);
        var hasTotals = (int?)table.Attribute("totalsRowCount") is > 0;
        var columns = table.Element(TemplateBook.Main + "tableColumns")!.Elements(TemplateBook.Main + "tableColumn").Select(column => (string)column.Attribute("name")!);
        return new TableShape(sheet, NameOf(table), left, right, headerRow, hasTotals ? bottom - 1 : bottom, hasTotals, [.. columns]);
    }

    public static string NameOf(XElement table) => (string?)table.Attribute("displayName") ?? (string?)table.Attribute("name") ?? "";

    /// <summary>Whether a cell is in the columns of the table and below its header, so that rows may come there.</summary>
    public bool IsInTheWay((int Column, int Row) cell) => cell.Row > HeaderRow && cell.Column >= Left && cell.Column <= Right;

    public TableGrowth To(int newBottom) => new(this, newBottom);
}
