namespace ReportScheduler.Rows.Spool;

/// <summary>Rows that were put aside, as the only result of a query: those of some segments, one after the other.</summary>
internal sealed class SpooledResults(RowSpool spool, IReadOnlyList<SourceColumn> columns, IReadOnlyList<SpoolSegment> segments,
    BatchPool pool, RecurringTexts texts) : IRowResults
{
    public IRowReader Rows(TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null) =>
        new SpooledReader(spool, columns, segments, pool, texts);

    public bool Next() => false;

    public void Dispose()
    {
    }
}
