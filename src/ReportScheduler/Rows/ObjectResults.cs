namespace ReportScheduler.Rows;

/// <summary>Objects as the only result of a query. The first of them decide the columns.</summary>
internal sealed class ObjectResults : IRowResults
{
    private readonly ObjectQueue queue;
    private readonly List<ObjectRow> first = [];
    private readonly IReadOnlyList<SourceColumn> columns;
    private readonly Action<string>? warn;

    /// <param name="queue">The objects; disposed by whoever made it.</param>
    /// <param name="expected">The names that are known without any object.</param>
    /// <param name="warn">Gets what a reader should know; null to drop it.</param>
    /// <param name="cancel">Stops waiting for the first ones.</param>
    public ObjectResults(ObjectQueue queue, IEnumerable<string> expected, Action<string>? warn, CancellationToken cancel)
    {
        this.queue = queue;
        this.warn = warn;
        while (first.Count < ObjectColumns.Deciding && queue.Take(cancel) is { } row)
        {
            first.Add(row);
        }

        columns = ObjectColumns.Of(first, expected);
    }

    /// <summary>Whether there is no object at all.</summary>
    public bool IsEmpty => first.Count == 0;

    public IRowReader Rows(TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null) =>
        new ObjectReader(queue, first, columns, formatOf, warn);

    public bool Next() => false;

    public void Dispose()
    {
    }
}
