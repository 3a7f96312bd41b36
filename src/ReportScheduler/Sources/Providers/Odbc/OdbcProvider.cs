using System.Data;
using System.Data.Common;
using System.Data.Odbc;
using System.Globalization;
using ReportScheduler.Rows;
using ReportScheduler.Secrets;
using ReportScheduler.Sources.Providers.Sqlite;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.Odbc;

/// <summary>Every database that has an ODBC driver on this computer: Oracle,
/// Snowflake, DB2, DuckDB, ClickHouse, Access, SAP and the rest.</summary>
/// <remarks>
/// What a driver cannot do is in docs/odbc.md. Parameters are positional; types without a mapping are converted first; values are read
/// as the driver's own text where that is the only exact form. SQLSTATE: ODBC Programmer's Reference, Appendix A.
/// </remarks>
internal sealed class OdbcProvider : DatabaseProvider
{
    private const string DriverKey = "Driver";
    private const string SourceKey = "DSN";
    private const string FileKey = "Database";
    private const string OfSqlite = "sqlite";
    private const string InMemory = ":memory:";

    private static readonly string[] ServerKeys = ["Server", "Servername", "Host", "Hostname", "Address", "Addr", "DBQ", "Data Source",
        "Account"];
    private static readonly string[] DatabaseKeys = ["Database", "Initial Catalog", "DB", "Schema"];
    private static readonly string[] LoginWords = ["password authentication failed", "login failed", "access denied for user", "role \"",
        "invalid username", "authentication failed", "no password supplied"];
    private static readonly string[] DatabaseWords = ["database \"", "unknown database", "cannot open database"];

    public override string Name => "Odbc";

    public override string Title => "ODBC";

    public override bool HasOdbcSettings => true;

    public override string UserKey => "UID";

    public override string PasswordKey => "PWD";

    /// <summary>What the other clients call them.</summary>
    public override IReadOnlyDictionary<string, string> OdbcKeys { get; } =
        UrlOptions.Named(("user id", "UID"), ("user", "UID"), ("username", "UID"), ("password", "PWD"));

    public override SqlLexer Lexer { get; } = new OdbcLexer();

    protected override DbProviderFactory Client => OdbcFactory.Instance;

    /// <summary>The manager's own form, where a value may stand in {braces}. No key is unknown: each driver has its own.</summary>
    public override DbConnectionStringBuilder Settings(string connectionString = "") =>
        new(useOdbcRules: true) { ConnectionString = connectionString };

    /// <summary>Nothing but a driver or a DSN tells that ODBC is meant.</summary>
    public override bool Takes(string key, string value) => false;

    public override string? BareKey(string text) => text.Contains('=', StringComparison.Ordinal) ? null : SourceKey;

    public override IEnumerable<(string Key, string Value)> Place(string server, string? database, bool asAccount) =>
        throw ProviderErrors.ConnectionStringNotUsable(
        server, "ODBC needs to know the driver; give -ConnectionString 'Driver={name};Server=...' or 'DSN=name' in place of -Server");

    public override bool MoveTo(DbConnectionStringBuilder settings, string server)
    {
        var key = ServerKeys.FirstOrDefault(name => Get(settings, name).Length > 0);
        if (key is not null)
        {
            settings[key] = server;
        }

        return key is not null;
    }

    public override string? Mistake(DbConnectionStringBuilder settings) =>
        settings.ContainsKey(DriverKey) || settings.ContainsKey(SourceKey) || settings.ContainsKey("FileDSN") ? null
        : $"it names neither a driver nor a DSN, such as 'Driver={{name}};Server=...' or 'DSN=name'.{OdbcInstallation.Drivers()}";

    public override string? Locate(DbConnectionStringBuilder settings, Func<string, string> fullPath)
    {
        if (Get(settings, DriverKey).Contains(OfSqlite, StringComparison.OrdinalIgnoreCase)
            && Get(settings, FileKey) is { Length: > 0 } path && path != InMemory
            && !path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            settings[FileKey] = fullPath(path);
            return SqliteFile.Missing(path, fullPath(path));
        }

        return null;
    }

    public override (string Server, string? Database) Describe(DbConnectionStringBuilder settings)
    {
        var server = ServerKeys.Select(key => Get(settings, key)).FirstOrDefault(value => value.Length > 0);
        var port = Get(settings, "Port");
        var database = DatabaseKeys.Select(key => Get(settings, key)).FirstOrDefault(value => value.Length > 0);
        var source = Get(settings, SourceKey) is { Length: > 0 } name ? $"DSN {name}" : Some(Get(settings, DriverKey)) ?? "ODBC";
        return server is null && database is not null && !settings.ContainsKey(SourceKey) ? (database, null)
            : (server is null ? source : port.Length > 0 ? $"{server}:{port}" : server, database);
    }

    public override string ShortName(string server, string? database) => Path.GetFileNameWithoutExtension(database ?? server);

    public override DbConnection Connect(SessionRequest request)
    {
        var connection = (OdbcConnection)base.Connect(request);
        connection.ConnectionTimeout = int.Parse(request.Seconds, CultureInfo.InvariantCulture);
        return connection;
    }

    /// <summary>The driver of a DSN that is not known here is known when it is open.</summary>
    public override void CheckReadOnly(string name, DbConnectionStringBuilder settings)
    {
        if (DriverOf(settings) is { } driver && OdbcReading.MayKnow(driver) is false)
        {
            throw ProviderErrors.ReadOnlyNotPossible(name, driver);
        }
    }

    /// <summary>The name that people gave to the driver says nothing for sure: its library does.</summary>
    public override IReadOnlyList<string> ReadOnlySql(string name, DbConnection connection) =>
        ((OdbcConnection)connection).Driver is var library && OdbcReading.Sql(library) is { } sql
            ? [sql]
            : throw ProviderErrors.ReadOnlyNotPossible(name, library);

    /// <summary>The driver of SQLite makes a file that is not there, and finds nothing wrong with it.</summary>
    public override void CheckPlace(DbConnectionStringBuilder settings)
    {
        if (DriverOf(settings)?.Contains(OfSqlite, StringComparison.OrdinalIgnoreCase) != true)
        {
            return;
        }

        var path = Some(Get(settings, FileKey)) ?? OdbcInstallation.SettingOf(Get(settings, SourceKey), FileKey);
        if (path is { Length: > 0 } && path != InMemory && !path.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            && !File.Exists(path))
        {
            throw ProviderErrors.DatabaseFileMissing(path);
        }
    }

    public override void Listen(DbConnection connection, Action<string> tell) => ((OdbcConnection)connection).InfoMessage += (_, said) =>
    {
        foreach (OdbcError message in said.Errors)
        {
            ServerWords.Pass(tell, message.Message);
        }
    };

    public override SqlText Read(string sql) => new([OdbcVariables.Batch(Lexer, sql)]);

    /// <summary>A question mark in place of each parameter, and the values in the order in which they stand.</summary>
    public override BoundBatch Bind(SqlBatch batch, IReadOnlyList<ReportParameter> parameters)
    {
        if (batch.Tokens.Any(token => token.IsSign('?')))
        {
            throw ProviderErrors.QuestionMarkNotUsable(batch.Text, batch.Tokens.First(token => token.IsSign('?')).Start + 1);
        }

        return OdbcMarkers.Write(Lexer, base.Bind(batch, parameters));
    }

    /// <summary>ODBC has no type with an offset, no unsigned ones, and no time with a fraction; what it does not have is text.</summary>
    public override object? Value(ReportParameter parameter) => parameter.Value switch
    {
        // else only three digits of the second are sent
        DateTime time when time.Ticks % TimeSpan.TicksPerMillisecond != 0 =>
            time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => Value(parameter with { Value = time.DateTime }),
        TimeOnly time =>
            time.Ticks % TimeSpan.TicksPerSecond == 0 ? time.ToTimeSpan() : time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan time when time < TimeSpan.Zero || time >= TimeSpan.FromDays(1) || time.Ticks % TimeSpan.TicksPerSecond != 0 =>
            time.ToString("c", CultureInfo.InvariantCulture),
        sbyte number => (short)number,
        ushort number => (int)number,
        uint number => (long)number,
        _ => base.Value(parameter),
    };

    public override void Adjust(IDbDataParameter parameter)
    {
        if (parameter.Value is DateOnly date)
        {
            parameter.DbType = DbType.Date;
            parameter.Value = date.ToDateTime(TimeOnly.MinValue);
        }
    }

    /// <summary>The driver of SQLite takes neither decimals nor GUIDs.</summary>
    public override void Prepare(IDbCommand command)
    {
        if (!IsSqlite((OdbcConnection)command.Connection!))
        {
            return;
        }

        foreach (OdbcParameter parameter in command.Parameters)
        {
            switch (parameter.Value)
            {
                case decimal number:
                    (parameter.OdbcType, parameter.Value) = decimal.IsInteger(number) && number >= long.MinValue && number <= long.MaxValue
                        ? (OdbcType.BigInt, (object)(long)number) : (OdbcType.Double, (double)number);
                    break;
                case System.Guid guid:
                    (parameter.OdbcType, parameter.Value) = (OdbcType.NVarChar, guid.ToString());
                    break;
            }
        }
    }

    public override DbDataReader Exactly(DbDataReader reader, IDbCommand command) =>
        new OdbcRows((OdbcDataReader)reader, IsSqlite((OdbcConnection)command.Connection!));

    /// <summary>Each value is as <see cref="OdbcRows"/> has read it.</summary>
    public override PreciseValue Exact(DbDataReader reader, int column) =>
        new(reader.GetFieldType(column), (rows, at) => rows.GetValue(at));

    public override QueryTrial Trial(TrialRequest request) => new OdbcTrial(request, IsSqlite((OdbcConnection)request.Connection));

    public override ReportException? Explain(Exception problem, string server, DbConnectionStringBuilder settings) => problem switch
    {
        _ when IsManagerMissing(problem) => ProviderErrors.OdbcNotInstalled(OdbcInstallation.Advice, problem),
        OdbcException { Errors.Count: 0 } =>
            ProviderErrors.OdbcSilent(server, Some(Get(settings, DriverKey)) ?? Get(settings, SourceKey), problem),
        OdbcException odbc when State(odbc) is "IM002" && settings.ContainsKey(SourceKey) =>
            ProviderErrors.OdbcSourceMissing(Get(settings, SourceKey), OdbcInstallation.Sources() + OdbcInstallation.Drivers(), problem),
        OdbcException odbc when State(odbc) is "IM002" or "IM003" or "IM004" or "IM014" || IsLibraryMissing(odbc) =>
            ProviderErrors.OdbcDriverMissing(Some(Get(settings, DriverKey)) ?? Get(settings, SourceKey), OdbcInstallation.Drivers(),
                problem),
        _ => null,
    };

    public override DatabaseFault ConnectFault(Exception problem) =>
        problem is not OdbcException odbc ? DatabaseFault.Other : State(odbc) switch
    {
        "28000" or "28P01" =>
            Has(odbc, DatabaseWords) && !Has(odbc, LoginWords) ? DatabaseFault.DatabaseMissing : DatabaseFault.LoginRefused,
        "3D000" => DatabaseFault.DatabaseMissing,
        "HYT00" or "HYT01" or "S1T00" => DatabaseFault.TimedOut,
        _ when Has(odbc, LoginWords) => DatabaseFault.LoginRefused,
        _ when Has(odbc, DatabaseWords) => DatabaseFault.DatabaseMissing,
        _ => DatabaseFault.Other,
    };

    public override DatabaseFault QueryFault(Exception problem) =>
        Said(problem) is not { } odbc ? base.QueryFault(problem) : State(odbc) switch
    {
        "25006" => DatabaseFault.ReadOnly,
        "HY000" when odbc.Errors[0].NativeError is 1792 || (odbc.Errors[0].NativeError == 8
            && odbc.Message.Contains("readonly", StringComparison.OrdinalIgnoreCase)) => DatabaseFault.ReadOnly,
        "42501" => DatabaseFault.Denied,
        "57014" or "HYT00" or "HYT01" or "S1T00" or "HY008" => DatabaseFault.TimedOut,
        "40000" or "40001" or "40P01" => DatabaseFault.Victim,
        "55P03" => DatabaseFault.Locked,
        "57P01" or "57P02" or "57P03" or "57P05" => DatabaseFault.Lost,
        var state => state.StartsWith("08", StringComparison.Ordinal) ? DatabaseFault.Lost : DatabaseFault.Other,
    };

    public override bool IsTransient(Exception problem) => QueryFault(problem) == DatabaseFault.Lost || problem is TimeoutException;

    public override string Detail(Exception problem) => problem is not OdbcException odbc ? base.Detail(problem)
        : odbc.Errors.Count == 0 ? "the driver gave no reason"
        : $"{SecretErrors.OneLine(new InvalidOperationException(odbc.Errors[0].Message))} (SQLSTATE {odbc.Errors[0].SQLState})";

    protected override DbConnectionStringBuilder Plain(SessionRequest request) => Settings(request.ConnectionString);

    /// <summary>The driver that is named, or that of the data source; null where nobody knows it yet.</summary>
    private static string? DriverOf(DbConnectionStringBuilder settings) =>
        Some(Get(settings, DriverKey)) ?? OdbcInstallation.SettingOf(Get(settings, SourceKey), DriverKey);

    private static bool IsSqlite(OdbcConnection connection) => connection.Driver.Contains(OfSqlite, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the driver said, also where the client only says that the connection is disabled.</summary>
    private static OdbcException? Said(Exception problem) => problem as OdbcException ?? problem.InnerException as OdbcException;

    private static string State(OdbcException odbc) => odbc.Errors.Count > 0 ? odbc.Errors[0].SQLState : "";

    private static bool Has(OdbcException odbc, string[] words) =>
        Array.Exists(words, word => odbc.Message.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>unixODBC says with a mere warning's state that a driver's library is not there.</summary>
    private static bool IsLibraryMissing(OdbcException odbc) =>
        State(odbc) == "01000" && odbc.Message.Contains("open lib", StringComparison.OrdinalIgnoreCase);

    private static bool IsManagerMissing(Exception? problem) => problem switch
    {
        null => false,
        DllNotFoundException or EntryPointNotFoundException or PlatformNotSupportedException => true,
        _ => IsManagerMissing(problem.InnerException),
    };

    /// <summary>A value without the braces in which ODBC keeps it.</summary>
    private static string Get(DbConnectionStringBuilder settings, string key) => !settings.TryGetValue(key, out var value) ? ""
        : $"{value}" is ['{', .. var inner, '}'] ? inner.Replace("}}", "}", StringComparison.Ordinal) : $"{value}";
}
