using System.Data.Common;
using ReportScheduler.Rows;

namespace ReportScheduler.Sources;

/// <summary>The results of a query of a database.</summary>
/// <param name="reader">At the first result; disposed with this.</param>
/// <param name="explain">Says in words what the client threw while values were read.</param>
/// <param name="cancel">What makes it stop.</param>
internal sealed class DatabaseResults(DbDataReader reader, Func<DbException, ReportException> explain, CancellationToken cancel)
    : IRowResults
{
    public IRowReader Rows(TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null) =>
        new DatabaseRows(Explained(() => new RowReader(reader, zone, formatOf)), this);

    public bool Next() => reader.NextResult();

    public void Dispose() => reader.Dispose();

    private T Explained<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DbException problem)
        {
            cancel.ThrowIfCancellationRequested();
            throw explain(problem);
        }
    }

    /// <summary>The rows, whose values may turn out to be unreadable.</summary>
    private sealed class DatabaseRows(RowReader rows, DatabaseResults results) : IRowReader
    {
        public IReadOnlyList<SourceColumn> Columns => rows.Columns;

        public void LookAhead(BatchPool pool, CancellationToken cancellation) => results.Explained(() =>
        {
            rows.LookAhead(pool, cancellation);
            return true;
        });

        public RowBatch? Next(BatchPool pool, CancellationToken cancellation) => results.Explained(() => rows.Next(pool, cancellation));
    }
}
