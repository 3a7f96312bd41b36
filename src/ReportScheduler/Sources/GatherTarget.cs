namespace ReportScheduler.Sources;

/// <summary>One of the servers that a query runs on.</summary>
/// <param name="Name">What its rows say in their column connection.</param>
/// <param name="Connection">The connection.</param>
/// <param name="Server">Another server in place of the connection's; null for its own.</param>
internal sealed record GatherTarget(string Name, ReportConnection Connection, string? Server);
