using System.Globalization;

namespace ReportScheduler.Sources.Providers;

/// <summary>What the options of a database URL mean here: a key of the client, nothing, or something that a report cannot follow.</summary>
/// <remarks>
/// libpq "Parameter Key Words" (PostgreSQL 18), the connect arguments of PyMySQL, mysqlclient and MySQL Connector/Python, SQLAlchemy's
/// dialects for SQL Server, go-mssqldb, Python's sqlite3 and SQLite's URI file names.
/// </remarks>
internal static class UrlOptions
{
    private static readonly Dictionary<ReportProvider, Dictionary<string, string>> Keys = new()
    {
        [ReportProvider.PostgreSql] = new(StringComparer.OrdinalIgnoreCase)
        {
            ["host"] = "Host",
            ["port"] = "Port",
            ["dbname"] = "Database",
            ["user"] = "Username",
            ["password"] = "Password",
            ["passfile"] = "Passfile",
            ["connect_timeout"] = "Timeout",
            ["application_name"] = "Application Name",
            ["fallback_application_name"] = "Application Name",
            ["options"] = "Options",
            ["keepalives"] = "TCP Keepalive",
            ["keepalives_idle"] = "TCP Keepalive Time",
            ["keepalives_interval"] = "TCP Keepalive Interval",
            ["sslmode"] = "SSL Mode",
            ["ssl"] = "SSL Mode",
            ["sslrootcert"] = "Root Certificate",
            ["sslcert"] = "SSL Certificate",
            ["sslkey"] = "SSL Key",
            ["sslpassword"] = "SSL Password",
            ["sslnegotiation"] = "SSL Negotiation",
            ["channel_binding"] = "Channel Binding",
            ["require_auth"] = "Require Auth",
            ["gssencmode"] = "GSS Encryption Mode",
            ["krbsrvname"] = "Kerberos Service Name",
            ["target_session_attrs"] = "Target Session Attributes",
            ["load_balance_hosts"] = "Load Balance Hosts",
        },
        [ReportProvider.MySql] = new(StringComparer.OrdinalIgnoreCase)
        {
            ["host"] = "Server",
            ["port"] = "Port",
            ["user"] = "User ID",
            ["passwd"] = "Password",
            ["db"] = "Database",
            ["unix_socket"] = "Server",
            ["connect_timeout"] = "Connection Timeout",
            ["connection_timeout"] = "Connection Timeout",
            ["program_name"] = "Application Name",
            ["compress"] = "Use Compression",
            ["ssl_mode"] = "SSL Mode",
            ["ssl-mode"] = "SSL Mode",
            ["sslmode"] = "SSL Mode",
            ["ssl_ca"] = "SSL CA",
            ["ssl_cert"] = "SSL Cert",
            ["ssl_key"] = "SSL Key",
            ["ssl"] = "SSL Mode",
            ["ssl_disabled"] = "SSL Mode",
            ["ssl_verify_cert"] = "SSL Mode",
            ["ssl_verify_identity"] = "SSL Mode",
        },
        [ReportProvider.SqlServer] = new(StringComparer.OrdinalIgnoreCase)
        {
            ["database"] = "Initial Catalog",
            ["appname"] = "Application Name",
            ["app name"] = "Application Name",
            ["login_timeout"] = "Connect Timeout",
            ["encrypt"] = "Encrypt",
        },
        [ReportProvider.Sqlite] = new(StringComparer.OrdinalIgnoreCase)
        {
            ["timeout"] = "Default Timeout",
            ["mode"] = "Mode",
            ["cache"] = "Cache",
        },
    };

    /// <summary>Options that say nothing to a report, or only to the driver they are for.</summary>
    private static readonly Dictionary<ReportProvider, HashSet<string>> Idle = new()
    {
        [ReportProvider.PostgreSql] = new(StringComparer.OrdinalIgnoreCase)
        {
            "client_encoding", "keepalives_count", "tcp_user_timeout", "sslcompression", "sslsni", "gsslib", "gssdelegation", "async_fallback", "prepared_statement_cache_size", "command_timeout",
        },
        [ReportProvider.MySql] = new(StringComparer.OrdinalIgnoreCase)
        {
            "charset", "collation", "use_unicode", "autocommit", "local_infile", "max_allowed_packet", "binary_prefix", "cursorclass", "conv", "defer_connect", "client_flag",
            "read_timeout", "write_timeout", "auth_plugin", "auth_plugin_map", "use_pure", "raise_on_warnings", "get_warnings", "buffered", "consume_results",
        },
        [ReportProvider.SqlServer] = new(StringComparer.OrdinalIgnoreCase)
        {
            "driver", "charset", "mars_connection", "autocommit", "fast_executemany", "longasmax", "tds_version", "use_setinputsizes", "log", "dial timeout", "timeout",
        },
        [ReportProvider.Sqlite] = new(StringComparer.OrdinalIgnoreCase) { "check_same_thread", "uri", "isolation_level", "detect_types", "cached_statements", "autocommit" },
    };

    /// <summary>Options that would change what is read or whom is trusted, and that the client here does not have.</summary>
    private static readonly Dictionary<(ReportProvider, string), string> Refused = new()
    {
        [(ReportProvider.PostgreSql, "service")] = "host, port and database themselves",
        [(ReportProvider.PostgreSql, "servicefile")] = "host, port and database themselves",
        [(ReportProvider.PostgreSql, "hostaddr")] = "the address as the host",
        [(ReportProvider.PostgreSql, "replication")] = "a URL without it",
        [(ReportProvider.PostgreSql, "requirepeer")] = "a URL without it",
        [(ReportProvider.PostgreSql, "sslcrl")] = "'Check Certificate Revocation=true' in Npgsql's own form",
        [(ReportProvider.PostgreSql, "sslcrldir")] = "'Check Certificate Revocation=true' in Npgsql's own form",
        [(ReportProvider.PostgreSql, "sslcertmode")] = "a URL without it",
        [(ReportProvider.PostgreSql, "ssl_min_protocol_version")] = "a URL without it; the system's own limit holds",
        [(ReportProvider.PostgreSql, "ssl_max_protocol_version")] = "a URL without it; the system's own limit holds",
        [(ReportProvider.MySql, "init_command")] = "it with -InitSql",
        [(ReportProvider.MySql, "sql_mode")] = "it with -InitSql \"SET sql_mode='...'\"",
        [(ReportProvider.MySql, "read_default_file")] = "host, user and password themselves",
        [(ReportProvider.MySql, "read_default_group")] = "host, user and password themselves",
        [(ReportProvider.MySql, "named_pipe")] = "'Connection Protocol=Pipe' in MySqlConnector's own form",
        [(ReportProvider.MySql, "bind_address")] = "a URL without it",
        [(ReportProvider.Sqlite, "immutable")] = "a URL without it",
        [(ReportProvider.Sqlite, "nolock")] = "a URL without it",
        [(ReportProvider.Sqlite, "vfs")] = "a URL without it",
    };

    /// <summary>Whether an option is one that somebody's driver has: its name may be shown.</summary>
    public static bool IsKnown(ReportProvider provider, string option) =>
        Keys[provider].ContainsKey(option) || Idle[provider].Contains(option) || Refused.ContainsKey((provider, option.ToLowerInvariant()));

    /// <summary>What to give in place of an option that a report cannot follow; null for one that it can.</summary>
    public static string? Instead(ReportProvider provider, string option) => Refused.GetValueOrDefault((provider, option.ToLowerInvariant()));

    /// <summary>The options that there are, for a hint.</summary>
    public static IEnumerable<string> Names(ReportProvider provider) => Keys[provider].Keys;

    /// <summary>The client's key and value; null for an option that says nothing here.</summary>
    public static (string Key, string Value)? Translate(ReportProvider provider, (string Key, string Value) option) =>
        Idle[provider].Contains(option.Key) ? null
        : !Keys[provider].TryGetValue(option.Key, out var key) ? option
        // libpq: the authorities of the system, and then no less than verify-full
        : (key, option.Value) is ("Root Certificate", "system") ? ("SSL Mode", "VerifyFull")
        : key == "SSL Mode" ? Tls(provider, option) is { } mode ? (key, mode) : null
        : (key, Value(key, option.Value));

    private static string Value(string key, string value) => (key, value.ToLowerInvariant()) switch
    {
        ("Require Auth", _) => string.Join(',', value.Split(',').Select(AuthenticationMethod)),
        ("TCP Keepalive" or "Load Balance Hosts" or "Use Compression", "1" or "random" or "yes" or "true") => "true",
        ("TCP Keepalive" or "Load Balance Hosts" or "Use Compression", "0" or "disable" or "no" or "false") => "false",
        // go-mssqldb: no encryption, and encryption of the login only
        ("Encrypt", "disable") => "Optional",
        ("Mode", "ro") => "ReadOnly",
        ("Mode", "rw") => "ReadWrite",
        ("Mode", "rwc") => "ReadWriteCreate",
        ("Connection Timeout" or "Connect Timeout" or "Timeout", _) when double.TryParse(value, CultureInfo.InvariantCulture, out var seconds) =>
            Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture),
        _ => value,
    };

    // libpq's !method excludes one; the client's names are those of its enumeration, letter for letter
    private static string AuthenticationMethod(string method) => (method.StartsWith('!') ? "!" : "") + method.TrimStart('!').Trim().ToLowerInvariant() switch
    {
        "password" => "Password",
        "md5" => "MD5",
        "gss" => "GSS",
        "sspi" => "SSPI",
        "scram-sha-256" => "ScramSHA256",
        "none" => "None",
        _ => method,
    };

    /// <summary>The clients' own names have no signs in them: verify-full, VERIFY_IDENTITY. Null for a switch that is off.</summary>
    private static string? Tls(ReportProvider provider, (string Key, string Value) option) => (option.Key.ToLowerInvariant(), option.Value.ToUpperInvariant()) switch
    {
        ("ssl_disabled", "TRUE" or "1" or "YES") => "None",
        ("ssl_verify_cert", "TRUE" or "1" or "YES") => "VerifyCA",
        ("ssl_verify_identity", "TRUE" or "1" or "YES") => "VerifyFull",
        ("ssl", "TRUE" or "1" or "YES") => provider == ReportProvider.PostgreSql ? "Require" : "Required",
        ("ssl_disabled" or "ssl_verify_cert" or "ssl_verify_identity" or "ssl", "FALSE" or "0" or "NO") => null,
        (_, "DISABLED") => "None",
        (_, "DISABLE") when provider == ReportProvider.MySql => "None",
        (_, "VERIFY_IDENTITY") => "VerifyFull",
        _ => option.Value.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal),
    };
}
