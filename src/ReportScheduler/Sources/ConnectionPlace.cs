using ReportScheduler.Secrets;

namespace ReportScheduler.Sources;

/// <summary>Works out server and database of a connection from its string, for people to see.</summary>
internal static class ConnectionPlace
{
    /// <returns>The connection, with <see cref="ReportConnection.Server"/> and <see cref="ReportConnection.Database"/>.</returns>
    public static ReportConnection Show(ReportConnection connection)
    {
        // a store may come from a version that knows more
        (connection.Server, connection.Database) = SecretReference.IsReference(connection.ConnectionString)
            || DatabaseProviders.Find(connection.Provider) is not { } provider
            ? (null, null)
            : provider.Describe(provider.Settings(connection.ConnectionString));
        return connection;
    }
}
