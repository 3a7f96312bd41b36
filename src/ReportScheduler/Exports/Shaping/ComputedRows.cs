using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Shaping;

/// <summary>Rows with columns of their own: running totals, and shares of a total.</summary>
/// <remarks>A running total begins again with each group. A share has to know the total first,
/// so all rows are kept; NULL where the total is zero or nothing.</remarks>
internal sealed class ComputedRows : IRowReader, IDisposable
{
    private const double MostExact = 1e22;

    private readonly IRowReader rows;
    private readonly string dataset;
    private readonly int[] keys;
    private readonly AddedColumn[] added;
    private readonly int[] places;
    private readonly ColumnAggregate[] running;
    private readonly GroupKeys groups;
    private readonly BatchPool own;
    private readonly BatchPool pool;
    private readonly Queue<decimal?>[] wholes;
    private readonly decimal?[] whole;
    private readonly bool[]? hasWords;
    private RowBuffer? buffer;
    private RowBatch? source;
    private int sourceRow;
    private int taken;
    private bool hasBegun;

    /// <param name="rows">The rows, those of a group together.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="definition">What it asks for.</param>
    /// <param name="keys">The places of the columns that the rows are grouped by, outermost first.</param>
    /// <param name="words">The words of the report.</param>
    /// <param name="hasWords">Which of them show words for true and false.</param>
    public ComputedRows(IRowReader rows, string dataset, ReportDataset definition, int[] keys, ReportWords words,
        bool[]? hasWords = null)
    {
        this.hasWords = hasWords;
        (this.rows, this.dataset, this.keys) = (rows, dataset, keys);
        groups = new GroupKeys(keys, hasWords);
        own = new BatchPool(rows.Columns.Count);
        pool = rows.Pool ?? own;
        var all = new List<SourceColumn>();
        var made = new List<AddedColumn>();
        var from = new List<int>();
        var names = new HashSet<string>(rows.Columns.Select(column => column.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var column in rows.Columns)
        {
            from.Add(column.Index);
            all.Add(column with { Index = all.Count });
            var look = definition.Column(column.Name);
            if (look is { RunningTotal: true })
            {
                Add(new AddedColumn(column.Index, keys.Length, IsShare: false), column, "running_total",
                    look, header => words.With("runningTotal", header), column.Kind, look.Format);
            }

            if (look?.ShareOf is { } of)
            {
                var levels = LevelsOf(of, definition);
                Add(new AddedColumn(column.Index, levels, IsShare: true), column, "share",
                    look, header => levels == 0 ? words.With("shareOfTotal", header)
                        : words.With("shareOf", header, HeaderOf(definition, definition.GroupBy[levels - 1])),
                    ColumnKind.Decimal, NamedFormat.Percent);
            }
        }

        (Columns, added, places) = (all, [.. made], [.. from]);
        running = [.. added.Select(each => new ColumnAggregate(rows.Columns[each.Source], ColumnTotal.Sum))];
        wholes = [.. added.Select(_ => new Queue<decimal?>())];
        whole = new decimal?[added.Length];

        void Add(AddedColumn column, SourceColumn source, string suffix, ReportColumn look, Func<string, string> title,
            ColumnKind kind, string? format)
        {
            var name = $"{source.Name}_{suffix}";
            for (var number = 2; !names.Add(name); number++)
            {
                name = $"{source.Name}_{suffix}_{number}";
            }

            from.Add(-1 - made.Count);
            made.Add(column);
            all.Add(new SourceColumn(all.Count, name, name, kind)
            {
                Look = new ReportColumn { Name = name, Header = look.Header is { } header ? title(header) : null, Format = format },
                Title = _ => title(HeaderText.Of(source.Name)),
                IsWorkedOut = true,
            });
        }
    }

    public IReadOnlyList<SourceColumn> Columns { get; }

    public static bool AreAsked(ReportDataset definition, IReadOnlyList<SourceColumn> columns) =>
        columns.Any(column => definition.Column(column.Name) is { } look && (look.RunningTotal || look.ShareOf is not null));

    public void LookAhead(BatchPool pool, CancellationToken cancellation)
    {
        // done before the columns were known
    }

    public RowBatch? Next(BatchPool pool, CancellationToken cancellation)
    {
        if (buffer is null && Array.Find(added, column => column.IsShare) is { } share)
        {
            buffer = RowBuffer.Read(rows, [], cancellation);
            if (!buffer.IsComplete)
            {
                throw ShapingErrors.TooManyRowsForShare(dataset, rows.Columns[share.Source].Name, buffer.Count);
            }

            FindWholes(buffer);
        }

        var target = pool.Take(cancellation);
        target.Count = 0;
        if (buffer is not null)
        {
            while (taken < buffer.Count && target.Count < target.Capacity)
            {
                Compute(buffer[taken++], target.Fill(target.Count++));
            }
        }
        else
        {
            Fill(target, cancellation);
        }

        if (target.Count > 0)
        {
            return target;
        }

        pool.Return(target);
        return null;
    }

    public void Dispose()
    {
        buffer?.Dispose();
        own.Dispose();
    }

    // a batch of wider rows may hold fewer of them
    private void Fill(RowBatch target, CancellationToken cancellation)
    {
        source ??= rows.Next(pool, cancellation);
        while (source is not null && sourceRow < source.Count && target.Count < target.Capacity)
        {
            Compute(source[sourceRow++], target.Fill(target.Count++));
        }

        if (source is not null && sourceRow == source.Count)
        {
            pool.Return(source);
            (source, sourceRow) = (null, 0);
        }
    }

    private static string HeaderOf(ReportDataset definition, string column) => definition.Column(column)?.Header ?? HeaderText.Of(column);

    private static int LevelsOf(string of, ReportDataset definition) =>
        of.Equals("total", StringComparison.OrdinalIgnoreCase) ? 0
        : of.Equals("group", StringComparison.OrdinalIgnoreCase) ? definition.GroupBy.Length
        : 1 + Array.FindIndex(definition.GroupBy, key => key.Equals(of, StringComparison.OrdinalIgnoreCase));

    private void FindWholes(RowBuffer all)
    {
        var passing = new GroupKeys(keys, hasWords);
        for (var row = 0; row < all.Count; row++)
        {
            var cells = all[row];
            var changed = passing.Next(cells);
            for (var i = 0; i < added.Length; i++)
            {
                if (row > 0 && added[i].IsShare && changed < added[i].Levels)
                {
                    Close(i);
                }

                running[i].Add(cells[added[i].Source]);
            }
        }

        for (var i = 0; i < added.Length; i++)
        {
            Close(i);
        }
    }

    private void Close(int column)
    {
        wholes[column].Enqueue(Number(running[column].Of(ColumnTotal.Sum)));
        running[column].Clear();
    }

    private void Compute(ReadOnlySpan<Cell> row, Span<Cell> target)
    {
        var changed = groups.Next(row);
        for (var i = 0; i < added.Length; i++)
        {
            if (added[i].IsShare && (!hasBegun || changed < added[i].Levels))
            {
                whole[i] = wholes[i].TryDequeue(out var next) ? next : null;
            }
            else if (!added[i].IsShare && changed < added[i].Levels)
            {
                running[i].Clear();
            }

            running[i].Add(row[added[i].Source]);
        }

        hasBegun = true;
        for (var place = 0; place < places.Length; place++)
        {
            target[place] = places[place] >= 0 ? row[places[place]] : Value(-1 - places[place], row);
        }
    }

    private Cell Value(int column, ReadOnlySpan<Cell> row)
    {
        if (!added[column].IsShare)
        {
            return running[column].Of(ColumnTotal.Sum);
        }

        var cell = new Cell();
        if (whole[column] is not (null or 0) and { } all && Number(row[added[column].Source]) is { } part)
        {
            var rough = (double)part / (double)all;
            if (Math.Abs(rough) < MostExact)
            {
                cell.SetDecimal(Math.Round(part / all, 6, MidpointRounding.AwayFromZero));
            }
            else
            {
                // of numbers that all but cancel out
                cell.SetDouble(rough);
            }
        }

        return cell;
    }

    private static decimal? Number(in Cell cell) => cell.Kind switch
    {
        CellKind.Integer => cell.Int64,
        CellKind.Decimal => cell.Decimal,
        CellKind.Double when Math.Abs(cell.Double) < 1e27 => (decimal)cell.Double,
        CellKind.Time => cell.Int64,
        _ => null,
    };
}
