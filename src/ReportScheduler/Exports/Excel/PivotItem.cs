using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>One value of a column of a pivot table.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As the workbook holds it.</param>
/// <param name="Cell">The value.</param>
internal readonly record struct PivotItem(PivotItemKind Kind, string Text, Cell Cell)
{
    public string Key => $"{(int)Kind}{Text}";

    /// <summary>By size, as in the matrix.</summary>
    public static int Compare(PivotItem left, PivotItem right) => CellOrder.Ordinal.Compare(left.Cell, right.Cell);
}
