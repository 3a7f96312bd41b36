using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Preview;

/// <summary>How the first rows of a dataset stand out: all rows are looked at, because a rule may compare them.</summary>
internal sealed class PreviewLooks(ReportTask task, string dataset, IReadOnlyList<LaidOutColumn> columns)
{
    private readonly ColumnHighlight?[] highlights = [.. columns.Select(column => ColumnHighlight.Of(task, dataset, column.Column))];
    private readonly List<HighlightMark[]> marks = [];
    private readonly List<int?> fills = [];
    private RowHighlight? rows;

    private bool Any => Array.Exists(highlights, highlight => highlight is not null);

    /// <summary>The looks of the first rows; empty without a rule.</summary>
    public IReadOnlyList<HighlightLook[]> Looks => !Any ? []
        : [.. marks.Select((row, line) => row.Select((mark, column) => OnRow(highlights[column]?.Of(mark) ?? default, line)).ToArray())];

    private HighlightLook OnRow(HighlightLook look, int line) => look with { Fill = look.Fill ?? fills[line] };

    /// <param name="batch">The rows.</param>
    /// <param name="room">How many of them are among the first.</param>
    public void Take(RowBatch batch, int room)
    {
        rows ??= RowHighlight.Of(columns.Select((column, place) => (column.Column.Index, highlights[place])));
        for (var row = 0; Any && row < batch.Count; row++)
        {
            var seen = row < room ? new HighlightMark[columns.Count] : null;
            for (var column = 0; column < columns.Count; column++)
            {
                if (highlights[column] is { } highlight && (seen is not null || highlight.NeedsRange))
                {
                    var mark = highlight.See(batch[row][columns[column].Column.Index]);
                    if (seen is not null)
                    {
                        seen[column] = mark;
                    }
                }
            }

            if (seen is not null)
            {
                marks.Add(seen);
                fills.Add(rows?.Fill(batch[row]));
            }
        }
    }
}
