namespace ReportScheduler.Exports.Excel;

/// <summary>A finished worksheet, as the rest of the workbook must name it.</summary>
/// <param name="Name">Its tab.</param>
/// <param name="Table">Its table; null when no column is shown.</param>
/// <param name="HeaderRow">The row of the headers, from 1.</param>
/// <param name="Rows">How many rows of data.</param>
/// <param name="IsGrouped">Whether there are heads and totals of groups between the rows.</param>
/// <param name="PagesWide">How many pages of paper stand side by side.</param>
/// <param name="Number">The number of its part in the workbook, from 1.</param>
internal sealed record ExcelSheet(string Name, string? Table, int HeaderRow, long Rows, bool IsGrouped, int PagesWide, int Number)
{
    /// <summary>How many blocks of numbers the boxes of its notes take; 0 for no notes.</summary>
    public int NoteBlocks { get; init; }

    /// <summary>Whether it has the rows that a matrix is made of, and stands behind it.</summary>
    public bool IsSource { get; init; }
}
