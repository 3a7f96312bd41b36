using System.Data.Common;
using Dapper;
using ReportScheduler.Text;

namespace ReportScheduler.Store.Relational;

/// <summary>One connection to the database of a store, in a transaction or not, and how that database says things.</summary>
/// <param name="connection">The connection.</param>
/// <param name="transaction">Its transaction; null for none.</param>
/// <param name="sql">The database.</param>
/// <param name="patience">So many seconds a statement may take; null for as many as the driver gives it.</param>
internal sealed class StoreSession(DbConnection connection, DbTransaction? transaction, StoreDialect sql, int? patience = null)
{
    public StoreDialect Sql => sql;

    public List<T> Query<T>(string text, object? values = null) =>
        connection.Query<T>(text, Whole(values), transaction, commandTimeout: patience).AsList();

    /// <summary>One row after the other, while it is read.</summary>
    public IEnumerable<T> Stream<T>(string text, object values) =>
        connection.Query<T>(text, Whole(values), transaction, buffered: false, commandTimeout: patience);

    /// <summary>Statements that go to the server together: one way there and back.</summary>
    /// <param name="text">The statements.</param>
    /// <param name="values">The values of their parameters.</param>
    /// <param name="read">Reads what they find, one after the other.</param>
    public T Several<T>(string text, object values, Func<SqlMapper.GridReader, T> read)
    {
        using var found = connection.QueryMultiple(text, Whole(values), transaction, commandTimeout: patience);
        return read(found);
    }

    public T? Scalar<T>(string text, object? values = null) =>
        connection.ExecuteScalar<T>(text, Whole(values), transaction, commandTimeout: patience);

    /// <summary>The text of the only row and column; null for no row.</summary>
    public string? Find(string text, object? values = null) =>
        connection.QuerySingleOrDefault<string>(text, Whole(values), transaction, commandTimeout: patience);

    /// <param name="from">A select from its <c>from</c> on.</param>
    /// <param name="values">The values of its parameters.</param>
    public bool Exists(string from, object? values = null) =>
        Scalar<int>($"select case when exists (select 1 {from}) then 1 else 0 end", values) == 1;

    public int Execute(string text, object? values = null) =>
        connection.Execute(text, Whole(values), transaction, commandTimeout: patience);

    /// <summary>Inserts rows, or changes those with the key.</summary>
    public void Upsert(string table, IReadOnlyList<string> keys, RowSet rows) =>
        Write(rows, source => sql.Upsert(table, keys, rows.Names, source));

    /// <summary>Inserts the rows whose key is not there.</summary>
    /// <returns>How many were inserted.</returns>
    public int InsertNew(string table, string key, RowSet rows) =>
        Write(rows, source => sql.InsertNew(table, key, rows.Names, source));

    public void Insert(string table, RowSet rows) =>
        Write(rows, source => $"insert into {table} ({string.Join(", ", rows.Names)}) {source}");

    /// <summary>Says that a definition is another one. It is the last statement of its transaction: the row is everybody's.</summary>
    public bool NewDefinitions()
    {
        HasNewDefinitions = true;
        return Execute("update meta set number = number + 1 where name = 'definitions'") > 0;
    }

    public bool HasNewDefinitions { get; private set; }

    /// <summary>The rows that go into a statement beside other values.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="beside">How many bytes the other values have.</param>
    /// <param name="size">How many bytes theirs have.</param>
    public int Fitting(RowSet rows, int from, long beside, out long size)
    {
        var bytes = sql.StatementLimit is null ? long.MaxValue : StatementSize.Usual - beside;
        return rows.Fitting(from, sql.MostRows(rows.Columns.Count), bytes, out size);
    }

    /// <summary>The values, with whole characters: half a one would undo the whole change.</summary>
    /// <param name="values">The values.</param>
    /// <param name="size">How many bytes they have in a statement.</param>
    /// <exception cref="ReportException">StoreValueTooLarge.</exception>
    public object? Whole(object? values, out long size)
    {
        size = 0;
        if (values is null or DynamicParameters)
        {
            return values;
        }

        var members = values.GetType().GetProperties();
        var each = Array.ConvertAll(members, member => member.GetValue(values));
        CheckSize(size = sql.StatementLimit is null ? 0 : each.Sum(StatementSize.Of));
        if (!Array.Exists(each, value => value is string text && !WholeText.Is(text)))
        {
            return values;
        }

        var whole = new DynamicParameters();
        foreach (var (member, value) in members.Zip(each))
        {
            whole.Add(member.Name, value is string text ? WholeText.Of(text) : value);
        }

        return whole;
    }

    // asked where it may be: the line would be cut, and the store said to be away
    private void CheckSize(long size)
    {
        if (size > StatementSize.Usual && sql.StatementLimit is { } ask
            && connection.ExecuteScalar<long>(ask, null, transaction) is var limit && StatementSize.IsOver(size, limit))
        {
            throw RelationalErrors.StoreValueTooLarge(size, limit);
        }
    }

    private object? Whole(object? values)
    {
        StoreStop.CheckAwaited();
        return Whole(values, out _);
    }

    private int Write(RowSet rows, Func<string, string> statement)
    {
        var (written, count) = (0, 0);
        for (var from = 0; from < rows.Count; from += count)
        {
            count = Fitting(rows, from, 0, out var size);
            CheckSize(size);
            var parameters = new DynamicParameters();
            var source = sql.Source(rows, from, count, parameters);
            written += Execute(statement(source), parameters);
        }

        return written;
    }
}
