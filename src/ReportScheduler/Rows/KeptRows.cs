namespace ReportScheduler.Rows;

/// <summary>Rows that were kept as bytes, as a result of their own.</summary>
/// <param name="columns">Their columns.</param>
/// <param name="rows">The cells of each, as <see cref="CellBytes"/> writes them.</param>
internal sealed class KeptRows(IReadOnlyList<SourceColumn> columns, IReadOnlyList<byte[]> rows) : IRowResults, IRowReader
{
    private int next;

    public IReadOnlyList<SourceColumn> Columns => columns;

    public IRowReader Rows(TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null) => this;

    public void LookAhead(BatchPool pool, CancellationToken cancellation)
    {
    }

    public RowBatch? Next(BatchPool pool, CancellationToken cancellation)
    {
        if (next == rows.Count)
        {
            return null;
        }

        var batch = pool.Take(cancellation);
        for (batch.Count = 0; batch.Count < batch.Capacity && next < rows.Count; next++, batch.Count++)
        {
            using var reader = new BinaryReader(new MemoryStream(rows[next]));
            foreach (ref var cell in batch.Fill(batch.Count))
            {
                CellBytes.Read(reader, ref cell);
            }
        }

        return batch;
    }

    public bool Next() => false;

    public void Dispose()
    {
    }
}
