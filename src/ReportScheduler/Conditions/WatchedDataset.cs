using ReportScheduler.Rows;

namespace ReportScheduler.Conditions;

/// <summary>The figures of one dataset.</summary>
internal sealed class WatchedDataset(string name, IReadOnlyList<SourceColumn> columns)
{
    private readonly List<(int Index, ColumnAggregate Values)> aggregates = [];

    public string Name => name;

    public IReadOnlyList<SourceColumn> Columns => columns;

    public long Rows { get; private set; }

    public SourceColumn? Column(string wanted) =>
        columns.FirstOrDefault(column => column.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));

    /// <summary>Gathers totals of a column, where the dataset has it.</summary>
    public void Add(string wanted, ColumnTotal totals)
    {
        if (Column(wanted) is { } column)
        {
            aggregates.Add((column.Index, new ColumnAggregate(column, totals)));
        }
    }

    public void Take(RowBatch batch)
    {
        Rows += batch.Count;
        foreach (var (index, values) in aggregates)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                values.Add(batch[row][index]);
            }
        }
    }

    /// <summary>Whether a column that is watched has a value in any row: of one without, nobody can say what its values are.</summary>
    public bool HasValues(string wanted) => Column(wanted) is { } column
        && aggregates.Exists(each => each.Index == column.Index && each.Values.Of(ColumnTotal.Count).Int64 > 0);

    public Cell Of(ConditionTerm.Figure figure) =>
        aggregates.Find(each => columns[each.Index].Name.Equals(figure.Column, StringComparison.OrdinalIgnoreCase)).Values.Of(figure.Total);
}
