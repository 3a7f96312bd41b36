using System.Numerics;

namespace ReportScheduler.Rows;

/// <summary>What the rows of a group come to.</summary>
/// <param name="rows">How many there are.</param>
/// <param name="totals">Of each column of the reader, by its place in the rows; null where none is wanted.</param>
internal sealed class GroupTotals(long rows, IReadOnlyList<ColumnAggregate?> totals)
{
    private readonly Cell[]?[] cells = All(totals);

    public long Rows => rows;

    /// <summary>A total as people see it; null where there was nothing to add.</summary>
    /// <param name="index">The place of the column in the rows.</param>
    /// <param name="total">One of those that the column was asked for; None gives null.</param>
    public Cell Of(int index, ColumnTotal total) =>
        total == ColumnTotal.None || cells[index] is not { } known ? default : known[BitOperations.Log2((uint)total)];

    // not by a query: there is one for each group
    private static Cell[]?[] All(IReadOnlyList<ColumnAggregate?> totals)
    {
        var all = new Cell[]?[totals.Count];
        for (var column = 0; column < all.Length; column++)
        {
            all[column] = Cells(totals[column]);
        }

        return all;
    }

    private static Cell[]? Cells(ColumnAggregate? aggregate)
    {
        if (aggregate is null)
        {
            return null;
        }

        var cells = new Cell[ColumnAggregate.Kinds];
        for (var kind = 0; kind < cells.Length; kind++)
        {
            cells[kind] = aggregate.Wanted.HasFlag((ColumnTotal)(1 << kind)) ? aggregate.Shown((ColumnTotal)(1 << kind)) : default;
        }

        return cells;
    }
}
