namespace ReportScheduler.Sources.Providers;

/// <summary>Where a PostgreSQL server is that a connection does not name, and who asks: as libpq has it.</summary>
/// <remarks>https://www.postgresql.org/docs/current/libpq-connect.html: PGHOST, else the socket, else localhost; the user is the account's name.</remarks>
internal static class PostgresPlace
{
    // Debian's and Red Hat's builds look in the first folder, the project's own in the second
    private static readonly string[] SocketFolders = ["/var/run/postgresql", "/tmp"];

    public static string Host(int port) =>
        Environment.GetEnvironmentVariable("PGHOST") is { Length: > 0 } named ? named
        : OperatingSystem.IsWindows() ? "localhost"
        : SocketFolders.FirstOrDefault(folder => File.Exists($"{folder}/.s.PGSQL.{port}")) ?? "localhost";

    /// <summary>Null where the client finds one itself.</summary>
    public static string? User => Environment.GetEnvironmentVariable("PGUSER") is { Length: > 0 } ? null : Environment.UserName;
}
