namespace ReportScheduler.Rows;

/// <summary>A place among the rows of a batch where a group of rows begins or ends.</summary>
/// <param name="Row">The row in front of which it stands; the number of rows for one behind the last.</param>
/// <param name="Level">Which of the columns that the rows are grouped by: 0 for the outermost.</param>
/// <param name="Key">The value that the rows of the group have in that column.</param>
/// <param name="Totals">What the rows of the group come to, where it ends; null where it begins.</param>
internal sealed record GroupMark(int Row, int Level, Cell Key, GroupTotals? Totals)
{
    public bool IsEnd => Totals is not null;
}
