using ReportScheduler.Secrets;
using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Sources;

/// <summary>Works out server and database of a connection from its string, for people to see.</summary>
internal static class ConnectionPlace
{
    /// <returns>The connection, with <see cref="ReportConnection.Server"/> and <see cref="ReportConnection.Database"/>.</returns>
    public static ReportConnection Show(ReportConnection connection)
    {
        (connection.Server, connection.Database) = SecretReference.IsReference(connection.ConnectionString)
            ? (null, null)
            : DatabaseClient.Describe(connection.Provider, connection.ConnectionString);
        return connection;
    }
}
