namespace ReportScheduler.Rows;

/// <summary>Two that look at the same rows.</summary>
internal sealed class WatcherPair(IRowWatcher first, IRowWatcher second) : IRowWatcher
{
    /// <summary>Both, or the one that there is.</summary>
    public static IRowWatcher? Of(IRowWatcher? first, IRowWatcher? second) =>
        first is null ? second : second is null ? first : new WatcherPair(first, second);

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        first.Begin(dataset, columns);
        second.Begin(dataset, columns);
    }

    public void Take(RowBatch batch)
    {
        first.Take(batch);
        second.Take(batch);
    }
}
