using System.Data.Common;
using MySqlConnector;
using ReportScheduler.Rows;
using ReportScheduler.Secrets;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.MySql;

/// <summary>MySQL and MariaDB.</summary>
/// <remarks>Error numbers: the server error references. URL options: the connect
/// arguments of PyMySQL, mysqlclient and MySQL Connector/Python.</remarks>
internal sealed class MySqlProvider : DatabaseProvider
{
    // the codes that MySqlConnector has no name for
    private const int CheckRead = 1020;
    private const int Killed = 1927;
    private const int WasKilled = 3169;
    private const int RolledBackDuringCommit = 3101;
    private const int LockNoWait = 3572;
    private const int InReadOnlyTransaction = 1792;

    private const string LocalHost = "localhost";

    public override TokenUse Tokens => TokenUse.Password;

    public override string Name => "MySql";

    public override int? UsualPort => 3306;

    public override IReadOnlyList<string> Aliases => ["MariaDb", "MySqlConnector"];

    public override IReadOnlyList<string> Schemes => ["mysql", "mariadb"];

    public override UrlOptions UrlOptions { get; } = new()
    {
        Keys = UrlOptions.Named(
            ("host", "Server"), ("port", "Port"), ("user", "User ID"), ("passwd", "Password"), ("db", "Database"),
            ("unix_socket", "Server"),
            ("connect_timeout", "Connection Timeout"), ("connection_timeout", "Connection Timeout"), ("program_name", "Application Name"),
            ("compress", "Use Compression"),
            ("ssl_mode", "SSL Mode"), ("ssl-mode", "SSL Mode"), ("sslmode", "SSL Mode"), ("ssl_ca", "SSL CA"), ("ssl_cert", "SSL Cert"),
            ("ssl_key", "SSL Key"),
            ("ssl", "SSL Mode"), ("ssl_disabled", "SSL Mode"), ("ssl_verify_cert", "SSL Mode"), ("ssl_verify_identity", "SSL Mode")),
        Idle = UrlOptions.Names(
            "charset", "collation", "use_unicode", "autocommit", "local_infile", "max_allowed_packet", "binary_prefix", "cursorclass",
            "conv", "defer_connect", "client_flag",
            "read_timeout", "write_timeout", "auth_plugin", "auth_plugin_map", "use_pure", "raise_on_warnings", "get_warnings", "buffered",
            "consume_results"),
        Refused = UrlOptions.Named(
            ("init_command", "it with -InitSql"), ("sql_mode", "it with -InitSql \"SET sql_mode='...'\""),
            ("read_default_file", "host, user and password themselves"),
            ("read_default_group", "host, user and password themselves"),
            ("named_pipe", "'Connection Protocol=Pipe' in MySqlConnector's own form"), ("bind_address", "a URL without it")),
        WithoutTls = "None",
    };

    public override IReadOnlyList<string> OdbcDrivers => ["mysql", "mariadb"];

    public override (string Key, string Value)? TrustSetting => ("SSL Mode", "Required");

    public override string CertificateRemedy =>
        "Give the connection SSL CA=path of its issuer, or use the name that the certificate is for; "
            + "SSL Mode=Required encrypts and verifies nothing";

    protected override DbProviderFactory Client => MySqlConnectorFactory.Instance;

    public override SqlLexer Lexer { get; } = new MySqlLexer();

    public override (string Server, string? Database) Describe(DbConnectionStringBuilder settings) => (Host(settings) is var server
        && server.StartsWith('/') ? server : Address(server, Port(settings)), Some(Text(settings, "Database")));

    public override (string Host, int Port)? Endpoint(DbConnectionStringBuilder settings)
    {
        var server = Host(settings);
        return settings["Connection Protocol"] is not MySqlConnectionProtocol.Sockets || server.StartsWith('/')
            || server.Contains(',', StringComparison.Ordinal)
            ? null : (server, Port(settings));
    }

    public override IReadOnlyList<string> ReadOnlySql(string name, DbConnection connection) => ["SET SESSION TRANSACTION READ ONLY"];

    public override void Listen(DbConnection connection, Action<string> tell) => ((MySqlConnection)connection).InfoMessage += (_, said) =>
    {
        foreach (var message in said.Errors)
        {
            ServerWords.Pass(tell, $"{message.Level}: {message.Message}");
        }
    };

    /// <summary>The client passes on only some warnings by itself.</summary>
    public override void Ask(DbConnection connection, Action<string> tell)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SHOW WARNINGS";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            ServerWords.Pass(tell, $"{reader.GetString(0)}: {reader.GetString(2)}");
        }
    }

    public override SqlText Read(string sql) => new([MySqlVariables.Batch(sql)]);

    public override object? Value(ReportParameter parameter) => parameter.Value switch
    {
        // there is no type with an offset
        DateTimeOffset time => time.DateTime,
        System.Guid guid => guid.ToString(),
        ulong number => number,
        _ => base.Value(parameter),
    };

    public override PreciseValue Exact(DbDataReader reader, int column) => MySqlValues.For(reader, column);

    public override QueryTrial Trial(TrialRequest request) => new MySqlTrial(request);

    public override DatabaseFault ConnectFault(Exception problem) => problem switch
    {
        MySqlException { ErrorCode: MySqlErrorCode.AccessDenied } => DatabaseFault.LoginRefused,
        MySqlException { ErrorCode: MySqlErrorCode.UnknownDatabase or MySqlErrorCode.DatabaseAccessDenied } =>
            DatabaseFault.DatabaseMissing,
        MySqlException { InnerException: MySqlException { ErrorCode: MySqlErrorCode.CommandTimeoutExpired } } => DatabaseFault.TimedOut,
        _ => DatabaseFault.Other,
    };

    public override DatabaseFault QueryFault(Exception problem) =>
        problem is not MySqlException mysql ? base.QueryFault(problem) : mysql.ErrorCode switch
    {
        MySqlErrorCode.TableAccessDenied or MySqlErrorCode.ColumnAccessDenied or MySqlErrorCode.DatabaseAccessDenied =>
            DatabaseFault.Denied,
        MySqlErrorCode.CommandTimeoutExpired or MySqlErrorCode.QueryTimeout => DatabaseFault.TimedOut,
        MySqlErrorCode.LockDeadlock or MySqlErrorCode.XARBDeadlock => DatabaseFault.Victim,
        MySqlErrorCode.LockWaitTimeout => DatabaseFault.Locked,
        MySqlErrorCode.ServerShutdown or MySqlErrorCode.NormalShutdown or MySqlErrorCode.UnableToConnectToHost => DatabaseFault.Lost,
        _ => mysql.Number switch
        {
            CheckRead or RolledBackDuringCommit => DatabaseFault.Victim,
            LockNoWait => DatabaseFault.Locked,
            InReadOnlyTransaction => DatabaseFault.ReadOnly,
            Killed or WasKilled => DatabaseFault.Lost,
            _ => BrokenLine.Is(mysql.InnerException) ? DatabaseFault.Lost : DatabaseFault.Other,
        },
    };

    public override string Detail(Exception problem) =>
        problem is MySqlException { Number: > 0 } mysql
            ? $"{SecretErrors.OneLine(mysql)} (error {mysql.Number}, {mysql.SqlState ?? "HY000"})"
            : base.Detail(problem);

    /// <summary>TINYINT(1) stays a number, as it may hold more than 0 and 1 (TreatTinyAsBoolean=true makes it a
    /// Boolean), CHAR(36) stays text, and a date that does not exist is no error.</summary>
    protected override IEnumerable<(string Key, string? Value)> Defaults(SessionRequest request) =>
    [
        ("Server", LocalHost), ("Pooling", "false"), ("Connection Timeout", request.Seconds), ("Application Name", request.Application),
        ("Allow User Variables", "true"), ("Allow Zero DateTime", "true"), ("Treat Tiny As Boolean", "false"), ("GUID Format", "None"),
        ("User ID", request.User), ("Password", request.Password), ("SSL Mode", request.IsToken ? "Required" : null),
    ];

    private static string Host(DbConnectionStringBuilder settings) => Some(Text(settings, "Server")) ?? LocalHost;
}
