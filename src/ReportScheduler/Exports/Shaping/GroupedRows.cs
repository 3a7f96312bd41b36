using System.Runtime.CompilerServices;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Shaping;

/// <summary>Marks in the batches where groups begin and end, and works out what the
/// rows of each come to. The rows of a group come together.</summary>
internal sealed class GroupedRows : IRowReader
{
    private readonly IRowReader rows;
    private readonly GroupKeys keys;
    private readonly ColumnAggregate?[][] totals;
    private readonly long[] counts;
    private readonly int[] added;
    private bool isOpen;
    private bool isAtEnd;

    /// <param name="rows">The rows.</param>
    /// <param name="indexes">The places of the columns they are grouped by, outermost first.</param>
    /// <param name="wanted">The totals that a column is asked for.</param>
    /// <param name="hasWords">Which of the columns show words for true and false.</param>
    public GroupedRows(IRowReader rows, int[] indexes, Func<SourceColumn, ColumnTotal> wanted, bool[]? hasWords = null)
    {
        this.rows = rows;
        keys = new GroupKeys(indexes, hasWords);
        counts = new long[indexes.Length];
        // by loops: queries over pairs and numbers are compiled anew by each process
        totals = new ColumnAggregate?[indexes.Length][];
        for (var level = 0; level < totals.Length; level++)
        {
            totals[level] = new ColumnAggregate?[rows.Columns.Count];
        }

        var places = new List<int>();
        foreach (var column in rows.Columns)
        {
            var total = wanted(column);
            if (total == ColumnTotal.None)
            {
                continue;
            }

            places.Add(column.Index);
            foreach (var level in totals)
            {
                level[column.Index] = new ColumnAggregate(column, total);
            }
        }

        added = [.. places];
    }

    public IReadOnlyList<SourceColumn> Columns => rows.Columns;

    public BatchPool? Pool => rows.Pool;

    public void LookAhead(BatchPool pool, CancellationToken cancellation) => rows.LookAhead(pool, cancellation);

    public RowBatch? Next(BatchPool pool, CancellationToken cancellation)
    {
        if (isAtEnd)
        {
            return null;
        }

        var batch = rows.Next(pool, cancellation);
        var marks = new List<GroupMark>();
        if (batch is not null)
        {
            Mark(batch, marks);
        }
        else
        {
            isAtEnd = true;
            if (!isOpen)
            {
                return null;
            }

            // the last groups end in a batch without rows
            batch = pool.Take(cancellation);
            batch.Count = 0;
            Leave(0, 0, level => keys[level], marks);
        }

        batch.Groups = marks;
        return batch;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mark(RowBatch batch, List<GroupMark> marks)
    {
        var start = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            var changed = keys.Next(batch[row]);
            if (changed == keys.Depth)
            {
                continue;
            }

            Add(batch, start, row);
            start = row;
            if (isOpen)
            {
                Leave(changed, row, keys.Before, marks);
            }

            isOpen = true;
            for (var level = changed; level < keys.Depth; level++)
            {
                marks.Add(new GroupMark(row, level, keys[level], null));
            }
        }

        Add(batch, start, batch.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(RowBatch batch, int from, int to)
    {
        counts[^1] += to - from;
        foreach (var column in added)
        {
            var total = totals[^1][column]!;
            for (var row = from; row < to; row++)
            {
                total.Add(batch[row][column]);
            }
        }
    }

    private void Leave(int changed, int row, Func<int, Cell> keyOf, List<GroupMark> marks)
    {
        for (var level = keys.Depth - 1; level >= changed; level--)
        {
            marks.Add(new GroupMark(row, level, keyOf(level), new GroupTotals(counts[level], totals[level])));
            if (level > 0)
            {
                counts[level - 1] += counts[level];
            }

            counts[level] = 0;
            foreach (var column in added)
            {
                if (level > 0)
                {
                    totals[level - 1][column]!.Add(totals[level][column]!);
                }

                totals[level][column]!.Clear();
            }
        }
    }
}
