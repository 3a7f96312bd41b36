using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using ReportScheduler.Rows;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.PostgreSql;

/// <summary>PostgreSQL.</summary>
/// <remarks>Error codes: Appendix A. URL options: libpq "Parameter Key Words" (PostgreSQL 18).</remarks>
internal sealed class PostgreSqlProvider : DatabaseProvider
{
    public override TokenUse Tokens => TokenUse.Password;

    public override string Name => "PostgreSql";

    public override int? UsualPort => PostgresPlace.StandardPort;

    public override IReadOnlyList<string> Aliases => ["postgres", "pgsql", "Npgsql"];

    public override IReadOnlyList<string> Schemes => ["postgresql", "postgres"];

    public override UrlOptions UrlOptions { get; } = new()
    {
        Keys = UrlOptions.Named(
            ("host", "Host"), ("port", "Port"), ("dbname", "Database"), ("user", "Username"), ("password", "Password"),
            ("passfile", "Passfile"),
            ("connect_timeout", "Timeout"), ("application_name", "Application Name"), ("fallback_application_name", "Application Name"),
            ("options", "Options"),
            ("keepalives", "TCP Keepalive"), ("keepalives_idle", "TCP Keepalive Time"), ("keepalives_interval", "TCP Keepalive Interval"),
            ("sslmode", "SSL Mode"), ("ssl", "SSL Mode"), ("sslrootcert", "Root Certificate"), ("sslcert", "SSL Certificate"),
            ("sslkey", "SSL Key"), ("sslpassword", "SSL Password"),
            ("sslnegotiation", "SSL Negotiation"), ("channel_binding", "Channel Binding"), ("require_auth", "Require Auth"),
            ("gssencmode", "GSS Encryption Mode"),
            ("krbsrvname", "Kerberos Service Name"), ("target_session_attrs", "Target Session Attributes"),
            ("load_balance_hosts", "Load Balance Hosts")),
        Idle = UrlOptions.Names(
            "client_encoding", "keepalives_count", "tcp_user_timeout", "sslcompression", "sslsni", "gsslib", "gssdelegation",
            "async_fallback", "prepared_statement_cache_size",
            "command_timeout"),
        Refused = UrlOptions.Named(
            ("service", "host, port and database themselves"), ("servicefile", "host, port and database themselves"),
            ("hostaddr", "the address as the host"),
            ("replication", "a URL without it"), ("requirepeer", "a URL without it"),
            ("sslcrl", "'Check Certificate Revocation=true' in Npgsql's own form"),
            ("sslcrldir", "'Check Certificate Revocation=true' in Npgsql's own form"), ("sslcertmode", "a URL without it"),
            ("ssl_min_protocol_version", "a URL without it; the system's own limit holds"),
            ("ssl_max_protocol_version", "a URL without it; the system's own limit holds")),
        EncryptedTls = "Require",
        Value = (key, value) => key == "Require Auth" ? string.Join(',', value.Split(',').Select(AuthenticationMethod)) : null,
    };

    public override IReadOnlyList<string> OdbcDrivers => ["postgres", "psql"];

    public override string UserKey => "Username";

    public override (string Key, string Value)? TrustSetting => ("SSL Mode", "Require");

    public override string CertificateRemedy =>
        "Give the connection Root Certificate=path of its issuer, or use the name that the certificate is for; "
            + "SSL Mode=Require encrypts and verifies nothing";

    public override bool TakesArrays => true;

    protected override DbProviderFactory Client => NpgsqlFactory.Instance;

    public override SqlLexer Lexer { get; } = new PostgreSqlLexer();

    /// <summary>Npgsql takes SQL Server's TrustServerCertificate and does nothing with it.</summary>
    public override bool Takes(string key, string value) =>
        !key.Replace(" ", "", StringComparison.Ordinal).Equals("TrustServerCertificate", StringComparison.OrdinalIgnoreCase)
            && base.Takes(key, value);

    public override IReadOnlyList<(string Key, string Value)>? OwnForm(string text) => LibpqSettings.TryParse(text, UrlOptions);

    /// <summary>Which of several hosts is meant says nothing where there is one, but that it must be a standby.</summary>
    public override string? Mistake(DbConnectionStringBuilder settings)
    {
        const string key = "Target Session Attributes";
        var wanted = Text(settings, key);
        if (wanted.Length == 0 || Text(settings, "Host").Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        if (wanted.ToUpperInvariant() is "STANDBY" or "READ-ONLY")
        {
            return $"target_session_attrs={wanted.ToLowerInvariant()} chooses among several hosts, and it names one; "
                + "name them all, as in postgresql://db1,db2/shop, or only the standby, without the option";
        }

        settings.Remove(key);
        return null;
    }

    public override string? DefaultDatabase(string? user) => PostgresPlace.Database(user);

    public override (string Server, string? Database) Describe(DbConnectionStringBuilder settings) =>
        (Address(Host(settings), PortOf(settings)), Some(Text(settings, "Database")));

    public override (string Host, int Port)? Endpoint(DbConnectionStringBuilder settings) =>
        Host(settings) is var host && (host.Contains('/', StringComparison.Ordinal) || host.Contains(',', StringComparison.Ordinal))
            ? null
            : (host, PortOf(settings));

    /// <summary>A count of 16 bits (the Bind message of the protocol).</summary>
    public override int? MostParameters => ushort.MaxValue;

    public override IReadOnlyList<string> ReadOnlySql(string name, DbConnection connection) => ["SET default_transaction_read_only = on"];

    /// <summary>A date is its midnight in the session's zone where it is compared with a timestamptz.</summary>
    /// <remarks>The server's own zone stays where it does not know this one, and where it is no PostgreSQL.</remarks>
    public override void UseZone(DbConnection connection, string zone)
    {
        using var command = new NpgsqlCommand(
            "SELECT set_config('TimeZone', $1, false) FROM pg_settings WHERE name = 'TimeZone' AND source <> 'client'",
            (NpgsqlConnection)connection) { Parameters = { new() { Value = zone } } };
        try
        {
            command.ExecuteNonQuery();
        }
        catch (PostgresException)
        {
            // one without this zone, or no PostgreSQL, compares as it did
        }
    }

    public override void Listen(DbConnection connection, Action<string> tell) =>
        ((NpgsqlConnection)connection).Notice += (_, said) => ServerWords.Pass(tell, $"{said.Notice.Severity}: {said.Notice.MessageText}");

    public override void Close(DbConnection connection)
    {
        ClearPool(connection);
        connection.Dispose();
    }

    /// <summary>Several statements run in one transaction, as they do when they are sent
    /// at once, unless they have transactions of their own.</summary>
    public override SqlText Read(string sql)
    {
        SqlBatch[] statements = [.. PostgreSqlStatements.Split(sql).Select(statement => Plain(Lexer, statement))];
        return new(statements, statements.Length > 1 && !statements.Any(PostgreSqlStatements.IsTransaction));
    }

    public override object? Value(ReportParameter parameter) => parameter.Value switch
    {
        // Npgsql binds timestamptz from UTC only; the instant is the same, and a timestamp column sees it in the session's zone.
        DateTimeOffset time => time.UtcDateTime,
        DateTime { Kind: DateTimeKind.Local } time => DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
        ushort or uint => Convert.ToInt64(parameter.Value, CultureInfo.InvariantCulture),
        sbyte or byte => Convert.ToInt16(parameter.Value, CultureInfo.InvariantCulture),
        _ => base.Value(parameter),
    };

    public override void Prepare(IDbCommand command) => PostgresValues.Prepare(command);

    public override PreciseValue Exact(DbDataReader reader, int column) => PostgresValues.For(reader, column);

    public override QueryTrial Trial(TrialRequest request) => new PostgreSqlTrial(request);

    public override DatabaseFault ConnectFault(Exception problem) => problem switch
    {
        PostgresException { SqlState: "28P01" or "28000" } => DatabaseFault.LoginRefused,
        PostgresException { SqlState: "3D000" } => DatabaseFault.DatabaseMissing,
        // asked for a password and had none, SASL that failed
        NpgsqlException { InnerException: null } when problem.Message.Contains("password", StringComparison.OrdinalIgnoreCase) =>
            DatabaseFault.LoginRefused,
        // asked for TLS and had none
        NpgsqlException when problem.Message.Contains("SSL", StringComparison.Ordinal) => DatabaseFault.Permanent,
        _ => DatabaseFault.Other,
    };

    public override DatabaseFault QueryFault(Exception problem) => problem switch
    {
        PostgresException postgres => StateFault(postgres.SqlState),
        NpgsqlException => BrokenLine.Is(problem.InnerException) ? DatabaseFault.Lost : DatabaseFault.Other,
        _ => base.QueryFault(problem),
    };

    protected override IEnumerable<(string Key, string? Value)> Defaults(SessionRequest request)
    {
        var host = Host(Settings(request.ConnectionString));
        return
        [
            // Npgsql takes several hosts with a pool only
            ("Host", host), ("Port", PostgresPlace.Port.ToString(CultureInfo.InvariantCulture)),
            ("Pooling", host.Contains(',', StringComparison.Ordinal) ? "true" : "false"), ("Timeout", request.Seconds),
            ("Application Name", request.Application),
            ("Username", request.User ?? PostgresPlace.User), ("Password", request.Password),
            ("SSL Mode", request.IsToken ? "Require" : null), ("Database", PostgresPlace.NamedDatabase),
        ];
    }

    private static DatabaseFault StateFault(string state) => state switch
    {
        "25006" => DatabaseFault.ReadOnly,
        "42501" => DatabaseFault.Denied,
        "57014" => DatabaseFault.TimedOut,
        // "transaction rollback", which is also what a query on a standby gets that is in the way of replay
        "40000" or "40001" or "40P01" => DatabaseFault.Victim,
        "55P03" => DatabaseFault.Locked,
        // class 08, and 57P: shut down by an administrator, crashed, not up yet
        "57P01" or "57P02" or "57P03" or "57P05" => DatabaseFault.Lost,
        _ => state.StartsWith("08", StringComparison.Ordinal) ? DatabaseFault.Lost : DatabaseFault.Other,
    };

    private static string Host(DbConnectionStringBuilder settings) => Some(Text(settings, "Host")) ?? PostgresPlace.Host(PortOf(settings));

    // the builder says 5432 of a string without a port too
    private static int PortOf(DbConnectionStringBuilder settings) =>
        new DbConnectionStringBuilder { ConnectionString = settings.ConnectionString }.ContainsKey("Port")
            ? Port(settings)
            : PostgresPlace.Port;

    // a value of -Parameters is what PowerShell has: '2026-11-20' is a text
    public override string Hint(Exception problem) =>
        problem is PostgresException { SqlState: PostgresErrorCodes.UndefinedFunction } refused
        && refused.MessageText.StartsWith("operator does not exist: ", StringComparison.Ordinal)
        && refused.MessageText.EndsWith(" text", StringComparison.Ordinal)
        ? ". Where the text is one of -Parameters, give a value of the other type, such as [datetime]'2026-11-20', or have the database "
            + "read it as one, such as cast(@since as date)"
        : "";

    // whatever is in use now is closed when it comes back
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ClearPool(DbConnection connection) => NpgsqlConnection.ClearPool((NpgsqlConnection)connection);

    // libpq's !method excludes one; the client's names are those of its enumeration, letter for letter
    private static string AuthenticationMethod(string method) =>
        (method.StartsWith('!') ? "!" : "") + method.TrimStart('!').Trim().ToLowerInvariant() switch
    {
        "password" => "Password",
        "md5" => "MD5",
        "gss" => "GSS",
        "sspi" => "SSPI",
        "scram-sha-256" => "ScramSHA256",
        "none" => "None",
        _ => method,
    };
}
