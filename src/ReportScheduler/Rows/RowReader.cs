using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace ReportScheduler.Rows;

/// <summary>Reads a <see cref="DbDataReader"/> into batches, through its typed getters so that values are not boxed.</summary>
/// <remarks>
/// The kind of a column comes from what the database declares. SQLite declares little and lets every value differ, so there each value is
/// looked at, and text in a column declared as a date, or 0 and 1 in one declared as boolean, is taken for what the declaration says.
/// An instant without an offset of its own (timestamptz) is shown in the zone given; a date with an offset keeps it.
/// Text is what the task's number format for its column asks it to be, where it can be: SQLite's date(d) and max(d) are text.
/// </remarks>
internal sealed class RowReader : IRowReader
{
    // A batch of long texts ends early, so that memory does not follow their length.
    private const int TextLimit = 1 << 20;

    // So many batches are read to find a value of a column that begins with NULL; fewer than there are.
    private const int MostAhead = 4;

    private readonly DbDataReader reader;
    private readonly SqliteDataReader? sqlite;
    private readonly TimeZoneInfo zone;
    private readonly SourceColumn[] columns;
    private readonly ValueSource[] sources;
    private readonly ColumnKind?[] asked;
    private readonly bool[] isOpen;
    private readonly Queue<RowBatch> ahead = [];

    /// <param name="reader">The rows; before the first.</param>
    /// <param name="zone">The zone of instants.</param>
    /// <param name="formatOf">The number format that is asked for a column; null for none.</param>
    public RowReader(DbDataReader reader, TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null)
    {
        this.reader = reader;
        this.zone = zone;
        sqlite = (reader is ITimedReader timed ? timed.Values : reader) as SqliteDataReader;
        var names = ColumnNames.Of(reader);
        columns = new SourceColumn[names.Length];
        sources = new ValueSource[names.Length];
        asked = new ColumnKind?[names.Length];
        isOpen = new bool[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            (sources[i], var kind) = sqlite is null ? ValueSources.Of(reader, i) : (ValueSource.Sqlite, SqliteValue.KindOf(sqlite, i));
            columns[i] = new SourceColumn(i, names[i], names[i], kind);
            isOpen[i] = sqlite is not null && SqliteValue.IsOpen(sqlite, i);
            if (kind == ColumnKind.Text)
            {
                asked[i] = FormatKind.Of(formatOf?.Invoke(columns[i]));
                columns[i] = columns[i] with { Kind = asked[i] ?? kind };
            }
        }
    }

    public IReadOnlyList<SourceColumn> Columns => columns;

    /// <summary>Reads the first rows if only they tell the kind of a column, which begins with NULL.</summary>
    public void LookAhead(BatchPool pool, CancellationToken cancellation)
    {
        while (ahead.Count < MostAhead && isOpen.Contains(true) && Take(pool, cancellation) is { } batch)
        {
            ahead.Enqueue(batch);
            for (var i = 0; i < columns.Length; i++)
            {
                if (isOpen[i] && FirstKind(batch, i) is { } kind)
                {
                    isOpen[i] = false;
                    columns[i] = columns[i] with { Kind = kind };
                }
            }
        }
    }

    /// <summary>The next rows; null when there are no more.</summary>
    public RowBatch? Next(BatchPool pool, CancellationToken cancellation) =>
        ahead.TryDequeue(out var batch) ? batch : Take(pool, cancellation);

    /// <summary>Replaces the rows of the batch by the next ones.</summary>
    /// <returns>False when the reader has no more rows and the batch is empty.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read(RowBatch batch, CancellationToken cancellation)
    {
        batch.Count = 0;
        var text = 0L;
        while (batch.Count < batch.Capacity && text < TextLimit)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!reader.Read())
            {
                break;
            }

            text += ReadRow(batch.Fill(batch.Count++));
        }

        return batch.Count > 0;
    }

    private RowBatch? Take(BatchPool pool, CancellationToken cancellation)
    {
        var batch = pool.Take(cancellation);
        // a server may be silent for longer than the query may take
        if (reader is ITimedReader timed ? timed.InTime(() => Read(batch, cancellation)) : Read(batch, cancellation))
        {
            return batch;
        }

        pool.Return(batch);
        return null;
    }

    private ColumnKind? FirstKind(RowBatch batch, int column)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch[row][column].Kind is not CellKind.Null and var kind)
            {
                return kind switch
                {
                    CellKind.Integer => ColumnKind.Integer,
                    CellKind.Double => ColumnKind.Double,
                    _ => columns[column].Kind,
                };
            }
        }

        return null;
    }

    // Compiled once and for all, as are the columns of a workbook.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long ReadRow(Span<Cell> row)
    {
        var text = 0L;
        for (var i = 0; i < row.Length; i++)
        {
            ref var cell = ref row[i];
            if (reader.IsDBNull(i))
            {
                cell.SetNull();
                continue;
            }

            ReadValue(i, ref cell);
            var length = cell.Kind is CellKind.Text or CellKind.Json
                ? cell.Text.Length
                : cell.Kind == CellKind.Binary
                ? cell.Binary.Length
                : 0;
            RowErrors.CheckCell(columns[i].Name, length);
            text += length;
            if (cell.Kind == CellKind.Text && asked[i] is { } kind)
            {
                TextValue.Ask(ref cell, kind);
            }
        }

        return text;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadValue(int i, ref Cell cell)
    {
        switch (sources[i])
        {
            case ValueSource.Text: cell.SetText(reader.GetString(i)); break;
            case ValueSource.Json: cell.SetJson(reader.GetString(i)); break;
            case ValueSource.Boolean: cell.SetBoolean(reader.GetBoolean(i)); break;
            case ValueSource.Byte: cell.SetInteger(reader.GetByte(i)); break;
            case ValueSource.Int16: cell.SetInteger(reader.GetInt16(i)); break;
            case ValueSource.Int32: cell.SetInteger(reader.GetInt32(i)); break;
            case ValueSource.Int64: cell.SetInteger(reader.GetInt64(i)); break;
            case ValueSource.Decimal: cell.SetDecimal(reader.GetDecimal(i)); break;
            case ValueSource.Double: cell.SetDouble(reader.GetDouble(i)); break;
            case ValueSource.Date: cell.SetDate(reader.GetDateTime(i)); break;
            case ValueSource.DateTime: cell.SetDateTime(reader.GetDateTime(i)); break;
            case ValueSource.Instant: BoxedValue.Set(ref cell, InZone(reader.GetValue(i)), ColumnKind.DateTimeOffset); break;
            case ValueSource.Guid: cell.SetGuid(reader.GetGuid(i)); break;
            case ValueSource.Sqlite: SqliteValue.Read(sqlite!, i, columns[i].Kind, ref cell); break;
            default: BoxedValue.Set(ref cell, reader.GetValue(i), columns[i].Kind); break;
        }
    }

    // The ends of the calendar have no place in another zone; what is no .NET time comes as text.
    private object InZone(object value) => value switch
    {
        DateTime { Year: > 1 and < 9999 } time =>
            TimeZoneInfo.ConvertTime(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)), zone),
        DateTimeOffset { Year: > 1 and < 9999 } time => TimeZoneInfo.ConvertTime(time, zone),
        _ => value,
    };
}
