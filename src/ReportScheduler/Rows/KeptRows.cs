namespace ReportScheduler.Rows;

/// <summary>Rows that were kept as bytes, as a result of their own.</summary>
/// <param name="columns">The columns to show; the index of each is its place in the kept rows.</param>
/// <param name="rows">The cells of each, as <see cref="CellBytes"/> writes them.</param>
internal sealed class KeptRows(IReadOnlyList<SourceColumn> columns, IReadOnlyList<byte[]> rows) : IRowResults, IRowReader
{
    private readonly Cell[] kept = new Cell[columns.Max(column => column.Index) + 1];
    private int next;

    public IReadOnlyList<SourceColumn> Columns { get; } = [.. columns.Select((column, i) => column with { Index = i })];

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
            foreach (ref var cell in kept.AsSpan())
            {
                CellBytes.Read(reader, ref cell);
            }

            var row = batch.Fill(batch.Count);
            for (var i = 0; i < columns.Count; i++)
            {
                row[i] = kept[columns[i].Index];
            }
        }

        return batch;
    }

    public bool Next() => false;

    public void Dispose()
    {
    }
}
