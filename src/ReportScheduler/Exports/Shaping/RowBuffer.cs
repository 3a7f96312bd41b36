using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;

namespace ReportScheduler.Exports.Shaping;

/// <summary>The first rows of a reader, kept in memory: as many as a limit allows.</summary>
/// <remarks>As bytes: as cells they take four times as much, and the garbage collector goes through all of them again and again.</remarks>
internal sealed class RowBuffer : IDisposable
{
    /// <summary>The most rows that are kept.</summary>
    public const int RowLimit = 100_000;

    // Wide rows and long texts count as well.
    private const long CellLimit = 3_000_000;
    private const long TextLimit = 50_000_000;

    private const int BlockLength = 1 << 20;

    // The last row of a block fits mostly: a block that grows is copied, and takes twice as much.
    private const int FullLength = BlockLength - (1 << 12);

    private readonly int[] keys;
    private readonly List<SpoolBuffer> blocks = [];
    private readonly List<(int Block, int Offset)> places = [];
    private readonly List<int> starts = [];
    private Cell[] kept = [];
    private readonly Cell[] shown;
    private readonly RecurringTexts texts;

    private RowBuffer(int columns, int[] keys) => (this.keys, shown, texts) = (keys, new Cell[columns], new RecurringTexts(columns));

    /// <summary>How many rows are kept.</summary>
    public int Count => places.Count;

    /// <summary>Whether these are all rows there are.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many runs of rows there are that come together and have the same values in the key columns.</summary>
    public int Runs => starts.Count;

    /// <summary>A row, until the next one is asked for.</summary>
    public ReadOnlySpan<Cell> this[int row]
    {
        get
        {
            CopyTo(row, shown);
            return shown;
        }
    }

    /// <summary>Reads rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="keys">The places of the key columns; with none there are no runs.</param>
    /// <param name="cancellation">Stops.</param>
    public static RowBuffer Read(IRowReader rows, int[] keys, CancellationToken cancellation)
    {
        var buffer = new RowBuffer(rows.Columns.Count, keys);
        using var own = new BatchPool(rows.Columns.Count);
        var pool = rows.Pool ?? own;
        var limit = Math.Min(RowLimit, CellLimit / Math.Max(1, rows.Columns.Count));
        var text = 0L;
        while (buffer.Count < limit && text < TextLimit)
        {
            if (rows.Next(pool, cancellation) is not { } batch)
            {
                buffer.IsComplete = true;
                break;
            }

            text += buffer.Add(batch);
            pool.Return(batch);
        }

        return buffer;
    }

    /// <summary>The values of the key columns of a run.</summary>
    public ReadOnlySpan<Cell> Keys(int run) => new(kept, run * keys.Length, keys.Length);

    /// <summary>The first row of a run, and the row behind its last.</summary>
    public (int Start, int End) RowsOf(int run) => (starts[run], run + 1 < starts.Count ? starts[run + 1] : Count);

    public void CopyTo(int row, Span<Cell> target)
    {
        var (block, offset) = places[row];
        var text = 0L;
        SpoolBuffer.Read(blocks[block].Content.Span, offset, target, texts, ref text);
    }

    public void Dispose()
    {
        blocks.Clear();
        places.Clear();
        starts.Clear();
        kept = [];
    }

    /// <returns>The length of the texts.</returns>
    private long Add(RowBatch batch)
    {
        var length = 0L;
        for (var row = 0; row < batch.Count; row++)
        {
            if (blocks.Count == 0 || blocks[^1].Length >= FullLength)
            {
                AddBlock();
            }

            var cells = batch[row];
            NoteKeys(cells);
            places.Add((blocks.Count - 1, blocks[^1].Length));
            blocks[^1].Add(cells);
            foreach (ref readonly var cell in cells)
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

    // The first one grows as far as a small report needs.
    private void AddBlock()
    {
        blocks.Add(new SpoolBuffer());
        if (blocks.Count > 1)
        {
            blocks[^1].Use(GC.AllocateUninitializedArray<byte>(BlockLength));
        }
    }

    private void NoteKeys(ReadOnlySpan<Cell> cells)
    {
        var isSame = starts.Count > 0 || keys.Length == 0;
        for (var key = 0; key < keys.Length && isSame; key++)
        {
            isSame = CellOrder.AreSame(kept[((starts.Count - 1) * keys.Length) + key], cells[keys[key]]);
        }

        if (isSame)
        {
            return;
        }

        if ((starts.Count + 1) * keys.Length > kept.Length)
        {
            Array.Resize(ref kept, Math.Max(16 * keys.Length, 2 * kept.Length));
        }

        for (var key = 0; key < keys.Length; key++)
        {
            kept[(starts.Count * keys.Length) + key] = cells[keys[key]];
        }

        starts.Add(Count);
    }
}
