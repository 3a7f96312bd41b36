using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using ReportScheduler.Rows;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.Sqlite;

/// <summary>A SQLite file, or a database in memory.</summary>
/// <remarks>Error numbers: SQLite result codes. URL options: Python's sqlite3 and SQLite's URI file names. A
/// report reads, and a wrong path must be an error and not a new, empty database.</remarks>
internal sealed class SqliteProvider : DatabaseProvider
{
    private const string InMemory = ":memory:";
    private const string FileKey = "Data Source";
    private const int Corrupt = 11;
    private const int NoDatabase = 26;
    private const int NotWritable = 8;

    public override string Name => "Sqlite";

    public override string Title => "SQLite";

    public override IReadOnlyList<string> Aliases => ["SQLite3"];

    public override IReadOnlyList<string> Schemes => ["sqlite"];

    public override UrlOptions UrlOptions { get; } = new()
    {
        Keys = UrlOptions.Named(("timeout", "Default Timeout"), ("mode", "Mode"), ("cache", "Cache")),
        Idle = UrlOptions.Names("check_same_thread", "uri", "isolation_level", "detect_types", "cached_statements", "autocommit"),
        Refused = UrlOptions.Named(("immutable", "a URL without it"), ("nolock", "a URL without it"), ("vfs", "a URL without it")),
        Value = (key, value) => (key, value.ToLowerInvariant()) switch
        {
            ("Mode", "ro") => "ReadOnly",
            ("Mode", "rw") => "ReadWrite",
            ("Mode", "rwc") => "ReadWriteCreate",
            _ => null,
        },
    };

    public override IReadOnlyList<string> OdbcDrivers => ["sqlite"];

    public override IReadOnlyDictionary<string, string> OdbcKeys { get; } = UrlOptions.Named(("database", FileKey));

    public override string? FileSetting => FileKey;

    public override string? UserKey => null;

    public override bool HasDatesAsText => true;

    public override bool IsCaseSensitive => true;

    protected override DbProviderFactory Client => SqliteFactory.Instance;

    public override SqlLexer Lexer { get; } = new SqliteLexer();

    public override bool Means(string text, Func<string, string> fullPath) => SqliteFile.IsMeant(text, fullPath);

    public override string? BareKey(string text) => text.Contains('=', StringComparison.Ordinal) ? null : FileKey;

    /// <summary>sqlite:///x is relative, sqlite:////x absolute, sqlite:// in memory.</summary>
    public override IEnumerable<(string Key, string Value)> Place(ConnectionUrl url) =>
        [(FileKey, url.Host + url.Database is { Length: > 0 } file ? file : InMemory)];

    public override string? Locate(DbConnectionStringBuilder settings, Func<string, string> fullPath)
    {
        if (settings[FileKey] is not string { Length: > 0 } path || path == InMemory || path.StartsWith("file:", StringComparison.Ordinal))
        {
            return null;
        }

        settings[FileKey] = fullPath(path);
        return SqliteFile.Missing(path, fullPath(path));
    }

    public override (string Server, string? Database) Describe(DbConnectionStringBuilder settings) => (Text(settings, FileKey), null);

    public override string ShortName(string server, string? database) => Path.GetFileNameWithoutExtension(server.Trim(':'));

    public override void CheckPlace(DbConnectionStringBuilder settings)
    {
        var path = Text(settings, FileKey);
        if (!IsInMemory(settings) && !path.StartsWith("file:", StringComparison.Ordinal) && !settings.ShouldSerialize("Mode")
            && !File.Exists(path))
        {
            throw ProviderErrors.DatabaseFileMissing(path);
        }
    }

    /// <summary>The client opens any file, and finds out that it is no database when it first reads.</summary>
    public override void Verify(DbConnection connection) => connection.ExecuteScalar("PRAGMA schema_version");

    /// <summary>SQLITE_MAX_VARIABLE_NUMBER of the library that is delivered.</summary>
    public override int? MostParameters => 32766;

    /// <summary>In memory as well, where there is no file to open for reading.</summary>
    public override IReadOnlyList<string> ReadOnlySql(string name, DbConnection connection) => ["PRAGMA query_only = ON"];

    public override void Guard(DbConnection connection) => SqliteGuard.Set(connection);

    public override void Cancel(IDbCommand command)
    {
        // Microsoft.Data.Sqlite's own Cancel does nothing.
        if (command is SqliteCommand { Connection.Handle: { } handle })
        {
            SQLitePCL.raw.sqlite3_interrupt(handle);
        }
    }

    /// <summary>SQLite compares the text that its own date functions make.</summary>
    public override object? Value(ReportParameter parameter) => parameter.Value switch
    {
        DateTimeOffset time when parameter.IsWallClock => Seconds(time.DateTime),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        DateTime time => Seconds(time),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        // the client would write a decimal as text, which is greater than every number
        decimal number => decimal.IsInteger(number) && number >= long.MinValue && number <= long.MaxValue ? (long)number : (double)number,
        System.Guid guid => guid.ToString(),
        _ => base.Value(parameter),
    };

    public override QueryTrial Trial(TrialRequest request) => new SqliteTrial(request);

    public override DatabaseFault ConnectFault(Exception problem) =>
        problem is SqliteException { SqliteErrorCode: NoDatabase or Corrupt } ? DatabaseFault.NotADatabase : DatabaseFault.Other;

    public override DatabaseFault QueryFault(Exception problem) => problem switch
    {
        SqliteException { SqliteErrorCode: SqliteGuard.Refused } => DatabaseFault.NotForReading,
        SqliteException { SqliteErrorCode: NotWritable } => DatabaseFault.ReadOnly,
        SqliteException { SqliteErrorCode: 5 or 6 } => DatabaseFault.Locked,
        _ => base.QueryFault(problem),
    };

    public override bool IsTransient(Exception problem) =>
        problem is SqliteException ? QueryFault(problem) == DatabaseFault.Locked : base.IsTransient(problem);

    /// <summary>What was to be opened for writing is opened for reading when the connection says so.</summary>
    protected override DbConnectionStringBuilder Plain(SessionRequest request)
    {
        var settings = base.Plain(request);
        if (request.IsReadOnly && settings.ContainsKey("Mode") && !IsInMemory(Settings(request.ConnectionString)))
        {
            settings["Mode"] = "ReadOnly";
        }

        return settings;
    }

    protected override IEnumerable<(string Key, string? Value)> Defaults(SessionRequest request) =>
        [("Pooling", "False"), ("Mode", IsInMemory(Settings(request.ConnectionString)) ? null : "ReadOnly"),
            ("Password", request.Password)];

    private static bool IsInMemory(DbConnectionStringBuilder settings) =>
        Text(settings, FileKey) is InMemory or "" || settings["Mode"] is SqliteOpenMode.Memory;

    private static string Seconds(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
