using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

/// <summary>The rules of all columns that colour whole rows. Of several that a row meets the one of the first column
/// counts, and a colour of a cell's own lies on it.</summary>
internal sealed class RowHighlight
{
    private readonly (int Index, ColumnHighlight Highlight)[] columns;

    private RowHighlight((int Index, ColumnHighlight Highlight)[] columns) => this.columns = columns;

    /// <summary>The rules of some columns; null where none colours rows.</summary>
    /// <param name="columns">The place of each in the rows of the source, and its rules.</param>
    public static RowHighlight? Of(IEnumerable<(int Index, ColumnHighlight? Highlight)> columns)
    {
        (int Index, ColumnHighlight Highlight)[] marking =
            [.. columns.Where(column => column.Highlight is { MarksRows: true }).Select(column => (column.Index, column.Highlight!))];
        return marking.Length == 0 ? null : new RowHighlight(marking);
    }

    /// <summary>The colour of a row; null for none.</summary>
    public int? Fill(ReadOnlySpan<Cell> row)
    {
        foreach (var (index, highlight) in columns)
        {
            if (highlight.RowFill(row[index]) is { } fill)
            {
                return fill;
            }
        }

        return null;
    }
}
