using System.Collections.Concurrent;

namespace ReportScheduler.Rows;

/// <summary>The batches of one dataset on their way between the reader and the writers.</summary>
/// <remarks>There are only so many: a reader that is ahead of the slowest writer waits here, which bounds the memory.</remarks>
/// <param name="columns">How many columns a row has.</param>
/// <param name="limit">The most batches that are under way.</param>
internal sealed class BatchPool(int columns, int limit = BatchPool.Limit) : IDisposable
{
    public const int Limit = 6;

    // Wide rows come in smaller batches.
    private const int CellsPerBatch = 1 << 14;

    private readonly BlockingCollection<RowBatch> free = new(new ConcurrentStack<RowBatch>());
    private int made;

    /// <summary>A batch that no writer uses any more; waits until there is one.</summary>
    public RowBatch Take(CancellationToken cancellation)
    {
        if (free.TryTake(out var batch))
        {
            return batch;
        }
        if (made == limit)
        {
            return free.Take(cancellation);
        }
        made++;
        return new RowBatch(columns, Math.Clamp(CellsPerBatch / Math.Max(1, columns), 1, RowBatch.DefaultCapacity));
    }

    public void Return(RowBatch batch)
    {
        batch.Notes.Clear();
        free.Add(batch);
    }

    public void Dispose() => free.Dispose();
}
