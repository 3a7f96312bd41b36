using System.Data.Common;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers;

/// <summary>The results of one query text, batch after batch, on one session.</summary>
/// <remarks>Several statements of PostgreSQL run in one transaction, as they do when they are
/// sent at once, unless they have transactions of their own.</remarks>
internal sealed class ResultSequence : IDisposable
{
    private readonly IEnumerator<SqlBatch> batches;
    private readonly Func<SqlBatch, DbDataReader> run;
    private readonly Func<DbTransaction?> begin;
    private readonly bool keeps;
    private DbTransaction? transaction;
    private bool isOver;

    /// <param name="connection">The session.</param>
    /// <param name="text">What runs.</param>
    /// <param name="run">Starts a batch; the reader that it gives owns the command.</param>
    /// <param name="keeps">Whether the transaction is kept in the end.</param>
    public ResultSequence(DbConnection connection, SqlText text, Func<SqlBatch, DbDataReader> run, bool keeps = true)
    {
        this.keeps = keeps;
        this.run = run;
        batches = text.Batches.SelectMany(batch => Enumerable.Repeat(batch, batch.Times)).GetEnumerator();
        begin = () => text.IsTransactionNeeded ? connection.BeginTransaction() : null;
    }

    /// <summary>The current result; null before the first.</summary>
    public DbDataReader? Reader { get; private set; }

    /// <summary>Goes on to the next result that has columns.</summary>
    public bool Next()
    {
        while (!isOver)
        {
            while (Reader?.NextResult() == true)
            {
                if (Reader.FieldCount > 0)
                {
                    return true;
                }
            }

            if (!batches.MoveNext())
            {
                isOver = true;
                Complete();
                return false;
            }

            transaction ??= Reader is null ? begin() : null;
            Reader?.Dispose();
            Reader = run(batches.Current);
            if (Reader.FieldCount > 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        batches.Dispose();
        Reader?.Dispose();
        transaction?.Dispose();
    }

    private void Complete()
    {
        if (transaction is not null)
        {
            Reader?.Dispose();
            if (keeps)
            {
                transaction.Commit();
            }

            transaction.Dispose();
            transaction = null;
        }
    }
}
