using ReportScheduler.Rows;
using ReportScheduler.Store;

namespace ReportScheduler.Sources;

/// <summary>The databases of a store's connections, as sources of rows.</summary>
internal sealed class DatabaseSources(IReportStore store) : IRowSources
{
    public string? KeyOf(ReportTask task, ReportDataset dataset) => IsMine(task, dataset) ? task.ConnectionOf(dataset) : null;

    private static bool IsMine(ReportTask task, ReportDataset dataset) => dataset.Script is null && !task.IsGathered(dataset);

    /// <summary>A connection may say how many reports use its server at once.</summary>
    public IReadOnlyList<SourcePlaces> PlacesOf(ReportTask task) =>
        [.. task.Datasets.Where(dataset => IsMine(task, dataset)).Select(task.ConnectionOf)
            .Distinct(StringComparer.OrdinalIgnoreCase).Select(store.Connections.Find)
            .Select(connection => connection is null ? null : PlacesAt(connection)).OfType<SourcePlaces>()];

    /// <summary>The places at the server of a connection; null where it does not say how many.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="server">Another server in place of its own; null for its own.</param>
    public static SourcePlaces? PlacesAt(ReportConnection connection, string? server = null) =>
        connection.MaxConcurrent is { } most and > 0 ? new SourcePlaces(SlotOf(connection, server), most) : null;

    /// <summary>What the reports that use a server have in common.</summary>
    private static string SlotOf(ReportConnection connection, string? server) =>
        (server ?? ConnectionPlace.Show(connection).Server) is { } known ? $"{connection.Provider} {known}" : connection.Name;

    public IRowSource Open(ReportTask task, ReportDataset dataset, int retry, SourceTalk talk, CancellationToken cancel) =>
        ReportDatabase.Open(store.ConnectionNamed(task.ConnectionOf(dataset)), store.Secrets, retry, task.Timeout, cancel, task,
            talk.Tell);
}
