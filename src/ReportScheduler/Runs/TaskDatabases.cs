using ReportScheduler.Sources;

namespace ReportScheduler.Runs;

/// <summary>The databases that the datasets of one task are read from, each opened when its first dataset comes.</summary>
internal sealed class TaskDatabases(ReportTask task, Func<string, ReportDatabase> open) : IDisposable
{
    private readonly Dictionary<string, ReportDatabase> opened = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every database that was opened.</summary>
    public IEnumerable<ReportDatabase> Opened => opened.Values;

    /// <exception cref="ReportException">It cannot be opened.</exception>
    public ReportDatabase Of(ReportDataset dataset)
    {
        var name = task.ConnectionOf(dataset);
        if (!opened.TryGetValue(name, out var database))
        {
            opened[name] = database = open(name);
        }

        return database;
    }

    public void Dispose()
    {
        foreach (var database in opened.Values)
        {
            database.Dispose();
        }
    }
}
