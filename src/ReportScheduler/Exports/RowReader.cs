using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ReportScheduler.Exports;

/// <summary>Reads a <see cref="DbDataReader"/> into batches, through its typed getters so that values are not boxed.</summary>
/// <remarks>
/// The kind of a column comes from what the database declares. SQLite declares little and lets every value differ, so there each value is looked at,
/// and text in a column declared as a date, or 0 and 1 in one declared as boolean, is taken for what the declaration says.
/// An instant without an offset of its own (timestamptz) is shown in the zone given; a date with an offset keeps it.
/// </remarks>
internal sealed class RowReader
{
    // A batch of long texts ends early, so that memory does not follow their length.
    private const int TextLimit = 1 << 20;

    private readonly DbDataReader reader;
    private readonly SqliteDataReader? sqlite;
    private readonly TimeZoneInfo zone;
    private readonly ReportColumn[] columns;
    private readonly ValueSource[] sources;

    public RowReader(DbDataReader reader, TimeZoneInfo zone)
    {
        this.reader = reader;
        this.zone = zone;
        sqlite = reader as SqliteDataReader ?? (reader as IWrappedDataReader)?.Reader as SqliteDataReader;
        var names = ColumnNames.Of(reader);
        columns = new ReportColumn[names.Length];
        sources = new ValueSource[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            (sources[i], var kind) = sqlite is null ? ValueSources.Of(reader, i) : (ValueSource.Sqlite, SqliteValue.KindOf(sqlite, i));
            columns[i] = new ReportColumn(i, names[i], names[i], kind);
        }
    }

    public IReadOnlyList<ReportColumn> Columns => columns;

    /// <summary>Replaces the rows of the batch by the next ones.</summary>
    /// <returns>False when the reader has no more rows and the batch is empty.</returns>
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
            if (cell.Kind is CellKind.Text or CellKind.Json)
            {
                text += cell.Text.Length;
            }
            else if (cell.Kind == CellKind.Binary)
            {
                text += cell.Binary.Length;
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
        DateTime { Year: > 1 and < 9999 } time => TimeZoneInfo.ConvertTime(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)), zone),
        DateTimeOffset { Year: > 1 and < 9999 } time => TimeZoneInfo.ConvertTime(time, zone),
        _ => value,
    };
}
