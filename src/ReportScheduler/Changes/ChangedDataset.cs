using ReportScheduler.Rows;

namespace ReportScheduler.Changes;

/// <summary>Compares the rows of one dataset with those of the last result, in any
/// order, and keeps the new ones for the next comparison.</summary>
internal sealed class ChangedDataset : IDisposable
{
    /// <summary>The most cells that a batch says the old value of: a workbook with more notes is slow to open.</summary>
    public const int MostNotes = 5_000;

    private static readonly string[] CellNames = ["column", "before", "now"];

    private readonly BaselineHead head;
    private readonly IReadOnlyList<SourceColumn> columns;
    private readonly IBaseline? baseline;
    private readonly BaselineWriter writer;
    private readonly KeyIndex keys;
    private readonly RowHash hash;
    private readonly Func<IReadOnlyList<Cell>, bool>? isMissing;
    private readonly bool[] isHidden;
    private readonly NamingColumns naming;
    private readonly MemoryStream buffer = new();
    private readonly Cell[] before;

    /// <param name="head">The dataset, its columns and its key.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="baseline">The last result; null for none.</param>
    /// <param name="writer">Keeps the rows for the next comparison.</param>
    /// <param name="keptAs">What the dataset is called there.</param>
    /// <param name="isMissing">Whether a row of the last result is of a server that did not answer: it is kept as it was, and not
    /// gone. Null when all did.</param>
    /// <param name="isHidden">Whether nobody is to see a column; null for none. What changed in it is no change to
    /// a reader, and neither counted nor listed.</param>
    public ChangedDataset(BaselineHead head, IReadOnlyList<SourceColumn> columns, IBaseline? baseline, BaselineWriter writer,
        string keptAs, Func<IReadOnlyList<Cell>, bool>? isMissing, Func<string, bool>? isHidden = null)
    {
        (this.head, this.columns, this.baseline, this.writer, this.isMissing) = (head, columns, baseline, writer, isMissing);
        var known = baseline?.Keys(head);
        (IsFirst, keys) = (known is null, known ?? new KeyIndex(0));
        hash = new RowHash(columns.Count, head.Keys);
        before = new Cell[columns.Count];
        this.isHidden = [.. columns.Select(column => isHidden?.Invoke(column.Name) == true)];
        naming = new NamingColumns(columns, head.Keys, this.isHidden);
        writer.Begin(head with { Name = keptAs });
    }

    public string Name => head.Name;

    /// <summary>There is nothing to compare with: everything is new.</summary>
    public bool IsFirst { get; }

    public long Added { get; private set; }

    public long Changed { get; private set; }

    public long Removed { get; private set; }

    /// <summary>The rows that are new. None of a first result.</summary>
    public KeptList AddedRows { get; } = new();

    /// <summary>The rows that are gone, as they were.</summary>
    public KeptList RemovedRows { get; } = new();

    /// <summary>The cells that are others now: the key, what else may name the row, the index of the column, value before and now.
    /// None of hidden columns.</summary>
    public KeptList ChangedCells { get; } = new();

    /// <summary>How many cells have the old value with them.</summary>
    public int Notes { get; private set; }

    /// <summary>How many cells a line of <see cref="ChangedCells"/> has.</summary>
    public int CellCount => head.Keys.Length + naming.Candidates.Count + CellNames.Length;

    /// <summary>All columns, hidden ones too.</summary>
    public IReadOnlyList<SourceColumn> Columns => columns;

    /// <summary>The columns of <see cref="AddedRows"/> and <see cref="RemovedRows"/> that people may see.</summary>
    public IReadOnlyList<SourceColumn> ShownColumns => [.. columns.Where((_, i) => !isHidden[i])];

    /// <summary>The columns of <see cref="ChangedCells"/> that people may see; what names the row is known at the end.</summary>
    public IReadOnlyList<SourceColumn> CellColumns
    {
        get
        {
            var shown = head.Keys.Select((key, place) => columns[key] with { Index = place })
                .Where(column => !isHidden[head.Keys[column.Index]])
                .Concat(naming.Chosen().Select(place => columns[naming.Candidates[place]] with { Index = head.Keys.Length + place }))
                .ToList();
            var names = new HashSet<string>(shown.Select(column => column.Name), StringComparer.OrdinalIgnoreCase);
            foreach (var name in CellNames)
            {
                var free = names.Add(name) ? name : $"{name} {shown.Count + 1}";
                shown.Add(new SourceColumn(CellCount - CellNames.Length + Array.IndexOf(CellNames, name), free, free, ColumnKind.Text));
            }

            return shown;
        }
    }

    /// <exception cref="ReportException">KeyRepeated, KeyMissing.</exception>
    public void Take(RowBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            Take(batch, row);
        }
    }

    /// <summary>The dataset is at its end.</summary>
    public void End()
    {
        Removed = keys.Unseen;
        if (baseline is not null)
        {
            foreach (var place in keys.Gone().TakeWhile(_ => RemovedRows.HasRoom || isMissing is not null))
            {
                Leave(baseline.Row(place));
            }
        }

        writer.End();
        RemovedRows.Total = Removed;
    }

    public void Dispose()
    {
        buffer.Dispose();
        hash.Dispose();
    }

    private void Leave(byte[] row)
    {
        RowHash.Read(row, before);
        if (isMissing?.Invoke(before) == true)
        {
            writer.Add(row);
            Removed--;
        }
        else if (RemovedRows.HasRoom)
        {
            RemovedRows.Add(row);
        }
    }

    private void Take(RowBatch batch, int number)
    {
        var row = batch[number];
        foreach (var key in head.Keys)
        {
            if (row[key].Kind == CellKind.Null)
            {
                throw ChangeErrors.KeyMissing(head.Name, columns[key].Name);
            }
        }

        var bytes = Bytes(row);
        writer.Add(bytes);
        switch (keys.See(hash.OfKey(row), RowHash.OfRow(bytes), out var place))
        {
            case KeyState.Repeated:
                throw ChangeErrors.KeyRepeated(head.Name, Key(row), Server);
            case KeyState.Added:
                Added++;
                if (!IsFirst)
                {
                    AddedRows.Add(bytes);
                }

                break;
            case KeyState.Changed:
                Changed += HasChanges(batch, number, baseline!.Row(place)) ? 1 : 0;
                break;
        }
    }

    /// <summary>Notes the shown cells that are others. There may be none: other values in a column that is hidden or worked out, or
    /// 1.0 that is 1.00 now.</summary>
    private bool HasChanges(RowBatch batch, int number, byte[] old)
    {
        var row = batch[number];
        var hasChanges = false;
        RowHash.Read(old, before);
        for (var i = 0; i < columns.Count; i++)
        {
            if (isHidden[i] || columns[i].IsWorkedOut || IsSame(before[i], row[i]))
            {
                continue;
            }

            hasChanges = true;
            if (!ChangedCells.HasRoom)
            {
                ChangedCells.Total++;
                continue;
            }

            naming.Leave(i);
            ChangedCells.Add(Line(row, i, before[i], row[i]));
            if (Notes < MostNotes)
            {
                batch.Notes.Add(new CellNote(number, i, before[i]));
                Notes++;
            }
        }

        return hasChanges;
    }

    private static bool IsSame(in Cell left, in Cell right)
    {
        var (one, other) = (WrittenNumber.Of(left), WrittenNumber.Of(right));
        return one.Kind == other.Kind && CellOrder.AreSame(one, other);
    }

    private byte[] Line(ReadOnlySpan<Cell> row, int column, in Cell was, in Cell now)
    {
        var line = new Cell[CellCount];
        var place = 0;
        foreach (var source in head.Keys.Concat(naming.Candidates))
        {
            line[place++] = row[source];
        }

        line[^3].SetInteger(column);
        (line[^2], line[^1]) = (was, now);
        return CellBytes.OfRow(line);
    }

    private ReadOnlySpan<byte> Bytes(ReadOnlySpan<Cell> row)
    {
        buffer.SetLength(0);
        using (var bytes = new BinaryWriter(buffer, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            CellBytes.WriteRow(bytes, row);
        }

        return buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
    }

    // the column that rows of several servers begin with
    private string? Server => columns[0].Name == ServerColumn.Name && !head.Keys.Contains(0) ? columns[0].Name : null;

    private string Key(ReadOnlySpan<Cell> row)
    {
        var parts = new List<string>();
        foreach (var key in head.Keys)
        {
            parts.Add($"{columns[key].Name} = {CellWords.Of(row[key])}");
        }

        return string.Join(", ", parts);
    }
}
