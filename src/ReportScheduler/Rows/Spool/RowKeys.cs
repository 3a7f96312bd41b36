namespace ReportScheduler.Rows.Spool;

/// <summary>Puts the rows of datasets aside by the value of a column.</summary>
/// <param name="spool">Where the rows go; null to count them only.</param>
/// <param name="most">With more keys than this no row is kept any more: they are only counted.</param>
/// <param name="isWanted">Whether the rows of a key are kept and counted; null for
/// those of all. Rows without a key are not asked for.</param>
internal sealed class RowKeys(RowSpool? spool, int most, Func<string, bool>? isWanted = null)
{
    /// <summary>More keys than this beyond the limit are not told apart.</summary>
    private const int MostExcess = 100_000;

    private const int LongestKept = 10_000;

    private readonly Dictionary<string, RowKey?> keys = new(StringComparer.Ordinal);
    private readonly List<RowKey> found = [];
    private readonly HashSet<string> excess = new(StringComparer.Ordinal);
    private readonly List<(string Dataset, IReadOnlyList<SourceColumn> Columns)> datasets = [];
    private int column;
    private Cell last;
    private RowKey? lastKey;

    /// <summary>The keys in the order in which they came.</summary>
    public IReadOnlyList<RowKey> Found => found;

    /// <summary>The rows without a key.</summary>
    public RowKey None { get; } = new(null);

    public IReadOnlyList<(string Dataset, IReadOnlyList<SourceColumn> Columns)> Datasets => datasets;

    /// <summary>The keys that nobody asked for.</summary>
    public IReadOnlyList<string> Unwanted => [.. keys.Where(key => key.Value is null).Select(key => key.Key)];

    /// <summary>How many keys there are, also those of which nothing is kept.</summary>
    public int Count => found.Count + excess.Count;

    /// <summary>Whether there are more keys than were counted.</summary>
    public bool IsEndless => excess.Count == MostExcess;

    /// <summary>Whether there are rows of a key.</summary>
    public bool Has(string key) => keys.ContainsKey(key);

    /// <summary>Goes on to a dataset.</summary>
    /// <param name="dataset">Its name.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="by">The one by whose values its rows are told apart.</param>
    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns, SourceColumn by)
    {
        datasets.Add((dataset, columns));
        column = by.Index;
        (last, lastKey) = (default, null);
    }

    /// <summary>Takes the next rows of the dataset.</summary>
    public void Take(RowBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var cells = batch[row];
            if (lastKey is null || !KeyText.IsSame(last, cells[column]))
            {
                (last, lastKey) = (cells[column], Find(cells[column]));
            }

            if (lastKey is not null)
            {
                Take(lastKey, cells);
            }
        }
    }

    private void Take(RowKey key, ReadOnlySpan<Cell> row)
    {
        if (key.Rows++ == 0)
        {
            var cells = row.ToArray();
            key.First = [.. datasets[^1].Columns.Select(own => KeyValuePair.Create(own, Kept(cells[own.Index])))];
        }

        if (spool is not null && excess.Count == 0)
        {
            spool.Add(key.For(datasets.Count - 1), row);
        }
    }

    /// <summary>A value of a first row, which is held as long as its key: of a long
    /// one the beginning, and nothing of binary data.</summary>
    private static Cell Kept(Cell cell)
    {
        if (cell.Kind == CellKind.Binary)
        {
            return default;
        }

        if (cell.Kind is CellKind.Text or CellKind.Json && cell.Text.Length > LongestKept)
        {
            cell.SetText(cell.Text[..LongestKept]);
        }

        return cell;
    }

    /// <returns>Null for a key whose rows are not kept.</returns>
    private RowKey? Find(in Cell cell)
    {
        if (KeyText.Of(cell) is not { } text)
        {
            return None;
        }

        if (keys.TryGetValue(text, out var known))
        {
            return known;
        }

        var isMine = isWanted?.Invoke(text) ?? true;
        if (isMine && found.Count >= most)
        {
            _ = excess.Count < MostExcess && excess.Add(text);
            return null;
        }

        // of those that nobody wants, so many are remembered as are harmless
        var key = isMine ? new RowKey(text) : null;
        if (key is not null)
        {
            found.Add(key);
        }

        if (isMine || keys.Count < MostExcess)
        {
            keys.Add(text, key);
        }

        return key;
    }
}
