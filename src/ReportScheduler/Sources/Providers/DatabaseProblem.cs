using System.Data.Common;
using System.Security.Authentication;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace ReportScheduler.Sources.Providers;

/// <summary>Says in words a person can act on what a database client could not do.</summary>
/// <remarks>Error numbers: SQL Server sys.messages; PostgreSQL Appendix A (SQLSTATE); MySQL server error reference; SQLite result codes.</remarks>
internal static class DatabaseProblem
{
    private static readonly string[] KerberosWords = ["Kerberos", "SSPI", "GSSAPI", "kinit", "Negotiate"];

    /// <summary>What connecting could not do.</summary>
    /// <param name="problem">What the client threw.</param>
    /// <param name="provider">The kind of database.</param>
    /// <param name="server">The server, as people may see it.</param>
    /// <param name="database">The database; null for the server's default.</param>
    /// <param name="user">Who logs in; null for nobody.</param>
    /// <param name="timeout">How long it was allowed to take.</param>
    public static ReportException Connecting(Exception problem, ReportProvider provider, string server, string? database, string? user, TimeSpan timeout)
    {
        if (IsCertificate(problem))
        {
            return ProviderErrors.CertificateNotTrusted(server, Trusting(provider), problem);
        }

        return problem switch
        {
            SqlException { Number: 18456 or 18452 or 18488 or 18487 or 18470 } => ProviderErrors.LoginRefused(server, user, problem),
            SqlException { Number: 4060 or 911 } => ProviderErrors.DatabaseMissing(server, database, problem),
            PostgresException { SqlState: "28P01" or "28000" } => ProviderErrors.LoginRefused(server, user, problem),
            PostgresException { SqlState: "3D000" } => ProviderErrors.DatabaseMissing(server, database, problem),
            MySqlException { ErrorCode: MySqlErrorCode.AccessDenied } => ProviderErrors.LoginRefused(server, user, problem),
            MySqlException { ErrorCode: MySqlErrorCode.UnknownDatabase or MySqlErrorCode.DatabaseAccessDenied } => ProviderErrors.DatabaseMissing(server, database, problem),
            // asked for a password and had none, SASL that failed
            NpgsqlException { InnerException: null } when problem.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => ProviderErrors.LoginRefused(server, user, problem),
            // asked for TLS and had none
            NpgsqlException when problem.Message.Contains("SSL", StringComparison.Ordinal) => ProviderErrors.ConnectionFailed(server, problem, transient: false),
            SqlException { Number: -2 } or MySqlException { InnerException: MySqlException { ErrorCode: MySqlErrorCode.CommandTimeoutExpired } } => ProviderErrors.ConnectionTimedOut(server, timeout),
            _ when problem is TimeoutException || problem.InnerException is TimeoutException => ProviderErrors.ConnectionTimedOut(server, timeout),
            SqliteException { SqliteErrorCode: 26 or 11 } => ProviderErrors.NotADatabase(server, problem),
            _ => ProviderErrors.ConnectionFailed(server, problem, IsTransient(problem)),
        };
    }

    /// <summary>What a query could not do.</summary>
    /// <param name="problem">What the client threw.</param>
    /// <param name="query">The beginning of the SQL text.</param>
    /// <param name="server">The server, as people may see it.</param>
    /// <param name="timeout">How long it was allowed to take.</param>
    public static ReportException Querying(Exception problem, string query, string server, TimeSpan timeout) =>
        Known(problem, query, server, timeout) ?? ProviderErrors.QueryFailed(query, server, problem);

    /// <summary>What went wrong after the first rows may have come.</summary>
    /// <param name="problem">What the client threw.</param>
    /// <param name="query">The beginning of the SQL text.</param>
    /// <param name="server">The server, as people may see it.</param>
    /// <param name="timeout">How long it was allowed to take.</param>
    public static ReportException Reading(Exception problem, string query, string server, TimeSpan timeout) =>
        Known(problem, query, server, timeout)
        // a reader whose connection went away says that it is closed
        ?? (problem is DbException ? ProviderErrors.QueryFailed(query, server, problem, hasBegun: true) : ProviderErrors.ReadFailed(server, problem));

    /// <summary>Whether connecting again a little later may work.</summary>
    public static bool IsTransient(Exception problem) => problem switch
    {
        SqliteException => DatabaseCodes.IsLocked(problem),
        SqlException sql => DatabaseCodes.IsBusy(sql.Number) || DatabaseCodes.IsLost(problem),
        DbException { IsTransient: true } => true,
        _ => DatabaseCodes.IsLost(problem) || problem is TimeoutException,
    };

    private static ReportException? Known(Exception problem, string query, string server, TimeSpan timeout) => problem switch
    {
        SqlException { Number: 229 or 230 or 916 or 300 } => ProviderErrors.QueryDenied(query, server, problem),
        PostgresException { SqlState: "42501" } => ProviderErrors.QueryDenied(query, server, problem),
        MySqlException { ErrorCode: MySqlErrorCode.TableAccessDenied or MySqlErrorCode.ColumnAccessDenied or MySqlErrorCode.DatabaseAccessDenied } =>
            ProviderErrors.QueryDenied(query, server, problem),
        SqlException { Number: -2 } or PostgresException { SqlState: "57014" } => ProviderErrors.QueryTimedOut(query, timeout, problem),
        MySqlException { ErrorCode: MySqlErrorCode.CommandTimeoutExpired or MySqlErrorCode.QueryTimeout } => ProviderErrors.QueryTimedOut(query, timeout, problem),
        _ when problem is TimeoutException || problem.InnerException is TimeoutException => ProviderErrors.QueryTimedOut(query, timeout, problem),
        SqliteException { SqliteErrorCode: SqliteGuard.Refused } => ProviderErrors.QueryNotForReading(query, server, problem),
        _ when DatabaseCodes.IsVictim(problem) => ProviderErrors.QueryDeadlocked(query, server, problem),
        _ when DatabaseCodes.IsLocked(problem) => ProviderErrors.QueryLocked(query, server, problem),
        _ when DatabaseCodes.IsLost(problem) => ProviderErrors.ReadFailed(server, problem),
        _ => null,
    };

    /// <summary>Integrated security did not come as far as the server, or the server did not take it.</summary>
    public static bool IsKerberos(Exception problem) => problem switch
    {
        SqlException { Number: 18452 or 18456 } => true,
        AuthenticationException or DllNotFoundException or TypeInitializationException or PlatformNotSupportedException => !IsCertificateWord(problem.Message),
        _ => KerberosWords.Any(word => problem.Message.Contains(word, StringComparison.OrdinalIgnoreCase)) || (problem.InnerException is { } inner && IsKerberos(inner)),
    };

    private static string Trusting(ReportProvider provider) => provider switch
    {
        ReportProvider.SqlServer => "Where the network is trusted, give the connection TrustServerCertificate=true (Set-ReportConnection -TrustServerCertificate does); "
            + "else HostNameInCertificate=name, where the certificate is for another name, or ServerCertificate=path, its file, or install its issuer",
        ReportProvider.PostgreSql => "Give the connection Root Certificate=path of its issuer, or use the name that the certificate is for; SSL Mode=Require encrypts and verifies nothing",
        _ => "Give the connection SSL CA=path of its issuer, or use the name that the certificate is for; SSL Mode=Required encrypts and verifies nothing",
    };

    private static bool IsCertificateWord(string message) => message.Contains("certificate", StringComparison.OrdinalIgnoreCase);

    private static bool IsCertificate(Exception? problem) => problem switch
    {
        null => false,
        AuthenticationException => true,
        _ => IsCertificateWord(problem.Message) || IsCertificate(problem.InnerException),
    };
}
