using ReportScheduler.Rows;
using ReportScheduler.Store;

namespace ReportScheduler.Sources;

/// <summary>The databases of a store's connections, as sources of rows.</summary>
internal sealed class DatabaseSources(IReportStore store) : IRowSources
{
    public string? KeyOf(ReportTask task, ReportDataset dataset) => task.ConnectionOf(dataset);

    /// <summary>A connection may say how many reports use its server at once.</summary>
    public IDisposable? Reserve(ReportTask task, CancellationToken cancel)
    {
        var limited = task.Datasets.Select(task.ConnectionOf).Distinct(StringComparer.OrdinalIgnoreCase).Select(store.Connections.Find)
            .Where(connection => connection is { MaxConcurrent: > 0 }).Select(connection => ConnectionPlace.Show(connection!)).ToList();
        return limited.Count == 0 ? null : ServerSlots.Take(
            store.Files.Folder, limited.Select(connection => (connection.Server is { } server ? $"{connection.Provider} {server}" : connection.Name, connection.MaxConcurrent!.Value)), cancel);
    }

    public IRowSource Open(ReportTask task, ReportDataset dataset, int retry, Action<string>? tell, CancellationToken cancel) =>
        ReportDatabase.Open(store.ConnectionNamed(task.ConnectionOf(dataset)), store.Secrets, retry, task.Timeout, cancel, task.Name, tell);
}
