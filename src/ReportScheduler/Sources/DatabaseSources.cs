using ReportScheduler.Rows;
using ReportScheduler.Store;

namespace ReportScheduler.Sources;

/// <summary>The databases of a store's connections, as sources of rows.</summary>
internal sealed class DatabaseSources(IReportStore store) : IRowSources
{
    public string? KeyOf(ReportTask task, ReportDataset dataset) => task.ConnectionOf(dataset);

    public IRowSource Open(ReportTask task, ReportDataset dataset, int retry, Action<string>? tell, CancellationToken cancel) =>
        ReportDatabase.Open(store.ConnectionNamed(task.ConnectionOf(dataset)), store.Secrets, retry, task.Timeout, cancel, task.Name, tell);
}
