using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Shaping;

/// <summary>The first rows of a reader, kept in memory: as many as a limit allows.</summary>
internal sealed class RowBuffer : IDisposable
{
    /// <summary>The most rows that are kept.</summary>
    public const int RowLimit = 100_000;

    // Wide rows and long texts count as well: some 120 MB and 100 MB.
    private const long CellLimit = 3_000_000;
    private const long TextLimit = 50_000_000;

    private readonly BatchPool pool;
    private readonly List<RowBatch> batches = [];
    private readonly List<int> starts = [];

    private RowBuffer(int columns) => pool = new BatchPool(columns, int.MaxValue);

    /// <summary>How many rows are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Whether these are all rows there are.</summary>
    public bool IsComplete { get; private set; }

    public ReadOnlySpan<Cell> this[int row]
    {
        get
        {
            var batch = starts.BinarySearch(row);
            batch = batch < 0 ? ~batch - 1 : batch;
            return batches[batch][row - starts[batch]];
        }
    }

    public static RowBuffer Read(IRowReader rows, CancellationToken cancellation)
    {
        var buffer = new RowBuffer(rows.Columns.Count);
        var limit = Math.Min(RowLimit, CellLimit / Math.Max(1, rows.Columns.Count));
        var text = 0L;
        while (buffer.Count < limit && text < TextLimit)
        {
            if (rows.Next(buffer.pool, cancellation) is not { } batch)
            {
                buffer.IsComplete = true;
                break;
            }

            if (batch.Count > 0)
            {
                buffer.starts.Add(buffer.Count);
                buffer.batches.Add(batch);
                buffer.Count += batch.Count;
                text += LengthOf(batch);
            }
        }

        return buffer;
    }

    public void Dispose()
    {
        batches.Clear();
        pool.Dispose();
    }

    private static long LengthOf(RowBatch batch)
    {
        var length = 0L;
        for (var row = 0; row < batch.Count; row++)
        {
            foreach (ref readonly var cell in batch[row])
            {
                length += cell.Kind is CellKind.Text or CellKind.Json
                    ? cell.Text.Length
                    : cell.Kind == CellKind.Binary
                    ? cell.Binary.Length
                    : 0;
            }
        }

        return length;
    }
}
