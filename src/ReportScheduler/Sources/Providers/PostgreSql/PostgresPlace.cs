using System.Globalization;

namespace ReportScheduler.Sources.Providers.PostgreSql;

/// <summary>Where a PostgreSQL server is that a connection does not name, and who asks: as libpq has it.</summary>
/// <remarks>
/// https://www.postgresql.org/docs/current/libpq-connect.html: PGHOST, else the socket, else localhost; PGPORT, else 5432; the user is the
/// account's name, and the database the user's.
/// </remarks>
internal static class PostgresPlace
{
    // Debian's and Red Hat's builds look in the first folder, the project's own in the second
    private static readonly string[] SocketFolders = ["/var/run/postgresql", "/tmp"];

    public const int StandardPort = 5432;

    public static int Port =>
        int.TryParse(Environment.GetEnvironmentVariable("PGPORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var named)
            && named is > 0 and <= ushort.MaxValue ? named : StandardPort;

    public static string Host(int port) =>
        Environment.GetEnvironmentVariable("PGHOST") is { Length: > 0 } named ? named
        : OperatingSystem.IsWindows() ? "localhost"
        : SocketFolders.FirstOrDefault(folder => File.Exists($"{folder}/.s.PGSQL.{port}")) ?? "localhost";

    /// <summary>The database of a login that names none.</summary>
    public static string? Database(string? user) => NamedDatabase ?? user ?? User ?? Environment.GetEnvironmentVariable("PGUSER");

    /// <summary>Null where the environment names none.</summary>
    public static string? NamedDatabase => Environment.GetEnvironmentVariable("PGDATABASE") is { Length: > 0 } named ? named : null;

    /// <summary>Null where the client finds one itself.</summary>
    public static string? User => Environment.GetEnvironmentVariable("PGUSER") is { Length: > 0 } ? null : Environment.UserName;
}
