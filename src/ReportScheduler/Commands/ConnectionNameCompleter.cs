using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the names of report connections.</summary>
public sealed class ConnectionNameCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IReportStore store) =>
        store.Connections.All().Select(connection => connection.Name);
}
