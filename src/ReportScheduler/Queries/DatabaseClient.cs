using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace ReportScheduler.Queries;

/// <summary>The ADO.NET client of each provider, and the settings that keep values as they are.</summary>
internal static class DatabaseClient
{
    public static DbConnectionStringBuilder Builder(ReportProvider provider) => provider switch
    {
        ReportProvider.SqlServer => new SqlConnectionStringBuilder(),
        ReportProvider.PostgreSql => new NpgsqlConnectionStringBuilder(),
        ReportProvider.MySql => new MySqlConnectionStringBuilder(),
        _ => new SqliteConnectionStringBuilder(),
    };

    /// <summary>A closed connection. Pooling is off: a report's connection is used once, and a pool would outlive it.</summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="connectionString">In the provider's own form.</param>
    /// <param name="user">The user name; null for none.</param>
    /// <param name="password">The password; null for none.</param>
    /// <param name="timeout">How long connecting may take.</param>
    public static DbConnection Connect(ReportProvider provider, string connectionString, string? user, string? password, TimeSpan timeout)
    {
        var seconds = (int)Math.Clamp(Math.Ceiling(timeout.TotalSeconds), 1, 60);
        switch (provider)
        {
            case ReportProvider.SqlServer:
                var sqlServer = new SqlConnectionStringBuilder(connectionString) { Pooling = false, ConnectTimeout = seconds, ConnectRetryCount = 0 };
                (sqlServer.UserID, sqlServer.Password) = (user ?? sqlServer.UserID, password ?? sqlServer.Password);
                return new SqlConnection(sqlServer.ConnectionString);
            case ReportProvider.PostgreSql:
                var postgres = new NpgsqlConnectionStringBuilder(connectionString)
                {
                    Pooling = false,
                    Timeout = seconds,
                    CommandTimeout = 0,
                    ApplicationName = "ReportScheduler",
                    IncludeErrorDetail = false,
                };
                (postgres.Username, postgres.Password) = (user ?? postgres.Username, password ?? postgres.Password);
                return new NpgsqlConnection(postgres.ConnectionString);
            case ReportProvider.MySql:
                var mysql = new MySqlConnectionStringBuilder(connectionString)
                {
                    Pooling = false,
                    ConnectionTimeout = (uint)seconds,
                    DefaultCommandTimeout = 0,
                    AllowUserVariables = true,
                    ConvertZeroDateTime = true,
                    GuidFormat = MySqlGuidFormat.None,
                };
                (mysql.UserID, mysql.Password) = (user ?? mysql.UserID, password ?? mysql.Password);
                return new MySqlConnection(mysql.ConnectionString);
            default:
                var sqlite = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, DefaultTimeout = 0 };
                if (!sqlite.ConnectionString.Contains("Mode=", StringComparison.OrdinalIgnoreCase) && sqlite.DataSource != ":memory:")
                {
                    // A report reads. A wrong path must be an error and not a new, empty database.
                    sqlite.Mode = SqliteOpenMode.ReadOnly;
                }

                sqlite.Password = password ?? sqlite.Password;
                return new SqliteConnection(sqlite.ConnectionString);
        }
    }

    /// <summary>Host and port to try before the client does; null for SQLite and for what is not a plain TCP address.</summary>
    public static (string Host, int Port)? Endpoint(ReportProvider provider, string connectionString)
    {
        switch (provider)
        {
            case ReportProvider.SqlServer:
                var source = new SqlConnectionStringBuilder(connectionString).DataSource;
                source = source.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase) ? source[4..] : source;
                var parts = source.Split(',');
                var host = parts[0].Trim() is "." or "(local)" ? "localhost" : parts[0].Trim();
                return host.Contains('\\', StringComparison.Ordinal) || host.StartsWith('(') || host.Length == 0 ? null
                    : (host, parts.Length > 1 && int.TryParse(parts[1], out var port) ? port : 1433);
            case ReportProvider.PostgreSql:
                var postgres = new NpgsqlConnectionStringBuilder(connectionString);
                return postgres.Host is not { Length: > 0 } name || name.Contains('/', StringComparison.Ordinal) || name.Contains(',', StringComparison.Ordinal)
                    ? null : (name, postgres.Port);
            case ReportProvider.MySql:
                var mysql = new MySqlConnectionStringBuilder(connectionString);
                return mysql.ConnectionProtocol != MySqlConnectionProtocol.Sockets || mysql.Server.Length == 0 || mysql.Server.Contains(',', StringComparison.Ordinal)
                    ? null : (mysql.Server, (int)mysql.Port);
            default:
                return null;
        }
    }

    /// <summary>Server and database, as people may see them.</summary>
    public static (string Server, string? Database) Describe(ReportProvider provider, string connectionString) => provider switch
    {
        ReportProvider.SqlServer => new SqlConnectionStringBuilder(connectionString) is var sql ? (sql.DataSource, Some(sql.InitialCatalog)) : default,
        ReportProvider.PostgreSql => new NpgsqlConnectionStringBuilder(connectionString) is var pg ? ($"{pg.Host}:{pg.Port}", Some(pg.Database)) : default,
        ReportProvider.MySql => new MySqlConnectionStringBuilder(connectionString) is var my ? ($"{my.Server}:{my.Port}", Some(my.Database)) : default,
        _ => (new SqliteConnectionStringBuilder(connectionString).DataSource, null),
    };

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
