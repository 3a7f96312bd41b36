using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ReportScheduler.Sources.Providers.Sqlite;

/// <summary>Keeps a query within its database: ATTACH reads any file, VACUUM INTO
/// writes one, and some pragmas are for the whole process.</summary>
/// <remarks>https://www.sqlite.org/c3ref/set_authorizer.html; VACUUM INTO attaches the file that it writes.</remarks>
internal static class SqliteGuard
{
    /// <summary>SQLITE_AUTH: what the guard refuses.</summary>
    public const int Refused = 23;

    /// <summary>What one query sets for all that the process reads from SQLite, now and later.</summary>
    private static readonly HashSet<string> OfTheProcess = new(StringComparer.OrdinalIgnoreCase)
    {
        "temp_store_directory", "data_store_directory", "hard_heap_limit", "soft_heap_limit",
    };

    /// <summary>What changes the file outside of transactions, or lets changes through again.</summary>
    private static readonly HashSet<string> BeyondTransactions = new(StringComparer.OrdinalIgnoreCase)
    {
        "query_only", "journal_mode", "user_version", "application_id", "schema_version", "writable_schema", "auto_vacuum", "encoding",
        "page_size", "default_cache_size",
    };

    private static readonly HashSet<string> AlwaysWriting =
        new(StringComparer.OrdinalIgnoreCase) { "wal_checkpoint", "incremental_vacuum", "optimize" };

    public static void Set(DbConnection connection) => Set(connection, null);

    /// <summary>For a query that is only tried: nothing that a rollback does not undo.</summary>
    /// <param name="connection">An open one.</param>
    /// <param name="refused">Called when the query does such a thing.</param>
    public static void SetForTrial(DbConnection connection, Action refused) => Set(connection, refused);

    private static void Set(DbConnection connection, Action? refused)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        var isForReading = raw.sqlite3_db_readonly(handle, "main") == 1;
        raw.sqlite3_set_authorizer(
            handle,
            (strdelegate_authorizer)((_, action, first, second, _, _) =>
            {
                if (IsRefused(action, first, second, isForReading))
                {
                    return raw.SQLITE_DENY;
                }

                if (refused is null || !IsLasting(action, first, second))
                {
                    return raw.SQLITE_OK;
                }

                refused();
                return raw.SQLITE_DENY;
            }),
            null);
    }

    private static bool IsRefused(int action, string first, string? second, bool isForReading) =>
        (action == raw.SQLITE_ATTACH && isForReading)
            || (action == raw.SQLITE_PRAGMA && second is not null && OfTheProcess.Contains(first));

    private static bool IsLasting(int action, string? first, string? second) => action switch
    {
        // the name of a file is null where an expression gives it
        raw.SQLITE_ATTACH => first is not ("" or ":memory:") && !File.Exists(first),
        raw.SQLITE_PRAGMA => AlwaysWriting.Contains(first!) || (second is not null && BeyondTransactions.Contains(first!)),
        _ => false,
    };
}
