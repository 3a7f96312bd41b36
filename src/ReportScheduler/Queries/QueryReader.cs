using System.Collections;
using System.Data;
using System.Data.Common;
using Dapper;

namespace ReportScheduler.Queries;

/// <summary>The rows of one query. Values come as the database means them; what no .NET number can hold comes as text.</summary>
internal sealed class QueryReader : DbDataReader
{
    private readonly DbDataReader outer;
    private readonly DbDataReader inner;
    private readonly string server;
    private readonly CancellationToken cancel;
    private readonly CancellationTokenRegistration cancelCommand;
    private readonly PreciseValue[] precise;

    public QueryReader(DbDataReader reader, ReportProvider provider, string server, CancellationToken cancel)
    {
        outer = reader;
        inner = reader is IWrappedDataReader { Reader: DbDataReader wrapped } ? wrapped : reader;
        this.server = server;
        this.cancel = cancel;
        cancelCommand = reader is IWrappedDataReader { Command: { } command } ? cancel.Register(() => Cancel(command)) : default;
        precise = [.. Enumerable.Range(0, inner.FieldCount).Select(column => PreciseValue.For(provider, inner, column))];
    }

    public override int FieldCount => inner.FieldCount;

    public override bool HasRows => inner.HasRows;

    public override bool IsClosed => inner.IsClosed;

    public override int RecordsAffected => inner.RecordsAffected;

    public override int Depth => inner.Depth;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        try
        {
            return inner.Read();
        }
        catch (Exception problem) when (problem is DbException or IOException or InvalidOperationException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            throw ReportError.ReadFailed(server, problem);
        }
    }

    public override bool NextResult() => inner.NextResult();

    public override object GetValue(int ordinal) => precise[ordinal].Read(inner, ordinal);

    public override Type GetFieldType(int ordinal) => precise[ordinal].Type;

    public override bool IsDBNull(int ordinal) => inner.IsDBNull(ordinal);

    public override string GetName(int ordinal) => inner.GetName(ordinal);

    public override string GetDataTypeName(int ordinal) => inner.GetDataTypeName(ordinal);

    public override int GetOrdinal(string name) => inner.GetOrdinal(name);

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var column = 0; column < count; column++)
        {
            values[column] = GetValue(column);
        }

        return count;
    }

    public override bool GetBoolean(int ordinal) => inner.GetBoolean(ordinal);

    public override byte GetByte(int ordinal) => inner.GetByte(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        inner.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);

    public override char GetChar(int ordinal) => inner.GetChar(ordinal);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        inner.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);

    public override DateTime GetDateTime(int ordinal) => inner.GetDateTime(ordinal);

    public override decimal GetDecimal(int ordinal) => inner.GetDecimal(ordinal);

    public override double GetDouble(int ordinal) => inner.GetDouble(ordinal);

    public override float GetFloat(int ordinal) => inner.GetFloat(ordinal);

    public override Guid GetGuid(int ordinal) => inner.GetGuid(ordinal);

    public override short GetInt16(int ordinal) => inner.GetInt16(ordinal);

    public override int GetInt32(int ordinal) => inner.GetInt32(ordinal);

    public override long GetInt64(int ordinal) => inner.GetInt64(ordinal);

    public override string GetString(int ordinal) => inner.GetString(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override void Close()
    {
        cancelCommand.Dispose();
        outer.Close();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
                cancelCommand.Dispose();
            outer.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void Cancel(IDbCommand command)
    {
        try
        {
            command.Cancel();
        }
        catch (Exception problem) when (problem is DbException or InvalidOperationException or ObjectDisposedException)
        {
            // The command ended while it was being cancelled.
        }
    }
}
