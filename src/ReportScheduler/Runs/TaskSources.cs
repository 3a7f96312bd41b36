using ReportScheduler.Rows;

namespace ReportScheduler.Runs;

/// <summary>What the datasets of one task are read from, each source opened when its first dataset comes.</summary>
/// <param name="task">The task.</param>
/// <param name="kinds">The kinds of sources; the first that serves a dataset opens it.</param>
/// <param name="open">Opens a source of the kind for the dataset.</param>
internal sealed class TaskSources(ReportTask task, IReadOnlyList<IRowSources> kinds, Func<IRowSources, ReportDataset, IRowSource> open) : IDisposable
{
    private readonly Dictionary<string, IRowSource> opened = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every source that was opened.</summary>
    public IEnumerable<IRowSource> Opened => opened.Values;

    /// <exception cref="ReportException">It cannot be opened.</exception>
    public IRowSource Of(ReportDataset dataset)
    {
        var (kind, key) = kinds.Select((kind, place) => (kind, key: kind.KeyOf(task, dataset) is { } own ? $"{place} {own}" : null)).First(each => each.key is not null);
        if (!opened.TryGetValue(key!, out var source))
        {
            opened[key!] = source = open(kind, dataset);
        }

        return source;
    }

    public void Dispose()
    {
        foreach (var source in opened.Values)
        {
            source.Dispose();
        }
    }
}
