namespace ReportScheduler.Rows;

/// <summary>The batches of one dataset on their way between the reader and the writers.</summary>
/// <remarks>
/// There are only so many: a reader that is ahead of the slowest writer waits here, which bounds the memory. A lock and a stack do, where
/// a concurrent collection has the runtime compile a few dozen methods more.
/// </remarks>
/// <param name="columns">How many columns a row has.</param>
/// <param name="limit">The most batches that are under way.</param>
internal sealed class BatchPool(int columns, int limit = BatchPool.Limit) : IDisposable
{
    public const int Limit = 6;

    // Wide rows come in smaller batches.
    private const int CellsPerBatch = 1 << 14;

    private readonly Stack<RowBatch> free = new();
    private int made;

    /// <summary>A batch that no writer uses any more; waits until there is one.</summary>
    public RowBatch Take(CancellationToken cancellation)
    {
        lock (free)
        {
            if (free.Count == 0 && made < limit)
            {
                made++;
                return new RowBatch(columns, Math.Clamp(CellsPerBatch / Math.Max(1, columns), 1, RowBatch.DefaultCapacity));
            }

            if (free.Count == 0)
            {
                Wait(cancellation);
            }

            return free.Pop();
        }
    }

    public void Return(RowBatch batch)
    {
        batch.Notes.Clear();
        lock (free)
        {
            free.Push(batch);
            Monitor.Pulse(free);
        }
    }

    public void Dispose()
    {
        lock (free)
        {
            free.Clear();
        }
    }

    private void Wait(CancellationToken cancellation)
    {
        var wake = cancellation.UnsafeRegister(WakeAll, free);
        try
        {
            while (free.Count == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(free);
            }
        }
        finally
        {
            // to dispose of it would wait for a callback that waits for the lock
            wake.Unregister();
        }
    }

    private static void WakeAll(object? gate)
    {
        lock (gate!)
        {
            Monitor.PulseAll(gate);
        }
    }
}
