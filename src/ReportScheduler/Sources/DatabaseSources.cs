using ReportScheduler.Rows;
using ReportScheduler.Store;

namespace ReportScheduler.Sources;

/// <summary>The databases of a store's connections, as sources of rows.</summary>
internal sealed class DatabaseSources(IReportStore store) : IRowSources
{
    public string? KeyOf(ReportTask task, ReportDataset dataset) => IsMine(task, dataset) ? task.ConnectionOf(dataset) : null;

    private static bool IsMine(ReportTask task, ReportDataset dataset) => dataset.Script is null && !task.IsGathered(dataset);

    /// <summary>A connection may say how many reports use its server at once.</summary>
    public IDisposable? Reserve(ReportTask task, CancellationToken cancel)
    {
        var limited = task.Datasets.Where(dataset => IsMine(task, dataset)).Select(task.ConnectionOf)
            .Distinct(StringComparer.OrdinalIgnoreCase).Select(store.Connections.Find)
            .Where(connection => connection is { MaxConcurrent: > 0 }).Select(connection => ConnectionPlace.Show(connection!)).ToList();
        return limited.Count == 0 ? null : ServerSlots.Take(
            store, limited.Select(connection => (SlotOf(connection), connection.MaxConcurrent!.Value)), cancel);
    }

    /// <summary>What the reports that use a server have in common.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="server">Another server in place of its own; null for its own.</param>
    public static string SlotOf(ReportConnection connection, string? server = null) =>
        (server ?? ConnectionPlace.Show(connection).Server) is { } known ? $"{connection.Provider} {known}" : connection.Name;

    public IRowSource Open(ReportTask task, ReportDataset dataset, int retry, SourceTalk talk, CancellationToken cancel) =>
        ReportDatabase.Open(store.ConnectionNamed(task.ConnectionOf(dataset)), store.Secrets, retry, task.Timeout, cancel, task,
            talk.Tell);
}
