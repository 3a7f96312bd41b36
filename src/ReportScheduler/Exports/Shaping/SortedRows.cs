using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Shaping;

/// <summary>Brings the rows of a group together. Rows that come that way already keep their order, however many there are.</summary>
/// <remarks>
/// Others are sorted, by the values of the first column whose groups are scattered and of those within it; groups that stay together on
/// their own keep their order. Numbers and dates are sorted by size, texts as the culture has them, NULL is last. The order of the rows
/// within a group stays.
/// </remarks>
internal sealed class SortedRows : IRowReader, IDisposable
{
    private readonly IRowReader rows;
    private readonly string dataset;
    private readonly IReadOnlyList<string> groupBy;
    private readonly int[] indexes;
    private readonly CellOrder texts;
    private readonly GroupKeys keys;
    private readonly bool[]? hasWords;
    private RowBuffer? buffer;
    private int[]? order;
    private int taken;

    /// <param name="rows">The rows as they come.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="groupBy">The columns they are grouped by, outermost first.</param>
    /// <param name="indexes">The places of these columns in the rows.</param>
    /// <param name="culture">In which order texts are.</param>
    /// <param name="hasWords">Which of them show words for true and false; null for none.</param>
    public SortedRows(IRowReader rows, string dataset, IReadOnlyList<string> groupBy, int[] indexes, CultureInfo culture,
        bool[]? hasWords = null)
    {
        (this.rows, this.dataset, this.groupBy, this.indexes, this.hasWords) = (rows, dataset, groupBy, indexes, hasWords);
        texts = new CellOrder(culture.CompareInfo);
        keys = new GroupKeys(indexes, hasWords);
    }

    public IReadOnlyList<SourceColumn> Columns => rows.Columns;

    public BatchPool? Pool => rows.Pool;

    public void LookAhead(BatchPool pool, CancellationToken cancellation) => rows.LookAhead(pool, cancellation);

    public RowBatch? Next(BatchPool pool, CancellationToken cancellation)
    {
        if (buffer is null)
        {
            buffer = RowBuffer.Read(rows, indexes, cancellation);
            Arrange(buffer);
        }

        if (taken < buffer.Count)
        {
            return FromBuffer(buffer, pool.Take(cancellation));
        }

        if (buffer.IsComplete)
        {
            return null;
        }

        buffer.Dispose();
        return FromReader(pool, cancellation);
    }

    public void Dispose() => buffer?.Dispose();

    private RowBatch FromBuffer(RowBuffer all, RowBatch batch)
    {
        batch.Count = 0;
        while (batch.Count < batch.Capacity && taken < all.Count)
        {
            all.CopyTo(order is null ? taken : order[taken], batch.Fill(batch.Count++));
            taken++;
        }

        return batch;
    }

    private RowBatch? FromReader(BatchPool pool, CancellationToken cancellation)
    {
        var batch = rows.Next(pool, cancellation);
        for (var row = 0; row < batch?.Count; row++)
        {
            keys.Next(batch[row]);
        }

        return keys.Repeated == indexes.Length ? batch : throw NotGrouped();
    }

    private void Arrange(RowBuffer all)
    {
        for (var run = 0; run < all.Runs; run++)
        {
            keys.NextOf(all.Keys(run));
        }

        if (keys.Repeated < indexes.Length)
        {
            order = all.IsComplete ? Sorted(all, keys.Repeated) : throw NotGrouped();
        }
    }

    private ReportException NotGrouped() => ShapingErrors.RowsNotGrouped(dataset, groupBy, buffer!.Count);

    // By the last column first, each time without changing what was sorted before.
    private int[] Sorted(RowBuffer all, int scattered)
    {
        var sorted = Enumerable.Range(0, all.Count).ToArray();
        for (var level = indexes.Length - 1; level >= scattered; level--)
        {
            sorted = Sorted(sorted, Ranks(all, level));
        }

        return scattered == 0 ? sorted : Sorted(sorted, Places(all, scattered));
    }

    private static int[] Sorted(int[] rows, int[] ranks)
    {
        var starts = new int[ranks.Length == 0 ? 1 : ranks.Max() + 2];
        foreach (var rank in ranks)
        {
            starts[rank + 1]++;
        }

        for (var rank = 1; rank < starts.Length; rank++)
        {
            starts[rank] += starts[rank - 1];
        }

        var sorted = new int[rows.Length];
        foreach (var row in rows)
        {
            sorted[starts[ranks[row]]++] = row;
        }

        return sorted;
    }

    /// <summary>The place of each row's value among the different values of the column of a level.</summary>
    private int[] Ranks(RowBuffer all, int level)
    {
        var numbers = new Dictionary<ulong, int>();
        var values = new List<Cell>();
        var ranks = new int[all.Count];
        for (var run = 0; run < all.Runs; run++)
        {
            var cell = TruthKey.Of(all.Keys(run)[level], hasWords?[level] == true);
            var hash = cell.Kind == CellKind.Null ? 0 : DistinctValues.Hash(cell);
            if (!numbers.TryGetValue(hash, out var number))
            {
                numbers.Add(hash, number = values.Count);
                values.Add(cell);
            }

            var (start, end) = all.RowsOf(run);
            ranks.AsSpan(start..end).Fill(number);
        }

        var inOrder = Enumerable.Range(0, values.Count).ToArray();
        Array.Sort(inOrder, (left, right) => texts.Compare(values[left], values[right]));
        var places = new int[values.Count];
        for (var place = 0; place < inOrder.Length; place++)
        {
            places[inOrder[place]] = place;
        }

        return [.. ranks.Select(number => places[number])];
    }

    /// <summary>The number of each row's group, of the levels that stay together on their own.</summary>
    private int[] Places(RowBuffer all, int levels)
    {
        var together = new GroupKeys(indexes[..levels], hasWords?[..levels]);
        var places = new int[all.Count];
        var group = -1;
        for (var run = 0; run < all.Runs; run++)
        {
            group += together.NextOf(all.Keys(run)) < levels ? 1 : 0;
            var (start, end) = all.RowsOf(run);
            places.AsSpan(start..end).Fill(group);
        }

        return places;
    }
}
