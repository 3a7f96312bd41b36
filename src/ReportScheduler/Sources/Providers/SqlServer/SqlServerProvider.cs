using System.Data;
using System.Data.Common;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using ReportScheduler.Rows;
using ReportScheduler.Secrets;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>Microsoft SQL Server and Azure SQL.</summary>
/// <remarks>Error numbers: sys.messages, "Database engine events and errors", and "Transient errors"
/// of Azure SQL. URL options: SQLAlchemy's dialects and go-mssqldb.</remarks>
internal sealed partial class SqlServerProvider : DatabaseProvider
{
    // how Microsoft's own Go driver writes URLs
    private const string OfMicrosoft = "sqlserver";

    // "Changed database context", "Changed language setting": said at every login and every USE
    private const int ContextChanged = 5701;
    private const int LanguageChanged = 5703;

    /// <summary>How only the addresses of SQL Server begin.</summary>
    private static readonly string[] OwnAddresses = ["tcp:", "np:", "admin:", "lpc:", "(localdb)"];

    private static readonly string[] KerberosWords = ["Kerberos", "SSPI", "GSSAPI", "kinit", "Negotiate"];

    public override TokenUse Tokens => TokenUse.Login;

    public override string Name => "SqlServer";

    public override IReadOnlyList<string> Aliases => ["mssql", "AzureSql"];

    public override IReadOnlyList<string> Schemes => ["mssql", OfMicrosoft];

    public override UrlOptions UrlOptions { get; } = new()
    {
        Keys = UrlOptions.Named(("database", "Initial Catalog"), ("appname", "Application Name"), ("app name", "Application Name"),
            ("login_timeout", "Connect Timeout"), ("encrypt", "Encrypt")),
        Idle = UrlOptions.Names(
            "driver", "charset", "mars_connection", "autocommit", "fast_executemany", "longasmax", "tds_version", "use_setinputsizes",
            "log", "dial timeout", "timeout"),
        // go-mssqldb: no encryption, and encryption of the login only
        Value = (key, value) => key == "Encrypt" && value.Equals("disable", StringComparison.OrdinalIgnoreCase) ? "Optional" : null,
    };

    public override IReadOnlyList<string> OdbcDrivers => ["sql server", "sqlserver", "sqlncli", "freetds", "msodbcsql", "native client"];

    public override (string Key, string Value)? TrustSetting => ("Trust Server Certificate", "true");

    public override string CertificateRemedy =>
        "Where the network is trusted, give the connection TrustServerCertificate=true (Set-ReportConnection "
            + "-TrustServerCertificate does); "
        + "else HostNameInCertificate=name, where the certificate is for another name, or ServerCertificate=path, its file, or install "
        + "its issuer";

    protected override DbProviderFactory Client => SqlClientFactory.Instance;

    public override SqlLexer Lexer { get; } = new SqlServerLexer();

    public override bool Claims(string text) => text.StartsWith("(localdb)", StringComparison.OrdinalIgnoreCase);

    public override string? BareKey(string text) => Claims(text) ? "Data Source" : null;

    public override bool IsOwnAddress(string server) =>
        OwnAddresses.Any(start => server.StartsWith(start, StringComparison.OrdinalIgnoreCase)) || OwnPlace().IsMatch(server);

    /// <summary>2,100, of which the text and the types of the others are two (Maximum
    /// capacity specifications for SQL Server, error 8003).</summary>
    public override int? MostParameters => 2098;

    public override int? UsualPort => SqlServerSource.DefaultPort;

    public override IEnumerable<(string Key, string Value)> Place(ConnectionUrl url)
    {
        // sqlserver://host/INSTANCE?database=shop; behind a port an instance says nothing
        var path = url.Database ?? "";
        var (instance, database) = path.Split('/', 2) is [var first, var second] ? (first, second)
            : url.Scheme == OfMicrosoft && url.Port is null && !url.Host.Contains('\\', StringComparison.Ordinal) ? (path, "") : ("", path);
        var host = instance.Length > 0 && url.Port is null ? $@"{url.Host}\{instance}" : url.Host;
        return
        [
            ("Data Source", url.Port is null ? host : $"{host},{url.Port}"), ("User ID", url.User ?? ""), ("Password", url.Password ?? ""),
            ("Database", database),
        ];
    }

    public override IEnumerable<(string Key, string Value)> Place(string server, string? database, bool asAccount) =>
        [("Server", server), ("Database", database ?? ""), ("Integrated Security", asAccount ? "true" : "")];

    public override string? Refusal(string key, string value) => !key.Equals("Port", StringComparison.OrdinalIgnoreCase) ? null
        : "SqlServer does not take the key 'Port'; its port stands behind a comma: "
            + $"'Server=host,{(value.All(char.IsAsciiDigit) && value.Length < 6 ? value : "1433")}'";

    public override string? Mistake(DbConnectionStringBuilder settings) =>
        SqlServerSource.WithComma(Text(settings, "Data Source")) is { } meant
            ? $"SQL Server's port stands behind a comma: '{meant}'"
            : null;

    public override (string Server, string? Database) Describe(DbConnectionStringBuilder settings) =>
        (Text(settings, "Data Source"), Some(Text(settings, "Initial Catalog")));

    public override (string Host, int Port)? Endpoint(DbConnectionStringBuilder settings) =>
        SqlServerSource.Parse(Text(settings, "Data Source")).Endpoint;

    public override void CheckPlace(DbConnectionStringBuilder settings)
    {
        var source = Text(settings, "Data Source");
        if (!OperatingSystem.IsWindows() && SqlServerSource.Parse(source).WindowsOnly is { } kind)
        {
            throw ProviderErrors.AddressForWindowsOnly(source, kind);
        }
    }

    /// <summary>The intent only chooses the replica: a primary lets its sessions write.</summary>
    public override string? Writes(SqlText text) => SqlServerWrites.First(text);

    public override void Listen(DbConnection connection, Action<string> tell) => ((SqlConnection)connection).InfoMessage += (_, said) =>
    {
        foreach (SqlError message in said.Errors)
        {
            if (message.Number is not (ContextChanged or LanguageChanged))
            {
                ServerWords.Pass(tell, message.Message);
            }
        }
    };

    public override SqlText Read(string sql) =>
        new([.. SqlServerBatches.Split(sql).Select(batch => SqlServerVariables.Batch(batch.Text, batch.Times))]);

    public override object? Value(ReportParameter parameter) => parameter.Value switch
    {
        // datetime2 columns compare with a datetimeoffset as if they were UTC, so a time in words is its wall clock.
        DateTimeOffset time when parameter.IsWallClock => time.DateTime,
        sbyte or ushort or uint => Convert.ToInt64(parameter.Value, System.Globalization.CultureInfo.InvariantCulture),
        _ => base.Value(parameter),
    };

    /// <summary>datetime would round to 3.3 ms; one length for texts keeps one plan in the server's cache.</summary>
    public override void Adjust(IDbDataParameter parameter)
    {
        switch (parameter.Value)
        {
            case DateTime:
                parameter.DbType = DbType.DateTime2;
                break;
            case DateOnly date:
                parameter.DbType = DbType.Date;
                parameter.Value = date.ToDateTime(TimeOnly.MinValue);
                break;
            case TimeOnly time:
                parameter.DbType = DbType.Time;
                parameter.Value = time.ToTimeSpan();
                break;
            case string text:
                parameter.Size = text.Length <= 4000 ? 4000 : -1;
                break;
        }
    }

    public override PreciseValue Exact(DbDataReader reader, int column) => SqlServerValues.For(reader, column);

    public override IJoinedDocument? Joined(DbDataReader reader) => JoinedText.Of(reader);

    public override QueryTrial Trial(TrialRequest request) => new SqlServerTrial(this, request);

    public override ReportException? Explain(Exception problem, string server, DbConnectionStringBuilder settings) =>
        SignInProblem(settings) is { } known ? known
        : settings["Integrated Security"] is true && IsKerberos(problem) ? ProviderErrors.KerberosNeeded(server, problem) : null;

    public override DatabaseFault ConnectFault(Exception problem) => problem switch
    {
        SqlException { Number: 18456 or 18452 or 18488 or 18487 or 18470 } => DatabaseFault.LoginRefused,
        SqlException { Number: 4060 or 911 } => DatabaseFault.DatabaseMissing,
        SqlException { Number: -2 } => DatabaseFault.TimedOut,
        _ => DatabaseFault.Other,
    };

    public override DatabaseFault QueryFault(Exception problem) =>
        problem is not SqlException sql ? base.QueryFault(problem) : sql.Number switch
    {
        // the database, or this replica of it, is read-only
        3906 => DatabaseFault.ReadOnly,
        229 or 230 or 916 or 300 => DatabaseFault.Denied,
        -2 => DatabaseFault.TimedOut,
        // deadlocks; conflicts of snapshot isolation and of memory-optimised tables; a scan that lost its place
        601 or 1205 or 1211 or 3960 or 3961 or 41302 or 41305 or 41325 or 41839 => DatabaseFault.Victim,
        1222 => DatabaseFault.Locked,
        // Class 20 and more ends the connection; on Linux the number is 0 then.
        64 or 121 or 233 or 596 or 10053 or 10054 or 10060 or 10061 => DatabaseFault.Lost,
        _ => sql.Class >= 20 || IsBusy(sql.Number) ? DatabaseFault.Lost : DatabaseFault.Other,
    };

    public override bool IsTransient(Exception problem) =>
        problem is SqlException sql
            ? IsBusy(sql.Number) || QueryFault(problem) == DatabaseFault.Lost || sql.Class >= 20
            : base.IsTransient(problem);

    public override string Detail(Exception problem) =>
        problem is SqlException { Number: > 0 } sql
            ? $"{SecretErrors.OneLine(sql)} (error {sql.Number}, line {sql.LineNumber})"
            : base.Detail(problem);

    // sp_executesql, by which parameters travel, is a scope of its own
    public override string Hint(Exception problem) => problem.Message.Contains("Invalid object name '#", StringComparison.Ordinal)
        ? ". A table #name ends with the batch that made it when that batch has parameters: make it in a batch without any, or use it in "
            + "the same batch"
        : "";

    protected override IEnumerable<(string Key, string? Value)> Defaults(SessionRequest request) =>
    [
        ("Pooling", "false"), ("Connect Timeout", request.Seconds), ("Connect Retry Count", "0"), ("Application Name", request.Application),
        ("Application Intent", request.IsReadOnly ? "ReadOnly" : null),
        ("User ID", request.User), ("Password", request.Password),
    ];

    protected override void SignIn(DbConnection connection, SessionRequest request)
    {
        var client = (SqlConnection)connection;
        var method = new SqlConnectionStringBuilder(client.ConnectionString).Authentication;
        if (request.Token is { } token)
        {
            client.AccessTokenCallback = async (_, cancel) =>
            {
                var given = await token(cancel).ConfigureAwait(false);
                return new SqlAuthenticationToken(given.Text, given.ExpiresAt);
            };
        }
        else if (method is not (SqlAuthenticationMethod.NotSpecified or SqlAuthenticationMethod.SqlPassword))
        {
            EntraLogin.Begin();
        }
    }

    /// <summary>SQL Server takes no login or no query now: it starts, fails over, or is out of resources.</summary>
    private static bool IsBusy(int number) => number is -2 or 20
        or 701 or 1204 or 8645
        or 615 or 922 or 926 or 976 or 978 or 983 or 4221 or 17142 or 18401
        or 10928 or 10929 or 40143 or 40197 or 40501 or 40540 or 40613 or 42108 or 42109 or 49918 or 49919 or 49920;

    /// <summary>Why there is no token for a login that the connection string wants with one.</summary>
    private static ReportException? SignInProblem(DbConnectionStringBuilder settings) =>
        $"{settings["Authentication"]}".Contains("Directory", StringComparison.OrdinalIgnoreCase) ? EntraLogin.Problem : null;

    /// <summary>Integrated security did not come as far as the server, or the server did not take it.</summary>
    private static bool IsKerberos(Exception problem) => problem switch
    {
        SqlException { Number: 18452 or 18456 } => true,
        // a library that integrated security needs and this system does not have
        AuthenticationException or DllNotFoundException or TypeInitializationException or PlatformNotSupportedException =>
            !problem.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase),
        _ => KerberosWords.Any(word => problem.Message.Contains(word, StringComparison.OrdinalIgnoreCase))
            || (problem.InnerException is { } inner && IsKerberos(inner)),
    };

    // an instance, or a port behind a comma
    [GeneratedRegex(@"^[^\\/,:]+\\[A-Za-z_][\w$#]*$|,\s*[0-9]+\s*$")]
    private static partial Regex OwnPlace();
}
