using ReportScheduler.Rows;

namespace ReportScheduler.Runs;

/// <summary>What the datasets of one task are read from, each source opened when its first dataset comes.</summary>
/// <param name="task">The task.</param>
/// <param name="kinds">The kinds of sources; the first that serves a dataset opens it.</param>
/// <param name="open">Opens a source of the kind for the dataset.</param>
internal sealed class TaskSources(ReportTask task, IReadOnlyList<IRowSources> kinds, Func<IRowSources, ReportDataset, IRowSource> open)
    : IDisposable
{
    private readonly Dictionary<string, IRowSource> opened = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every source that was opened.</summary>
    public IEnumerable<IRowSource> Opened => opened.Values;

    /// <summary>How long the sources of a task may take together, where each of many servers has the time limit to itself.</summary>
    public static TimeSpan Limit(ReportTask task, IReadOnlyList<IRowSources> kinds)
    {
        var turns = kinds.Sum(kind => kind.Turns(task));
        var longest = TimeSpan.FromDays(24);
        return turns == 0 ? task.Timeout : task.Timeout > longest / (turns + 1) ? longest : task.Timeout * (turns + 1);
    }

    /// <exception cref="ReportException">It cannot be opened.</exception>
    public IRowSource Of(ReportDataset dataset)
    {
        var (kind, key) = kinds.Select((kind, place) => (kind, key: kind.KeyOf(task, dataset) is { } own ? $"{place} {own}" : null))
            .FirstOrDefault(each => each.key is not null);
        if (key is null)
        {
            throw RunErrors.ScriptHasNoRunner(task.NameOf(dataset));
        }

        if (!opened.TryGetValue(key, out var source))
        {
            opened[key] = source = open(kind, dataset);
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
