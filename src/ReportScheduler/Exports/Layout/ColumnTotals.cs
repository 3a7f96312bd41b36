using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>The totals of a dataset's columns, kept while its rows pass.</summary>
/// <param name="columns">The shown columns.</param>
/// <param name="words">The words of the lines.</param>
/// <param name="areGrand">Whether there are totals of groups above them.</param>
internal sealed class ColumnTotals(IReadOnlyList<LaidOutColumn> columns, ReportWords words, bool areGrand = false)
{
    private readonly ColumnAggregate?[] totals = [
        .. columns.Select(column => column.Total == ColumnTotal.None ? null : new ColumnAggregate(column.Column, column.Total))];

    /// <summary>Whether any column asks for a total.</summary>
    public bool Any => Lines.Count > 0;

    /// <summary>The lines below the rows.</summary>
    public IReadOnlyList<TotalLine> Lines { get; } = TotalLine.Of(columns, words, areGrand);

    public void Add(RowBatch rows)
    {
        if (!Any)
        {
            return;
        }

        for (var i = 0; i < totals.Length; i++)
        {
            if (totals[i] is { } total)
            {
                var index = columns[i].Column.Index;
                for (var row = 0; row < rows.Count; row++)
                {
                    total.Add(rows[row][index]);
                }
            }
        }
    }

    /// <summary>A total: null when the line shows none of the column, or there was nothing to add.</summary>
    /// <param name="line">One of <see cref="Lines"/>.</param>
    /// <param name="column">Its place among the shown columns, from 0.</param>
    public Cell Of(TotalLine line, int column) => line.Kinds[column] == ColumnTotal.None
        ? default
        : columns[column].Column.KnownTotal ?? totals[column]?.Shown(line.Kinds[column]) ?? default;

    /// <summary>Where the label of a line stands: in a column that shows nothing in it; -1 for nowhere.</summary>
    public int LabelPlace(TotalLine line) =>
        line.LabelPlace < 0 && totals.Length > 0 && Of(line, 0).Kind == CellKind.Null ? 0 : line.LabelPlace;
}
