using System.Globalization;

namespace ReportScheduler.Rows;

/// <summary>Reads objects into batches. Each value is what it is, whatever its column's kind, as in SQLite.</summary>
internal sealed class ObjectReader : IRowReader
{
    // A batch of long texts ends early, so that memory does not follow their length.
    private const int TextLimit = 1 << 20;

    private readonly ObjectQueue queue;
    private readonly Queue<ObjectRow> first;
    private readonly SourceColumn[] columns;
    private readonly ColumnKind?[] asked;
    private readonly Dictionary<string, int> places;
    private readonly LateProperties late;
    private ObjectShape? shape;
    private int[] targets = [];
    private long count;

    /// <param name="queue">The objects behind the first.</param>
    /// <param name="first">The first objects.</param>
    /// <param name="columns">What they decided.</param>
    /// <param name="formatOf">The number format that is asked for a column; null for none.</param>
    /// <param name="warn">Gets what a reader should know; null to drop it.</param>
    public ObjectReader(
        ObjectQueue queue, IEnumerable<ObjectRow> first, IReadOnlyList<SourceColumn> columns, Func<SourceColumn, string?>? formatOf,
        Action<string>? warn)
    {
        this.queue = queue;
        this.first = new Queue<ObjectRow>(first);
        this.columns = [.. columns];
        late = new LateProperties(warn);
        asked = new ColumnKind?[this.columns.Length];
        places = columns.ToDictionary(column => column.Name, column => column.Index, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < this.columns.Length; i++)
        {
            if (this.columns[i].Kind == ColumnKind.Text)
            {
                asked[i] = FormatKind.Of(formatOf?.Invoke(this.columns[i]));
                this.columns[i] = this.columns[i] with { Kind = asked[i] ?? ColumnKind.Text };
            }
        }
    }

    public IReadOnlyList<SourceColumn> Columns => columns;

    public void LookAhead(BatchPool pool, CancellationToken cancellation)
    {
        // the first objects have told everything
    }

    public RowBatch? Next(BatchPool pool, CancellationToken cancellation)
    {
        var batch = pool.Take(cancellation);
        batch.Count = 0;
        var text = 0L;
        while (batch.Count < batch.Capacity && text < TextLimit && Take(cancellation) is { } row)
        {
            text += Fill(row, batch.Fill(batch.Count++));
        }

        if (batch.Count > 0)
        {
            return batch;
        }

        pool.Return(batch);
        return null;
    }

    private ObjectRow? Take(CancellationToken cancel) => first.TryDequeue(out var row) ? row : queue.Take(cancel);

    private long Fill(ObjectRow row, Span<Cell> cells)
    {
        count++;
        if (!ReferenceEquals(row.Shape, shape))
        {
            Meet(row);
        }

        foreach (ref var cell in cells)
        {
            cell.SetNull();
        }

        var text = 0L;
        for (var i = 0; i < targets.Length; i++)
        {
            if (targets[i] >= 0 && row.Values[i] is { } value && !ReferenceEquals(value, ObjectRow.Unreadable))
            {
                text += Set(ref cells[targets[i]], targets[i], value);
            }
        }

        return text;
    }

    private void Meet(ObjectRow row)
    {
        shape = row.Shape;
        targets = new int[row.Values.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = places.GetValueOrDefault(shape.Names[i], -1);
            if (targets[i] < 0 && !ReferenceEquals(row.Values[i], ObjectRow.Unreadable))
            {
                late.Meet(shape.Names[i], count);
            }
        }
    }

    private long Set(ref Cell cell, int column, object value)
    {
        if (value is ObjectJson json)
        {
            cell.SetJson(json.Text);
        }
        else
        {
            BoxedValue.Set(ref cell, value, columns[column].Kind == ColumnKind.Json ? ColumnKind.Text : columns[column].Kind);
        }

        var length = cell.Kind is CellKind.Text or CellKind.Json ? cell.Text.Length : cell.Kind == CellKind.Binary ? cell.Binary.Length : 0;
        RowErrors.CheckCell(columns[column].Name, length);
        if (cell.Kind == CellKind.Text && asked[column] is { } kind)
        {
            TextValue.Ask(ref cell, kind);
        }

        return length;
    }

    /// <summary>Properties that came too late to be columns, each told of once and not without end.</summary>
    private sealed class LateProperties(Action<string>? warn)
    {
        private const int Most = 10;
        private readonly HashSet<string> told = new(StringComparer.OrdinalIgnoreCase);

        public void Meet(string name, long row)
        {
            if (told.Count < Most && told.Add(name))
            {
                warn?.Invoke(string.Create(CultureInfo.InvariantCulture,
                    $"The object in row {row:N0} has a property '{name}', which the first {ObjectColumns.Deciding:N0} objects do not "
                        + $"have: it is no column of the report. Select-Object gives all objects the same properties."));
            }
        }
    }
}
