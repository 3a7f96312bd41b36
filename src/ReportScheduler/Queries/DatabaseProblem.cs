using System.Data.Common;
using System.Security.Authentication;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace ReportScheduler.Queries;

/// <summary>Says in words a person can act on what a database client could not do.</summary>
/// <remarks>Error numbers: SQL Server sys.messages; PostgreSQL Appendix A (SQLSTATE); MySQL server error reference; SQLite result codes.</remarks>
internal static class DatabaseProblem
{
    public static ReportException Connecting(Exception problem, string server, string? database, string? user)
    {
        if (IsCertificate(problem))
        {
            return ReportError.CertificateNotTrusted(server, problem);
        }

        return problem switch
        {
            SqlException { Number: 18456 or 18452 or 18488 or 18487 or 18470 } => ReportError.LoginRefused(server, user, problem),
            SqlException { Number: 4060 or 911 } => ReportError.DatabaseMissing(server, database, problem),
            PostgresException { SqlState: "28P01" or "28000" } => ReportError.LoginRefused(server, user, problem),
            PostgresException { SqlState: "3D000" } => ReportError.DatabaseMissing(server, database, problem),
            MySqlException { ErrorCode: MySqlErrorCode.AccessDenied } => ReportError.LoginRefused(server, user, problem),
            MySqlException { ErrorCode: MySqlErrorCode.UnknownDatabase or MySqlErrorCode.DatabaseAccessDenied } => ReportError.DatabaseMissing(server, database, problem),
            NpgsqlException when problem.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => ReportError.LoginRefused(server, user, problem),
            SqliteException { SqliteErrorCode: 14 } => ReportError.DatabaseMissing("SQLite", server, problem),
            _ => ReportError.ConnectionFailed(server, problem, IsTransient(problem)),
        };
    }

    public static bool IsTransient(Exception problem) => problem switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6,
        SqlException sql => sql.IsTransient || sql.Number is -2 or 20 or 64 or 233 or 1205 or 10053 or 10054 or 10060 or 40197 or 40501 or 40613,
        DbException database => database.IsTransient,
        _ => problem is IOException or TimeoutException or System.Net.Sockets.SocketException,
    };

    private static bool IsCertificate(Exception? problem) => problem switch
    {
        null => false,
        AuthenticationException => true,
        _ => problem.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) || IsCertificate(problem.InnerException),
    };
}
