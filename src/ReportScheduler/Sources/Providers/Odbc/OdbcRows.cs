using System.Collections;
using System.Data.Common;
using System.Data.Odbc;
using System.Reflection;

namespace ReportScheduler.Sources.Providers.Odbc;

/// <summary>The rows of an ODBC reader with exact values. Each row is read whole,
/// from the first column to the last, as drivers want it.</summary>
internal sealed class OdbcRows : DbDataReader
{
    /// <summary>The driver's text of a value, DBNull for NULL. The client has it, but its public
    /// GetString tells NULL by an exception only, and does so for each.</summary>
    private static readonly Func<OdbcDataReader, int, object> Text =
        typeof(OdbcDataReader).GetMethod("internalGetString", BindingFlags.Instance | BindingFlags.NonPublic,
            [typeof(int)])?.CreateDelegate<Func<OdbcDataReader, int, object>>() ?? Slowly;

    private readonly OdbcDataReader rows;
    private readonly OdbcColumn[] columns;
    private readonly object[] values;

    /// <param name="rows">The client's reader, at a result; it stays its owner's.</param>
    /// <param name="isSqlite">Whether the driver is that of SQLite.</param>
    public OdbcRows(OdbcDataReader rows, bool isSqlite)
    {
        this.rows = rows;
        columns = [.. Enumerable.Range(0, rows.FieldCount).Select(column => OdbcColumn.Of(rows, column, isSqlite))];
        values = new object[columns.Length];
    }

    public override int FieldCount => columns.Length;

    public override bool HasRows => rows.HasRows;

    public override bool IsClosed => rows.IsClosed;

    public override int RecordsAffected => rows.RecordsAffected;

    public override int Depth => 0;

    public override object this[int ordinal] => values[ordinal];

    public override object this[string name] => values[GetOrdinal(name)];

    public override bool Read()
    {
        if (!rows.Read())
        {
            return false;
        }

        for (var column = 0; column < columns.Length; column++)
        {
            values[column] = Value(column);
        }

        return true;
    }

    public override bool NextResult() => rows.NextResult();

    public override string GetName(int ordinal) => rows.GetName(ordinal);

    public override string GetDataTypeName(int ordinal) => columns[ordinal].TypeName;

    public override Type GetFieldType(int ordinal) => columns[ordinal].Type;

    public override int GetOrdinal(string name) => rows.GetOrdinal(name);

    public override bool IsDBNull(int ordinal) => values[ordinal] is DBNull;

    public override object GetValue(int ordinal) => values[ordinal];

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, columns.Length);
        Array.Copy(this.values, values, count);
        return count;
    }

    public override bool GetBoolean(int ordinal) => (bool)values[ordinal];

    public override byte GetByte(int ordinal) => (byte)values[ordinal];

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override char GetChar(int ordinal) => (char)values[ordinal];

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override DateTime GetDateTime(int ordinal) => (DateTime)values[ordinal];

    public override decimal GetDecimal(int ordinal) => (decimal)values[ordinal];

    public override double GetDouble(int ordinal) => (double)values[ordinal];

    public override float GetFloat(int ordinal) => (float)values[ordinal];

    public override Guid GetGuid(int ordinal) => (Guid)values[ordinal];

    public override short GetInt16(int ordinal) => (short)values[ordinal];

    public override int GetInt32(int ordinal) => (int)values[ordinal];

    public override long GetInt64(int ordinal) => (long)values[ordinal];

    public override string GetString(int ordinal) => (string)values[ordinal];

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    private object Value(int column)
    {
        try
        {
            return columns[column].FromText is not { } make ? rows.GetValue(column)
                : Text(rows, column) is string text ? make(text)
                : DBNull.Value;
        }
        catch (Exception problem) when (problem is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            throw ProviderErrors.OdbcValueNotReadable(rows.GetName(column), columns[column].TypeName, problem);
        }
    }

    private static object Slowly(OdbcDataReader rows, int column)
    {
        try
        {
            return rows.GetString(column);
        }
        catch (InvalidCastException)
        {
            return DBNull.Value;
        }
    }
}
