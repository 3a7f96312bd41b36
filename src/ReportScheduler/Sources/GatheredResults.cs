using ReportScheduler.Rows;

namespace ReportScheduler.Sources;

/// <summary>The rows of several servers as one result, those of each together.</summary>
internal sealed class GatheredResults(IReadOnlyList<GatheredPart> parts, IReadOnlyList<SourceGap> gaps, Action<string>? warn)
    : IGatheredResults
{
    public IReadOnlyList<SourceGap> Gaps => gaps;

    public IRowReader Rows(TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null) =>
        new Reader(parts, GatheredColumns.Of(parts, warn));

    public bool Next() => false;

    public void Dispose()
    {
        foreach (var part in parts)
        {
            part.Dispose();
        }
    }

    private sealed class Reader(IReadOnlyList<GatheredPart> parts, IReadOnlyList<SourceColumn> columns) : IRowReader
    {
        private const int TextLimit = 1 << 20;

        private int place = -1;
        private int[] targets = [];
        private Cell[] cells = [];

        public IReadOnlyList<SourceColumn> Columns => columns;

        public void LookAhead(BatchPool pool, CancellationToken cancellation)
        {
            // every row has been read
        }

        public RowBatch? Next(BatchPool pool, CancellationToken cancellation)
        {
            var batch = pool.Take(cancellation);
            batch.Count = 0;
            var text = 0L;
            while (batch.Count < batch.Capacity && text < TextLimit && Read())
            {
                cancellation.ThrowIfCancellationRequested();
                text += Fill(batch.Fill(batch.Count++));
            }

            if (batch.Count > 0)
            {
                return batch;
            }

            pool.Return(batch);
            return null;
        }

        private bool Read()
        {
            while (place < 0 || !parts[place].Rows.Read(cells))
            {
                if (++place == parts.Count)
                {
                    place--;
                    return false;
                }

                // the columns behind the first are in the order in which their names come
                var names = parts.SelectMany(part => part.Columns).Select(column => column.Name).Distinct(StringComparer.OrdinalIgnoreCase)
                    .ToList();
                targets = [.. parts[place].Columns.Select(
                    column => 1 + names.FindIndex(name => name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)))];
                cells = new Cell[targets.Length];
            }

            return true;
        }

        private long Fill(Span<Cell> row)
        {
            foreach (ref var cell in row)
            {
                cell.SetNull();
            }

            row[0].SetText(parts[place].Name);
            var text = 0L;
            for (var i = 0; i < targets.Length; i++)
            {
                row[targets[i]] = cells[i];
                text += cells[i].Kind is CellKind.Text or CellKind.Json
                    ? cells[i].Text.Length
                    : cells[i].Kind == CellKind.Binary
                    ? cells[i].Binary.Length
                    : 0;
            }

            return text;
        }
    }
}
