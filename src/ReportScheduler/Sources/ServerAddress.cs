using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Sources;

/// <summary>A connection that is given as server and database, and not as a string.</summary>
internal static class ServerAddress
{
    /// <param name="name">The connection's name, for messages.</param>
    /// <param name="provider">The provider; null for SQL Server.</param>
    /// <param name="server">Host, with its port as the provider writes it: host,port for SQL Server, host:port for the others.</param>
    /// <param name="database">The database; null for the login's own.</param>
    /// <param name="asWindowsUser">No login is given: SQL Server takes the account that runs the task.</param>
    public static ConnectionDefinition Parse(string name, ReportProvider? provider, string server, string? database, bool asWindowsUser)
    {
        var known = provider ?? ReportProvider.SqlServer;
        return ConnectionDefinition.Build(name, known, Settings(name, known, server.Trim(), database, asWindowsUser).Where(setting => setting.Value.Length > 0), path => path);
    }

    private static IEnumerable<(string Key, string Value)> Settings(string name, ReportProvider provider, string server, string? database, bool asWindowsUser)
    {
        if (server.Length == 0 || provider == ReportProvider.Sqlite)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, server.Length == 0 ? "-Server is empty" : "SQLite has no server; give its file with -ConnectionString");
        }

        // an IPv6 address has more than one colon
        var hasPort = provider != ReportProvider.SqlServer && server.Count(sign => sign == ':') == 1;
        var colon = server.IndexOf(':', StringComparison.Ordinal);
        return
        [
            ("Server", hasPort ? server[..colon] : server),
            ("Port", hasPort ? server[(colon + 1)..] : ""),
            ("Database", database ?? ""),
            ("Integrated Security", provider == ReportProvider.SqlServer && asWindowsUser ? "true" : ""),
        ];
    }
}
