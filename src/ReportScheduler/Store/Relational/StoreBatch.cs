using System.Text;
using Dapper;

namespace ReportScheduler.Store.Relational;

/// <summary>Rows that are written, and statements after them, sent together: one way to the server and back.</summary>
/// <remarks>Rows that are more than the server takes in a statement, with those before them, are written at once.</remarks>
internal sealed class StoreBatch(StoreSession session)
{
    private readonly StringBuilder text = new();
    private DynamicParameters parameters = new();
    private long bytes;

    // how much of what a statement takes it has
    private double share;

    /// <summary>Inserts rows, or changes those with the key.</summary>
    public void Upsert(string table, IReadOnlyList<string> keys, RowSet rows) => Add(table, rows,
        source => session.Sql.Upsert(table, keys, rows.Names, source), () => session.Upsert(table, keys, rows));

    /// <summary>Changes rows that are there.</summary>
    public void Update(string table, string key, RowSet rows) => Add(table, rows,
        source => session.Sql.Update(table, key, rows.Names, source), () => session.Upsert(table, [key], rows));

    /// <summary>Inserts the rows whose key is not there, and selects the ids of those that were inserted.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The column that is there once.</param>
    /// <param name="rows">The rows, each with an id that no other row has.</param>
    /// <param name="ids">The parameter that has the ids of all of them.</param>
    public void InsertNewIds(string table, string key, RowSet rows, string ids)
    {
        if (rows.Count > 0 && Fits(rows))
        {
            var source = session.Sql.Source(rows, 0, rows.Count, parameters, table + "_");
            text.Append(session.Sql.InsertNewIds(table, key, rows.Names, source, ids)).Append(";\n");
            return;
        }

        session.InsertNew(table, key, rows);
        text.Append(session.Sql.SelectIds(table, ids)).Append(";\n");
    }

    /// <summary>Inserts the rows whose key is not there.</summary>
    public void InsertNew(string table, string key, RowSet rows) => Add(table, rows,
        source => session.Sql.InsertNew(table, key, rows.Names, source), () => session.InsertNew(table, key, rows));

    /// <summary>Sends all of it, with some last statements.</summary>
    /// <param name="last">The statements.</param>
    /// <param name="values">The values of their parameters.</param>
    /// <param name="read">Reads what they find, one after the other.</param>
    public T Ask<T>(string last, object values, Func<SqlMapper.GridReader, T> read)
    {
        parameters.AddDynamicParams(session.Whole(values, out _));
        return session.Several(text.Append(last).ToString(), parameters, read);
    }

    /// <summary>Sends all of it, with some last statements.</summary>
    public void Execute(string last, object values)
    {
        var whole = session.Whole(values, out var size);
        if (bytes + size > StatementSize.Usual && text.Length > 0)
        {
            session.Execute(text.ToString(), parameters);
            text.Clear();
            parameters = new DynamicParameters();
        }

        parameters.AddDynamicParams(whole);
        session.Execute(text.Append(last).ToString(), parameters);
    }

    private void Add(string table, RowSet rows, Func<string, string> statement, Action alone)
    {
        if (rows.Count > 0 && !Fits(rows))
        {
            alone();
        }
        else if (rows.Count > 0)
        {
            text.Append(statement(session.Sql.Source(rows, 0, rows.Count, parameters, table + "_"))).Append(";\n");
        }
    }

    // Whether the rows go into this statement, beside those that are in it. All parameters count together, and SQL Server takes 2,100.
    private bool Fits(RowSet rows)
    {
        var with = share + ((double)rows.Count / session.Sql.MostRows(rows.Columns.Count));
        var size = 0L;
        var fits = with <= 1 && session.Fitting(rows, 0, bytes, out size) == rows.Count
            && (session.Sql.StatementLimit is null || bytes + size <= StatementSize.Usual);
        if (fits)
        {
            (share, bytes) = (with, bytes + size);
        }

        return fits;
    }
}
