using ReportScheduler.Changes;
using ReportScheduler.Conditions;
using ReportScheduler.Rows;

namespace ReportScheduler.Runs;

/// <summary>What is found out about a result while its files are made: whether its condition is
/// true, what is other than before, and whether it is as expected.</summary>
/// <param name="condition">The condition; null for none.</param>
/// <param name="comparison">The comparison; null for none.</param>
/// <param name="contract">What is expected; null for nothing.</param>
internal sealed class ReportWatch(Condition? condition, RowComparison? comparison, Contract? contract) : IRowWatcher
{
    // more are a result that nobody writes a contract for
    private const int MostColumns = 200;

    private readonly List<string> columns = [];

    public ConditionWatch? Condition { get; } = condition is null ? null : new ConditionWatch(condition, comparison);

    public ContractWatch? Contract { get; } = contract is null ? null : new ContractWatch(contract);

    public RowComparison? Comparison => comparison;

    /// <summary>Compares the parts of a split report; null for nobody.</summary>
    public PartComparison? Parts { get; init; }

    /// <summary>Names and types of the columns.</summary>
    public string[] Columns => [.. columns.Distinct(StringComparer.OrdinalIgnoreCase).Take(MostColumns)];

    /// <summary>Rows of servers that do not answer are not compared.</summary>
    public void Leave(RunGaps gaps)
    {
        if (Comparison is not null)
        {
            Comparison.Missing = gaps.RowsOf;
        }

        if (Parts is not null)
        {
            Parts.Missing = gaps.RowsOf;
        }
    }

    public void Begin(string dataset, IReadOnlyList<SourceColumn> found)
    {
        columns.AddRange(found.Select(column => $"{column.Name}:{ContractKind.NameOf(column.Kind)}"));
        Condition?.Begin(dataset, found);
        Contract?.Begin(dataset, found);
        comparison?.Begin(dataset, found);
    }

    public void Take(RowBatch batch)
    {
        Condition?.Take(batch);
        Contract?.Take(batch);
        comparison?.Take(batch);
    }
}
