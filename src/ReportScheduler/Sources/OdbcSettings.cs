using System.Data.Common;
using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Sources;

/// <summary>An ODBC connection string in the words of the client here: {braces}
/// round values, Driver, Uid, Pwd, Trusted_Connection.</summary>
/// <remarks>"DSN and connection string keywords" of Microsoft's ODBC driver, of psqlODBC and of MySQL Connector/ODBC.</remarks>
internal static class OdbcSettings
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["uid"] = "User ID",
        ["pwd"] = "Password",
        ["app"] = "Application Name",
        ["wsid"] = "Workstation ID",
        ["addr"] = "Server",
        ["trusted_connection"] = "Integrated Security",
        ["sslmode"] = "SSL Mode",
        ["servername"] = "Server",
    };

    // they say how ODBC or its driver works, and nothing of where the data is
    private static readonly HashSet<string> Idle = new(StringComparer.OrdinalIgnoreCase)
    {
        "driver", "description", "mars_connection", "ansinpw", "autotranslate", "quotedid", "regional", "usefmtonly", "option", "charset",
        "longasmax", "clientcertificate",
    };

    /// <summary>Whether a text is meant for ODBC.</summary>
    public static bool IsMeant(string text) => Pairs(text) is { } pairs && pairs.Any(pair => pair.Key is "driver" or "dsn" or "filedsn");

    /// <summary>The settings of an ODBC connection string.</summary>
    /// <param name="name">The connection's name, for messages.</param>
    /// <param name="given">The provider that was asked for; null to tell it from the driver. A
    /// driver or a DSN that no client here stands for is ODBC's own.</param>
    /// <param name="text">The connection string.</param>
    /// <exception cref="ReportException">It is no list of keys and values, or a DSN for a provider that does not know any.</exception>
    public static (DatabaseProvider Provider, IReadOnlyList<(string Key, string Value)> Settings) Parse(string name,
        DatabaseProvider? given, string text)
    {
        var pairs = Pairs(text) ?? throw ProviderErrors.ConnectionStringNotUsable(name,
            "the ODBC connection string is not a list of key=value pairs; a value with ; needs {braces}");
        var odbc = given is { HasOdbcSettings: true } ? given : DatabaseProviders.All.First(provider => provider.HasOdbcSettings);
        if (given == odbc)
        {
            return (odbc, Own(pairs, odbc));
        }

        if (pairs.Any(pair => pair.Key is "dsn" or "filedsn"))
        {
            return given is null ? (odbc, Own(pairs, odbc))
                : throw ProviderErrors.ConnectionStringNotUsable(name,
                    "a DSN is known to ODBC's own manager only; give -Provider Odbc, or server and database themselves");
        }

        var provider = Provider(pairs.FirstOrDefault(pair => pair.Key == "driver").Value ?? "") ?? odbc;
        return (provider, provider == odbc
            ? Own(pairs, odbc)
            : [.. pairs.Where(pair => !Idle.Contains(pair.Key)).Select(pair => Translate(pair, provider))]);
    }

    /// <summary>The settings as they are, but for the words of the other clients for user and password.</summary>
    private static IReadOnlyList<(string Key, string Value)> Own(List<(string Key, string Value)> pairs, DatabaseProvider odbc) =>
        [.. pairs.Select(pair => (odbc.OdbcKeys.TryGetValue(pair.Key, out var own) ? own : pair.Key, pair.Value))];

    /// <summary>A string without a driver is for the first provider, as the drivers of ODBC itself are.</summary>
    private static DatabaseProvider? Provider(string driver) => driver.Length == 0 ? DatabaseProviders.All[0]
        : DatabaseProviders.All.FirstOrDefault(
            provider => provider.OdbcDrivers.Any(word => driver.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static (string Key, string Value) Translate((string Key, string Value) pair, DatabaseProvider provider)
    {
        var (key, value) =
            (provider.OdbcKeys.TryGetValue(pair.Key, out var own) ? own : Names.GetValueOrDefault(pair.Key, pair.Key), pair.Value);
        return (key, value.ToLowerInvariant()) switch
        {
            ("Integrated Security" or "encrypt" or "trustservercertificate" or "multisubnetfailover", "yes") => (key, "true"),
            ("Integrated Security" or "encrypt" or "trustservercertificate" or "multisubnetfailover", "no") => (key, "false"),
            _ => (key, value),
        };
    }

    private static List<(string Key, string Value)>? Pairs(string text)
    {
        try
        {
            var pairs = new DbConnectionStringBuilder(useOdbcRules: true) { ConnectionString = text };
            return [.. pairs.Keys.Cast<string>().Select(key => (key, Plain($"{pairs[key]}")))];
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Plain(string value) =>
        value is ['{', .., '}'] ? value[1..^1].Replace("}}", "}", StringComparison.Ordinal) : value;
}
