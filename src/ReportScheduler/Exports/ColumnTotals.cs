namespace ReportScheduler.Exports;

/// <summary>The totals of a dataset's columns, kept while its rows pass.</summary>
internal sealed class ColumnTotals(IReadOnlyList<LaidOutColumn> columns)
{
    /// <summary>What stands in the first column, where it has no total of its own.</summary>
    public const string Label = "Total";

    private readonly RunningTotal[] totals = [.. columns.Select(_ => new RunningTotal())];

    /// <summary>Whether any column asks for a total.</summary>
    public bool Any { get; } = columns.Any(column => column.Total != ColumnTotal.None);

    public void Add(RowBatch rows)
    {
        for (var i = 0; Any && i < totals.Length; i++)
        {
            if (columns[i].Total != ColumnTotal.None)
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    totals[i].Add(rows[row][columns[i].Column.Index]);
                }
            }
        }
    }

    /// <summary>The total of a column: null when it asks for none, or there was nothing to add.</summary>
    /// <param name="column">Its place among the shown columns, from 0.</param>
    public Cell Of(int column) => columns[column].Total switch
    {
        ColumnTotal.Sum => totals[column].Sum(),
        ColumnTotal.Average => totals[column].Average(),
        ColumnTotal.Count => totals[column].Count(),
        _ => default,
    };
}
