using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

/// <summary>The totals of a dataset's columns, kept while its rows pass.</summary>
internal sealed class ColumnTotals(IReadOnlyList<LaidOutColumn> columns)
{
    private readonly RunningTotal[] totals = [.. columns.Select(_ => new RunningTotal())];

    /// <summary>Whether any column asks for a total.</summary>
    public bool Any => Label is not null;

    /// <summary>What stands in the first column, where it has no total of its own; null when no column asks for one.</summary>
    public string? Label { get; } = LabelOf(columns);

    /// <inheritdoc cref="Label"/>
    public static string? LabelOf(IReadOnlyList<LaidOutColumn> columns)
    {
        var words = columns.Select(column => column.Total).Where(total => total != ColumnTotal.None).Distinct().Select(total => total == ColumnTotal.Sum ? "total" : total.ToString().ToLowerInvariant()).ToList();
        return words.Count == 0 ? null : char.ToUpperInvariant(words[0][0]) + string.Join(", ", words)[1..];
    }

    public void Add(RowBatch rows)
    {
        for (var i = 0; Any && i < totals.Length; i++)
        {
            if (columns[i].Total != ColumnTotal.None)
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    totals[i].Add(rows[row][columns[i].Column.Index], columns[i].Column.Kind);
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
