using System.Collections;
using System.Data;
using System.Data.Common;
using Dapper;
using ReportScheduler.Rows;
using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Sources;

/// <summary>The rows of one query. Values come as the database means them; what no .NET type can hold comes as text.</summary>
/// <remarks>Types that come: text, Boolean, integers, Decimal, Double, Single, DateTime,
/// DateOnly, DateTimeOffset (UTC for PostgreSQL), TimeSpan, Guid, bytes.</remarks>
internal sealed class QueryReader : DbDataReader, ITimedReader
{
    private readonly ResultSequence results;
    private readonly DatabaseProvider provider;
    private readonly Func<Exception, ReportException> explain;
    private readonly CancellationToken cancel;
    private readonly CommandStop stop;
    private readonly CallLimit? limit;
    private DbDataReader inner = null!;
    private PreciseValue[] precise = [];
    private IJoinedDocument? joined;
    private bool isAtEnd;

    /// <param name="results">At its first result.</param>
    /// <param name="provider">The kind of database.</param>
    /// <param name="explain">Says in words what the client threw.</param>
    /// <param name="stop">Cancels the command; disposed with the reader.</param>
    /// <param name="limit">Bounds the client's calls, disposed with the reader; null for a client without a network.</param>
    /// <param name="cancel">What makes it stop.</param>
    public QueryReader(
        ResultSequence results, DatabaseProvider provider, Func<Exception, ReportException> explain, CommandStop stop, CallLimit? limit,
        CancellationToken cancel)
    {
        this.results = results;
        this.provider = provider;
        this.explain = explain;
        this.limit = limit;
        this.cancel = cancel;
        this.stop = stop;
        Enter();
    }

    /// <summary>Is called when the last row was read and the command is over; null for nothing.</summary>
    public Action? Ended { get; init; }

    /// <summary>The client's own reader, as long as all its values are exact; else this one.</summary>
    public DbDataReader Values => Array.Exists(precise, column => column.Read is not null) ? this : inner;

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
            isAtEnd = !(joined?.Read(inner) ?? inner.Read());
            return !isAtEnd;
        }
        catch (Exception problem) when (problem is DbException or IOException or InvalidOperationException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            throw explain(problem);
        }
    }

    /// <summary>Makes calls of this reader that may wait for the server, and gives them up
    /// when the query's time is over and the client does not.</summary>
    /// <exception cref="ReportException">The time is over.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public T InTime<T>(Func<T> calls)
    {
        try
        {
            return limit is null ? calls() : limit.Run(calls);
        }
        catch (TimeoutException silent)
        {
            throw explain(silent);
        }
    }

    /// <summary>Goes on to the next result that has columns, and runs what stands in between.</summary>
    public override bool NextResult()
    {
        try
        {
            isAtEnd = false;
            if (InTime(results.Next))
            {
                Enter();
                return true;
            }

            return !(isAtEnd = true);
        }
        catch (Exception problem) when (problem is DbException or IOException or InvalidOperationException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            throw explain(problem);
        }
    }

    public override object GetValue(int ordinal) =>
        joined?.Value ?? (precise[ordinal].Read is { } read ? read(inner, ordinal) : inner.GetValue(ordinal));

    public override Type GetFieldType(int ordinal) => precise[ordinal].Type;

    /// <summary>The same as <see cref="GetFieldType"/>, or object where single values may have
    /// other types: then only <see cref="GetValue"/> is exact.</summary>
    public override Type GetProviderSpecificFieldType(int ordinal) =>
        precise[ordinal].Read is null ? precise[ordinal].Type : typeof(object);

    public override bool IsDBNull(int ordinal) => joined is null && inner.IsDBNull(ordinal);

    public override string GetName(int ordinal) => inner.GetName(ordinal);

    public override string GetDataTypeName(int ordinal) => joined?.TypeName ?? precise[ordinal].TypeName ?? inner.GetDataTypeName(ordinal);

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

    public override string GetString(int ordinal) => joined?.Value ?? inner.GetString(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (limit is null)
            {
                Release();
            }
            else if (limit.IsAbandoned || !CallLimit.Try(Release))
            {
                stop.Abandon();
            }

            limit?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Enter()
    {
        var reader = results.Reader!;
        inner = reader is IWrappedDataReader { Reader: DbDataReader wrapped } both ? provider.Exactly(wrapped, both.Command) : reader;
        precise = [.. Enumerable.Range(0, inner.FieldCount).Select(column => provider.Exact(inner, column))];
        joined = provider.Joined(inner);
    }

    private void Release()
    {
        try
        {
            if (!isAtEnd)
            {
                // Else the client would fetch the rest of the rows only to drop them.
                stop.Now();
            }

            stop.Dispose();
            results.Dispose();
            if (isAtEnd)
            {
                Ended?.Invoke();
            }
        }
        catch (Exception problem) when (problem is DbException or IOException or InvalidOperationException)
        {
            // The server's answer to the cancel; or what goes wrong behind the last row, such as in a statement that follows.
            if (isAtEnd)
            {
                throw explain(problem);
            }
        }
    }
}
