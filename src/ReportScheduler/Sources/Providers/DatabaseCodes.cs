using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace ReportScheduler.Sources.Providers;

/// <summary>What the errors of the databases mean for trying again.</summary>
/// <remarks>
/// SQL Server: "Database engine events and errors", and "Transient errors" of Azure SQL; PostgreSQL: Appendix A; MySQL and MariaDB:
/// server error reference; SQLite: result codes.
/// </remarks>
internal static class DatabaseCodes
{
    // the MySQL and MariaDB codes that MySqlConnector has no name for
    private const int CheckRead = 1020;
    private const int Killed = 1927;
    private const int WasKilled = 3169;
    private const int RolledBackDuringCommit = 3101;
    private const int LockNoWait = 3572;

    /// <summary>The server ended the query in favour of another one. Nothing is wrong with it, and it may run again at once.</summary>
    public static bool IsVictim(Exception problem) => problem switch
    {
        // deadlocks; conflicts of snapshot isolation and of memory-optimised tables; a scan that lost its place
        SqlException sql => sql.Number is 601 or 1205 or 1211 or 3960 or 3961 or 41302 or 41305 or 41325 or 41839,
        // "transaction rollback", which is also what a query on a standby gets that is in the way of replay
        PostgresException { SqlState: "40000" or "40001" or "40P01" } => true,
        MySqlException mysql => mysql.ErrorCode is MySqlErrorCode.LockDeadlock or MySqlErrorCode.XARBDeadlock || mysql.Number is CheckRead or RolledBackDuringCommit,
        _ => false,
    };

    /// <summary>Somebody else held a lock for longer than the query was willing to wait.</summary>
    public static bool IsLocked(Exception problem) => problem switch
    {
        SqlException sql => sql.Number is 1222,
        PostgresException { SqlState: "55P03" } => true,
        MySqlException mysql => mysql.ErrorCode is MySqlErrorCode.LockWaitTimeout || mysql.Number is LockNoWait,
        SqliteException { SqliteErrorCode: 5 or 6 } => true,
        _ => false,
    };

    /// <summary>The connection is gone: the server went away, was shut down, or the network between.</summary>
    public static bool IsLost(Exception problem) => problem switch
    {
        // Class 20 and more ends the connection; on Linux the number is 0 then.
        SqlException sql => sql.Class >= 20 || sql.Number is 64 or 121 or 233 or 596 or 10053 or 10054 or 10060 or 10061,
        // class 08, and 57P: shut down by an administrator, crashed, not up yet
        PostgresException postgres => postgres.SqlState.StartsWith("08", StringComparison.Ordinal) || postgres.SqlState is "57P01" or "57P02" or "57P03" or "57P05",
        MySqlException mysql => mysql.ErrorCode is MySqlErrorCode.ServerShutdown or MySqlErrorCode.NormalShutdown or MySqlErrorCode.UnableToConnectToHost
            || mysql.Number is Killed or WasKilled || IsBroken(mysql.InnerException),
        NpgsqlException => IsBroken(problem.InnerException),
        _ => IsBroken(problem),
    };

    /// <summary>SQL Server takes no login or no query now: it starts, fails over, or is out of resources.</summary>
    public static bool IsBusy(int number) => number is -2 or 20
        or 615 or 922 or 926 or 976 or 978 or 983 or 4221 or 17142 or 18401
        or 10928 or 10929 or 40143 or 40197 or 40501 or 40540 or 40613 or 42108 or 42109 or 49918 or 49919 or 49920;

    private static bool IsBroken(Exception? problem) => problem switch
    {
        null => false,
        IOException or System.Net.Sockets.SocketException => true,
        // MySqlConnector's word for a reply that ends in its middle
        _ when problem.GetType().Name.EndsWith("EndOfStreamException", StringComparison.Ordinal) => true,
        _ => IsBroken(problem.InnerException),
    };
}
