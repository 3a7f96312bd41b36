using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace ReportScheduler.Sources.Providers;

/// <summary>The ADO.NET client of each provider, and the settings that keep values as they are.</summary>
internal static class DatabaseClient
{
    private const string LocalHost = "localhost";

    // each client is named in a method of its own, so that none is loaded before it is used
    private static readonly Dictionary<ReportProvider, Func<DbProviderFactory>> Clients = new()
    {
        [ReportProvider.SqlServer] = () => SqlClientFactory.Instance,
        [ReportProvider.PostgreSql] = () => NpgsqlFactory.Instance,
        [ReportProvider.MySql] = () => MySqlConnectorFactory.Instance,
        [ReportProvider.Sqlite] = () => SqliteFactory.Instance,
    };

    public static DbConnectionStringBuilder Builder(ReportProvider provider) => Clients[provider]().CreateConnectionStringBuilder()!;

    /// <summary>A closed connection. What the connection string says itself wins over the settings made here.</summary>
    /// <remarks>
    /// Pooling is off: a report's connection is used once, and a pool would outlive it. MySQL: TINYINT(1) stays a number, as it
    /// may hold more than 0 and 1 (TreatTinyAsBoolean=true makes it a Boolean), CHAR(36) stays text, and a date that does not
    /// exist is no error. SQLite: a report reads, and a wrong path must be an error and not a new, empty database.
    /// </remarks>
    /// <param name="provider">The kind of database.</param>
    /// <param name="connectionString">In the provider's own form.</param>
    /// <param name="user">The user name; null for none.</param>
    /// <param name="password">The password; null for none.</param>
    /// <param name="timeout">How long connecting may take.</param>
    /// <param name="reader">Who reads, as the server's administrator sees it: the task's name; null for nobody in particular.</param>
    public static DbConnection Connect(ReportProvider provider, string connectionString, string? user, string? password, TimeSpan timeout, string? reader)
    {
        var application = ApplicationName(reader);
        var seconds = ((int)Math.Clamp(Math.Ceiling(timeout.TotalSeconds), 1, 60)).ToString(CultureInfo.InvariantCulture);
        var settings = new DbConnectionStringBuilder { ConnectionString = connectionString };
        switch (provider)
        {
            case ReportProvider.SqlServer:
                Default(settings, ("Pooling", "false"), ("Connect Timeout", seconds), ("Connect Retry Count", "0"), ("Application Name", application));
                Default(settings, ("User ID", user), ("Password", password));
                break;
            case ReportProvider.PostgreSql:
                var host = PostgresHost(Builder(provider, connectionString));
                // Npgsql takes several hosts with a pool only
                Default(settings, ("Host", host), ("Port", PostgresPlace.Port.ToString(CultureInfo.InvariantCulture)), ("Pooling", host.Contains(',', StringComparison.Ordinal) ? "true" : "false"), ("Timeout", seconds), ("Application Name", application));
                Default(settings, ("Username", user ?? PostgresPlace.User), ("Password", password));
                break;
            case ReportProvider.MySql:
                Default(settings, ("Server", LocalHost), ("Pooling", "false"), ("Connection Timeout", seconds), ("Application Name", application));
                Default(settings, ("Allow User Variables", "true"), ("Allow Zero DateTime", "true"), ("Treat Tiny As Boolean", "false"), ("GUID Format", "None"));
                Default(settings, ("User ID", user), ("Password", password));
                break;
            default:
                Default(settings, ("Pooling", "False"), ("Mode", IsInMemory(connectionString) ? null : "ReadOnly"), ("Password", password));
                break;
        }

        var connection = Clients[provider]().CreateConnection()!;
        connection.ConnectionString = settings.ConnectionString;
        return connection;
    }

    /// <exception cref="ReportException">The SQLite file is not there, or the kind of address is not for this system.</exception>
    public static void CheckPlace(ReportProvider provider, string connectionString)
    {
        if (provider == ReportProvider.SqlServer && !OperatingSystem.IsWindows()
            && Text(Builder(provider, connectionString), "Data Source") is var source && SqlServerSource.Parse(source).WindowsOnly is { } kind)
        {
            throw ProviderErrors.AddressForWindowsOnly(source, kind);
        }

        if (provider == ReportProvider.Sqlite && !IsInMemory(connectionString))
        {
            var sqlite = new SqliteConnectionStringBuilder(connectionString);
            if (!sqlite.DataSource.StartsWith("file:", StringComparison.Ordinal) && !connectionString.Contains("Mode=", StringComparison.OrdinalIgnoreCase) && !File.Exists(sqlite.DataSource))
            {
                throw ProviderErrors.DatabaseFileMissing(sqlite.DataSource);
            }
        }
    }

    /// <summary>Whether the account that runs the task logs in to SQL Server by itself.</summary>
    public static bool IsIntegrated(ReportProvider provider, string connectionString) =>
        provider == ReportProvider.SqlServer && Builder(provider, connectionString)["Integrated Security"] is true;

    /// <summary>Closes a connection, with the pool that it needed.</summary>
    public static void Close(ReportProvider provider, DbConnection connection)
    {
        try
        {
            if (provider == ReportProvider.PostgreSql)
            {
                ClearPool(connection);
            }

            connection.Dispose();
        }
        catch (Exception problem) when (problem is DbException or IOException or InvalidOperationException)
        {
            // It was lost; the rows are read, or what went wrong with them is told already.
        }
    }

    /// <summary>Host and port to try before the client does; null for SQLite and for what is not a plain TCP address.</summary>
    public static (string Host, int Port)? Endpoint(ReportProvider provider, string connectionString)
    {
        var settings = Builder(provider, connectionString);
        switch (provider)
        {
            case ReportProvider.SqlServer:
                return SqlServerSource.Parse(Text(settings, "Data Source")).Endpoint;
            case ReportProvider.PostgreSql:
                var name = PostgresHost(settings);
                return name.Contains('/', StringComparison.Ordinal) || name.Contains(',', StringComparison.Ordinal)
                    ? null : (name, PostgresPort(settings));
            case ReportProvider.MySql:
                var server = MySqlHost(settings);
                return !UsesSockets(settings) || server.StartsWith('/') || server.Contains(',', StringComparison.Ordinal)
                    ? null : (server, Port(settings));
            default:
                return null;
        }
    }

    /// <summary>Server and database, as people may see them.</summary>
    public static (string Server, string? Database) Describe(ReportProvider provider, string connectionString)
    {
        var settings = Builder(provider, connectionString);
        return provider switch
        {
            ReportProvider.SqlServer => (Text(settings, "Data Source"), Some(Text(settings, "Initial Catalog"))),
            ReportProvider.PostgreSql => (Address(PostgresHost(settings), PostgresPort(settings)), Some(Text(settings, "Database"))),
            ReportProvider.MySql => (MySqlHost(settings) is var server && server.StartsWith('/') ? server : Address(server, Port(settings)), Some(Text(settings, "Database"))),
            _ => (Text(settings, "Data Source"), null),
        };
    }

    /// <summary>PostgreSQL keeps 63 bytes of it.</summary>
    private static string ApplicationName(string? reader)
    {
        const int longest = 63;
        var name = new string([.. (reader is null ? "ReportScheduler" : $"ReportScheduler: {reader}").Select(sign => char.IsControl(sign) ? ' ' : sign)]);
        while (Encoding.UTF8.GetByteCount(name) > longest)
        {
            name = name[..^(char.IsLowSurrogate(name[^1]) ? 2 : 1)];
        }

        return name.TrimEnd();
    }

    // several hosts may have a port each, and the colons of an IPv6 address are none
    private static string Address(string host, int port) =>
        host.Contains(',', StringComparison.Ordinal) && host.Contains(':', StringComparison.Ordinal) ? host
        : host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]:{port}"
        : $"{host}:{port}";

    private static string MySqlHost(DbConnectionStringBuilder settings) => Some(Text(settings, "Server")) ?? LocalHost;

    private static string PostgresHost(DbConnectionStringBuilder settings) => Some(Text(settings, "Host")) ?? PostgresPlace.Host(PostgresPort(settings));

    // the builder says 5432 of a string without a port too
    private static int PostgresPort(DbConnectionStringBuilder settings) =>
        new DbConnectionStringBuilder { ConnectionString = settings.ConnectionString }.ContainsKey("Port") ? Port(settings) : PostgresPlace.Port;

    // whatever is in use now is closed when it comes back
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ClearPool(DbConnection connection) => NpgsqlConnection.ClearPool((NpgsqlConnection)connection);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool UsesSockets(DbConnectionStringBuilder mysql) => mysql["Connection Protocol"] is MySqlConnectionProtocol.Sockets;

    private static DbConnectionStringBuilder Builder(ReportProvider provider, string connectionString)
    {
        var settings = Builder(provider);
        settings.ConnectionString = connectionString;
        return settings;
    }

    private static string Text(DbConnectionStringBuilder settings, string key) => settings[key]?.ToString() ?? "";

    private static int Port(DbConnectionStringBuilder settings) => Convert.ToInt32(settings["Port"], CultureInfo.InvariantCulture);

    private static bool IsInMemory(string connectionString) =>
        new SqliteConnectionStringBuilder(connectionString) is var sqlite && (sqlite.DataSource is ":memory:" or "" || sqlite.Mode == SqliteOpenMode.Memory);

    private static void Default(DbConnectionStringBuilder settings, params (string Key, string? Value)[] defaults)
    {
        foreach (var (key, value) in defaults)
        {
            if (value is not null && !settings.ContainsKey(key))
            {
                settings[key] = value;
            }
        }
    }

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
