namespace ReportScheduler.Rows;

/// <summary>The servers that gave no rows, as rows: which, and why.</summary>
/// <param name="gaps">The servers.</param>
/// <param name="headers">What people read above the two columns; null for their names.</param>
internal sealed class GapResults(IReadOnlyList<SourceGap> gaps, string[]? headers = null) : IRowResults
{
    private static readonly string[] Names = [ServerColumn.Name, "error"];

    public IRowReader Rows(TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null) => new Reader(gaps, headers);

    public bool Next() => false;

    public void Dispose()
    {
    }

    private sealed class Reader(IReadOnlyList<SourceGap> gaps, string[]? headers) : IRowReader
    {
        private int next;

        public IReadOnlyList<SourceColumn> Columns { get; } = [
            .. Names.Select((name, i) => new SourceColumn(i, name, name, ColumnKind.Text)
            {
                Look = headers is null ? null : new ReportColumn { Name = name, Header = headers[i] },
            })];

        public void LookAhead(BatchPool pool, CancellationToken cancellation)
        {
        }

        public RowBatch? Next(BatchPool pool, CancellationToken cancellation)
        {
            if (next == gaps.Count)
            {
                return null;
            }

            var batch = pool.Take(cancellation);
            for (batch.Count = 0; batch.Count < batch.Capacity && next < gaps.Count; next++)
            {
                var cells = batch.Fill(batch.Count++);
                cells[0].SetText(gaps[next].Name);
                cells[1].SetText(gaps[next].Error);
            }

            return batch;
        }
    }
}
