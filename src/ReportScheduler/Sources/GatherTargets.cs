using ReportScheduler.Store;
using ReportScheduler.Text;

namespace ReportScheduler.Sources;

/// <summary>The servers that the query of a dataset runs on.</summary>
internal static class GatherTargets
{
    /// <summary>The names in their order, those of a wildcard in the order of the alphabet, each once.</summary>
    /// <exception cref="ReportException">A name is not there, or nothing matches a wildcard.</exception>
    public static IReadOnlyList<GatherTarget> Of(IReportStore store, ReportTask task, ReportDataset dataset)
    {
        var connections = task.ConnectionsOf(dataset)
            .SelectMany(name => NamePattern.IsPattern(name) ? Matching(store, name) : [store.ConnectionNamed(name)])
            .DistinctBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return task.ServersOf(dataset) is { Length: > 0 } servers
            ? [.. servers.Distinct(StringComparer.OrdinalIgnoreCase).Select(server => new GatherTarget(server, connections[0], server))]
            : [.. connections.Select(connection => new GatherTarget(connection.Name, connection, null))];
    }

    private static List<ReportConnection> Matching(IReportStore store, string pattern)
    {
        var all = store.Connections.All();
        var found = all.Where(connection => NamePattern.Matches(pattern, connection.Name))
            .OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return found.Count > 0 ? found : throw SourceErrors.NoConnectionMatches(pattern, all.Select(connection => connection.Name));
    }
}
