using System.Buffers;

namespace ReportScheduler.Rows.Spool;

/// <summary>Reads rows that were put aside.</summary>
internal sealed class SpooledReader(RowSpool spool, IReadOnlyList<SourceColumn> columns, IReadOnlyList<SpoolSegment> segments,
    BatchPool pool, RecurringTexts texts) : IRowReader
{
    // as of a database: a batch of long texts ends early
    private const int TextLimit = 1 << 20;

    private byte[] content = [];
    private int length;
    private int at;
    private int segment;
    private int block;

    public IReadOnlyList<SourceColumn> Columns => columns;

    public BatchPool? Pool => pool;

    public void LookAhead(BatchPool pool, CancellationToken cancellation)
    {
    }

    public RowBatch? Next(BatchPool pool, CancellationToken cancellation)
    {
        var batch = pool.Take(cancellation);
        batch.Count = 0;
        var text = 0L;
        while (batch.Count < batch.Capacity && text < TextLimit && HasMore())
        {
            cancellation.ThrowIfCancellationRequested();
            at = SpoolBuffer.Read(content.AsSpan(0, length), at, batch.Fill(batch.Count++), texts, ref text);
        }

        if (batch.Count > 0)
        {
            return batch;
        }

        pool.Return(batch);
        return null;
    }

    private bool HasMore()
    {
        while (at == length)
        {
            if (segment == segments.Count)
            {
                MakeRoom(0);
                return false;
            }

            Fetch(segments[segment]);
        }

        return true;
    }

    // the blocks of a segment, and then what of it is still in memory
    private void Fetch(SpoolSegment from)
    {
        if (block < from.Blocks.Count)
        {
            MakeRoom(from.Blocks[block].Length);
            spool.Fetch(from.Blocks[block], content);
            length = from.Blocks[block++].Length;
            return;
        }

        MakeRoom(from.Waiting.Length);
        from.Waiting.Content.Span.CopyTo(content);
        length = from.Waiting.Length;
        (segment, block) = (segment + 1, 0);
    }

    // a block is often too large for the young part of the heap, and there is one for each part at least
    private void MakeRoom(int size)
    {
        (at, length) = (0, 0);
        if (content.Length >= size && size > 0)
        {
            return;
        }

        if (content.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(content);
        }

        content = size == 0 ? [] : ArrayPool<byte>.Shared.Rent(size);
    }
}
