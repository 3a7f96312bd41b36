using ReportScheduler.Changes;
using ReportScheduler.Conditions;
using ReportScheduler.Rows;

namespace ReportScheduler.Runs;

/// <summary>What is found out about a result while its files are made: whether its condition is true, and what is other than before.</summary>
/// <param name="condition">The condition; null for none.</param>
/// <param name="comparison">The comparison; null for none.</param>
internal sealed class ReportWatch(Condition? condition, RowComparison? comparison) : IRowWatcher
{
    public ConditionWatch? Condition { get; } = condition is null ? null : new ConditionWatch(condition, comparison);

    public RowComparison? Comparison => comparison;

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        Condition?.Begin(dataset, columns);
        comparison?.Begin(dataset, columns);
    }

    public void Take(RowBatch batch)
    {
        Condition?.Take(batch);
        comparison?.Take(batch);
    }
}
