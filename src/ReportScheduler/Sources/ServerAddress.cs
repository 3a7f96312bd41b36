using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Sources;

/// <summary>A connection that is given as server and database, and not as a string.</summary>
internal static class ServerAddress
{
    /// <param name="name">The connection's name, for messages.</param>
    /// <param name="provider">The provider; null for SQL Server.</param>
    /// <param name="server">Host, with its port as the provider writes it: host,port for SQL Server, host:port for the others.</param>
    /// <param name="database">The database; null for the login's own.</param>
    /// <param name="asAccount">No login is given: SQL Server takes the account that runs the task.</param>
    public static ConnectionDefinition Parse(string name, string? provider, string server, string? database, bool asAccount)
    {
        var known = string.IsNullOrWhiteSpace(provider) ? DatabaseProviders.All[0] : DatabaseProviders.Named(provider);
        if (server.Trim().Length == 0 || !known.HasServer)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name,
                known.HasServer ? "-Server is empty" : $"{known.Title} has no server; give its file with -Path");
        }

        return ConnectionDefinition.Build(name, known,
            known.Place(server.Trim(), database, asAccount).Where(setting => setting.Value.Length > 0), path => path);
    }
}
