namespace ReportScheduler.Queries;

/// <summary>The settings that a database URL means in its provider's own words.</summary>
/// <remarks>Option names: libpq "Parameter Key Words", MySQL Connector/Python and PyMySQL connect arguments, SQLAlchemy dialects.</remarks>
internal static class UrlSettings
{
    private static readonly Dictionary<string, ReportProvider> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["postgresql"] = ReportProvider.PostgreSql,
        ["postgres"] = ReportProvider.PostgreSql,
        ["mysql"] = ReportProvider.MySql,
        ["mariadb"] = ReportProvider.MySql,
        ["mssql"] = ReportProvider.SqlServer,
        ["sqlserver"] = ReportProvider.SqlServer,
        ["sqlite"] = ReportProvider.Sqlite,
    };

    /// <summary>Options by another name here; null for one that only the Python driver needs.</summary>
    private static readonly Dictionary<(ReportProvider, string), string?> Names = new()
    {
        [(ReportProvider.PostgreSql, "sslmode")] = "SSL Mode",
        [(ReportProvider.PostgreSql, "sslrootcert")] = "Root Certificate",
        [(ReportProvider.PostgreSql, "sslcert")] = "SSL Certificate",
        [(ReportProvider.PostgreSql, "sslkey")] = "SSL Key",
        [(ReportProvider.PostgreSql, "sslpassword")] = "SSL Password",
        [(ReportProvider.PostgreSql, "connect_timeout")] = "Timeout",
        [(ReportProvider.PostgreSql, "application_name")] = "Application Name",
        [(ReportProvider.PostgreSql, "channel_binding")] = "Channel Binding",
        [(ReportProvider.PostgreSql, "target_session_attrs")] = "Target Session Attributes",
        [(ReportProvider.PostgreSql, "dbname")] = "Database",
        [(ReportProvider.PostgreSql, "user")] = "Username",
        [(ReportProvider.PostgreSql, "client_encoding")] = null,
        [(ReportProvider.MySql, "ssl_mode")] = "SSL Mode",
        [(ReportProvider.MySql, "ssl-mode")] = "SSL Mode",
        [(ReportProvider.MySql, "sslmode")] = "SSL Mode",
        [(ReportProvider.MySql, "ssl_ca")] = "SSL CA",
        [(ReportProvider.MySql, "ssl_cert")] = "SSL Cert",
        [(ReportProvider.MySql, "ssl_key")] = "SSL Key",
        [(ReportProvider.MySql, "connect_timeout")] = "Connection Timeout",
        [(ReportProvider.MySql, "unix_socket")] = "Server",
        [(ReportProvider.MySql, "charset")] = null,
        [(ReportProvider.MySql, "use_unicode")] = null,
        [(ReportProvider.SqlServer, "driver")] = null,
        [(ReportProvider.SqlServer, "charset")] = null,
        [(ReportProvider.SqlServer, "mars_connection")] = null,
        [(ReportProvider.Sqlite, "check_same_thread")] = null,
        [(ReportProvider.Sqlite, "timeout")] = "Default Timeout",
        [(ReportProvider.Sqlite, "uri")] = null,
    };

    /// <summary>Null for a scheme that is not known.</summary>
    public static ReportProvider? Provider(string scheme) => Schemes.TryGetValue(scheme, out var provider) ? provider : null;

    public static IEnumerable<(string Key, string Value)> Of(ConnectionUrl url, ReportProvider provider) =>
        Place(url, provider).Concat(url.Options.Select(option => Option(option, provider)).OfType<(string, string)>());

    private static IEnumerable<(string Key, string Value)> Place(ConnectionUrl url, ReportProvider provider)
    {
        if (provider == ReportProvider.Sqlite)
        {
            // sqlite:///x is relative, sqlite:////x absolute, sqlite:// in memory
            yield return ("Data Source", url.Host + url.Database is { Length: > 0 } file ? file : ":memory:");
            yield break;
        }

        if (provider == ReportProvider.SqlServer)
        {
            yield return ("Data Source", url.Port is null ? url.Host : $"{url.Host},{url.Port}");
        }
        else
        {
            yield return ("Host", url.Host);
            yield return ("Port", url.Port ?? "");
        }

        yield return ("User ID", url.User ?? "");
        yield return ("Password", url.Password ?? "");
        yield return ("Database", url.Database ?? "");
    }

    private static (string Key, string Value)? Option((string Key, string Value) option, ReportProvider provider) =>
        !Names.TryGetValue((provider, option.Key.ToLowerInvariant()), out var name) ? option
        : name is null ? null
        : (name, name switch
        {
            // verify-full, VERIFY_IDENTITY: the clients' own names have no signs in them
            "SSL Mode" => option.Value.ToUpperInvariant() switch
            {
                "DISABLED" => "None",
                "DISABLE" when provider == ReportProvider.MySql => "None",
                "VERIFY_IDENTITY" => "VerifyFull",
                _ => option.Value.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal),
            },
            "Target Session Attributes" => option.Value.Replace("-", "", StringComparison.Ordinal),
            _ => option.Value,
        });
}
