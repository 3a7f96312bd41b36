using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Shaping;

/// <summary>The rows of a dataset as the task wants them: sorted and grouped, with columns that are worked out, or as a matrix.</summary>
internal sealed class RowShape : IDisposable
{
    private readonly List<IDisposable> parts = [];

    private RowShape(IRowReader rows) => (Rows, Source) = (rows, rows);

    /// <summary>Whether the watcher has seen the rows, which are others here.</summary>
    public bool IsWatched { get; private set; }

    /// <summary>The rows as the source gives them.</summary>
    public IRowReader Source { get; }

    public IRowReader Rows { get; private set; }

    /// <param name="document">The report.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="rows">The rows as the source gives them; nothing has been read.</param>
    /// <param name="isShaped">Whether the dataset is the one that the definition describes; a comparison of it is not.</param>
    /// <param name="source">Takes the rows of a matrix too; null where they are not shown.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ReportException">GroupColumnNotFound.</exception>
    public static RowShape Of(ReportDocument document, string dataset, IRowReader rows, bool isShaped, ISourceRows? source,
        CancellationToken cancellation)
    {
        var definition = document.Task.Dataset(dataset);
        var shape = new RowShape(rows);
        if (!isShaped)
        {
            return shape;
        }

        if (definition.Pivot is not null)
        {
            shape.LookAhead(cancellation);
            // conditions are about the rows, not about the matrix
            shape.IsWatched = true;
            document.Watcher?.Begin(dataset, shape.Rows.Columns);
            shape.Rows = PivotRows.Of(shape.Rows, dataset, definition, name => Find(rows.Columns, dataset, nameof(definition.Pivot), name),
                document.Culture, batch => document.Watcher?.Take(batch), source, cancellation);
        }
        else if (definition.GroupBy.Length > 0 || ComputedRows.AreAsked(definition, rows.Columns))
        {
            shape.LookAhead(cancellation);
            shape.Group(document, dataset, definition);
        }

        return shape;
    }

    /// <summary>Refuses what the columns of a query cannot be shaped to.</summary>
    /// <exception cref="ReportException">GroupColumnNotFound.</exception>
    public static void Check(ReportDataset definition, string dataset, IReadOnlyList<SourceColumn> columns)
    {
        foreach (var key in definition.GroupBy)
        {
            Find(columns, dataset, nameof(definition.GroupBy), key);
        }

        foreach (var name in definition.Pivot is { } pivot ? pivot.Rows.Append(pivot.Columns).Append(pivot.Value).OfType<string>() : [])
        {
            Find(columns, dataset, nameof(definition.Pivot), name);
        }
    }

    public void Dispose() => parts.ForEach(part => part.Dispose());

    // The kinds of the columns have to be known first; the batches read for that are passed on.
    private void LookAhead(CancellationToken cancellation)
    {
        var pool = new BatchPool(Rows.Columns.Count);
        parts.Add(pool);
        Rows.LookAhead(Rows.Pool ?? pool, cancellation);
        Rows = new KnownRows(Rows);
    }

    private void Group(ReportDocument document, string dataset, ReportDataset definition)
    {
        bool[] words = [.. definition.GroupBy.Select(key =>
            TruthKey.HasWords(NamedFormat.Resolve(definition.Column(key)?.Format, document.Culture)))];
        var hasWords = words.Contains(true) ? words : null;
        if (definition.GroupBy.Length > 0)
        {
            Take(new SortedRows(Rows, dataset, definition.GroupBy, Keys(), document.Culture, hasWords));
        }

        if (ComputedRows.AreAsked(definition, Rows.Columns))
        {
            Take(new ComputedRows(Rows, dataset, definition, Keys(), document.Words, hasWords));
        }

        if (definition.GroupBy.Length > 0)
        {
            Rows = new GroupedRows(Rows, Keys(), column => ColumnLayout.Of(definition.Column(column.Name), column, document.Culture).Total,
                hasWords);
        }

        int[] Keys() => [.. definition.GroupBy.Select(key => Find(Rows.Columns, dataset, nameof(definition.GroupBy), key).Index)];
    }

    private void Take<T>(T rows)
        where T : IRowReader, IDisposable
    {
        parts.Add(rows);
        Rows = rows;
    }

    private static SourceColumn Find(IReadOnlyList<SourceColumn> columns, string dataset, string option, string name) =>
        columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw ShapingErrors.GroupColumnNotFound(dataset, option, name, columns.Select(column => column.Name));

    /// <summary>Rows whose columns are known already.</summary>
    private sealed class KnownRows(IRowReader rows) : IRowReader
    {
        public IReadOnlyList<SourceColumn> Columns => rows.Columns;

        public BatchPool? Pool => rows.Pool;

        public void LookAhead(BatchPool pool, CancellationToken cancellation)
        {
            // done
        }

        public RowBatch? Next(BatchPool pool, CancellationToken cancellation) => rows.Next(pool, cancellation);
    }
}
