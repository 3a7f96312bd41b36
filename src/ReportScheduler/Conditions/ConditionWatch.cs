using ReportScheduler.Changes;
using ReportScheduler.Rows;

namespace ReportScheduler.Conditions;

/// <summary>Gathers the figures of a condition while the rows of a report are read.</summary>
/// <param name="condition">The condition.</param>
/// <param name="comparison">Compares the rows with the last result; null when nothing does.</param>
internal sealed class ConditionWatch(Condition condition, RowComparison? comparison = null) : IRowWatcher
{
    private readonly List<WatchedDataset> datasets = [];

    public Condition Condition => condition;

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        var wanted = condition.Figures().Where(figure => figure.Column.Length > 0 && IsOf(figure, dataset))
            .GroupBy(figure => figure.Column, figure => figure.Total, StringComparer.OrdinalIgnoreCase);
        var watched = new WatchedDataset(dataset, columns);
        foreach (var totals in wanted)
        {
            watched.Add(totals.Key, totals.Aggregate((all, one) => all | one));
        }

        datasets.Add(watched);
    }

    public void Take(RowBatch batch) => datasets[^1].Take(batch);

    /// <summary>The value of a figure, and the column that it is of; null for rows.</summary>
    /// <exception cref="ReportException">The result has no such column or dataset, or
    /// has it twice, or its values cannot be added.</exception>
    public (Cell Value, SourceColumn? Column) Of(ConditionTerm.Figure figure)
    {
        var asked = datasets.Where(dataset => IsOf(figure, dataset.Name)).ToList();
        if (asked.Count == 0)
        {
            throw ConditionErrors.ConditionDatasetUnknown(condition.Subject, condition.Text, figure.Dataset ?? "",
                [.. datasets.Select(dataset => dataset.Name)]);
        }

        if (figure.Column.Length == 0)
        {
            var rows = new Cell();
            rows.SetInteger(figure.IsChange ? Changes(figure) : asked.Sum(dataset => dataset.Rows));
            return (rows, null);
        }

        var having = asked.Where(dataset => dataset.Column(figure.Column) is not null).ToList();
        ConditionCheck.CheckColumn(condition, figure, [.. asked.Select(dataset => (dataset.Name, dataset.Columns))],
            having.Exists(dataset => dataset.HasValues(figure.Column)));
        return (having[0].Of(figure), having[0].Column(figure.Column));
    }

    /// <summary>Whether a column that is watched has a value in any row of any dataset.</summary>
    public bool HasValues(string column) => datasets.Exists(dataset => dataset.HasValues(column));

    private long Changes(ConditionTerm.Figure figure) =>
        (comparison?.Datasets ?? []).Where(dataset => IsOf(figure, dataset.Name)).Sum(dataset => figure.Function switch
    {
        ConditionFunction.Added => dataset.Added,
        ConditionFunction.Removed => dataset.Removed,
        _ => dataset.Changed,
    });

    private static bool IsOf(ConditionTerm.Figure figure, string dataset) =>
        figure.Dataset is null || figure.Dataset.Equals(dataset, StringComparison.OrdinalIgnoreCase);
}
