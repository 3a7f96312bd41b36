namespace ReportScheduler.Rows.Spool;

/// <summary>The results of a query whose rows are shown to somebody else as well, on their way.</summary>
/// <param name="inner">The results.</param>
/// <param name="see">Gets each batch when it is read.</param>
/// <param name="begin">Gets the columns, whose kinds are final, before the first batch.</param>
internal sealed class SeenResults(IRowResults inner, Action<IReadOnlyList<SourceColumn>> begin, Action<RowBatch> see) : IRowResults
{
    public IRowReader Rows(TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null) =>
        new Reader(inner.Rows(zone, formatOf), begin, see);

    public bool Next() => inner.Next();

    public void Dispose() => inner.Dispose();

    private sealed class Reader(IRowReader inner, Action<IReadOnlyList<SourceColumn>> begin, Action<RowBatch> see) : IRowReader
    {
        public IReadOnlyList<SourceColumn> Columns => inner.Columns;

        public BatchPool? Pool => inner.Pool;

        public void LookAhead(BatchPool pool, CancellationToken cancellation)
        {
            inner.LookAhead(pool, cancellation);
            begin(inner.Columns);
        }

        public RowBatch? Next(BatchPool pool, CancellationToken cancellation)
        {
            var batch = inner.Next(pool, cancellation);
            if (batch is not null)
            {
                see(batch);
            }

            return batch;
        }
    }
}
