using System.Buffers;

namespace ReportScheduler.Rows.Spool;

/// <summary>Reads rows that were put aside.</summary>
internal sealed class SpooledReader(RowSpool spool, IReadOnlyList<SourceColumn> columns, IReadOnlyList<SpoolSegment> segments,
    BatchPool pool) : IRowReader
{
    // as of a database: a batch of long texts ends early
    private const int TextLimit = 1 << 20;

    private readonly IEnumerator<Func<byte[], int>> blocks = Blocks(spool, segments).GetEnumerator();
    private byte[] content = [];
    private int length;
    private int at;

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
            var rest = SpoolBuffer.Read(content.AsSpan(at, length - at), batch.Fill(batch.Count++), ref text);
            at = length - rest.Length;
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
            if (!blocks.MoveNext())
            {
                MakeRoom(0);
                return false;
            }

            var size = blocks.Current([]);
            if (content.Length < size)
            {
                MakeRoom(size);
            }

            (at, length) = (0, blocks.Current(content));
        }

        return true;
    }

    // a block is often too large for the young part of the heap, and there is one for each part at least
    private void MakeRoom(int size)
    {
        if (content.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(content);
        }

        content = size == 0 ? [] : ArrayPool<byte>.Shared.Rent(size);
        (at, length) = (0, 0);
    }

    /// <summary>Each gives its size, and its bytes where there is room for them.</summary>
    private static IEnumerable<Func<byte[], int>> Blocks(RowSpool spool, IReadOnlyList<SpoolSegment> segments)
    {
        foreach (var segment in segments)
        {
            foreach (var block in segment.Blocks)
            {
                yield return room =>
                {
                    if (room.Length >= block.Length)
                    {
                        spool.Fetch(block, room);
                    }

                    return block.Length;
                };
            }

            yield return room =>
            {
                var waiting = segment.Waiting.Content;
                if (room.Length >= waiting.Length)
                {
                    waiting.CopyTo(room);
                }

                return waiting.Length;
            };
        }
    }
}
