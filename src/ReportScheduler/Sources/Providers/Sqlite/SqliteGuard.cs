using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ReportScheduler.Sources.Providers.Sqlite;

/// <summary>Keeps a query of a file that is opened for reading from other files: ATTACH reads any, and VACUUM INTO writes one.</summary>
/// <remarks>https://www.sqlite.org/c3ref/set_authorizer.html; VACUUM INTO attaches the file that it writes.</remarks>
internal static class SqliteGuard
{
    /// <summary>SQLITE_AUTH: what the guard refuses.</summary>
    public const int Refused = 23;

    public static void Set(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (raw.sqlite3_db_readonly(handle, "main") == 1)
        {
            raw.sqlite3_set_authorizer(handle, (strdelegate_authorizer)((_, action, _, _, _, _) => action == raw.SQLITE_ATTACH ? raw.SQLITE_DENY : raw.SQLITE_OK), null);
        }
    }
}
