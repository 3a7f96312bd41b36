using System.Text.RegularExpressions;

namespace ReportScheduler.Sources.Providers;

/// <summary>A database URL taken apart, percent signs decoded, as SQLAlchemy and libpq
/// write it. libpq's may name several hosts, each with its port.</summary>
/// <remarks>A driver after the scheme (<c>postgresql+psycopg2://</c>) says nothing of
/// the place. A password may hold @, / and ? as they are.</remarks>
internal sealed partial record ConnectionUrl(
    string Scheme, string? Driver, string? User, string? Password, string Host, string? Port, string? Database,
    IReadOnlyList<(string Key, string Value)> Options)
{
    /// <summary>Null for a text that is no URL.</summary>
    public static ConnectionUrl? TryParse(string text)
    {
        var url = Url().Match(text.Trim());
        return !url.Success ? null : new(
            url.Groups["scheme"].Value.ToLowerInvariant(),
            Part(url, "driver"),
            Part(url, "user"),
            Part(url, "password"),
            Uri.UnescapeDataString(url.Groups["host"].Value.Trim('[', ']')),
            Part(url, "port"),
            Part(url, "database"),
            [.. url.Groups["options"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=', 2))
                .Select(option => (Decode(option[0]), Decode(option.ElementAtOrDefault(1) ?? "")))]);
    }

    /// <summary>It names a data source of ODBC: SQLAlchemy's pyodbc takes a host only together with a driver or a database.</summary>
    public bool IsDataSourceName => Driver == "pyodbc" && Host.Length > 0 && Port is null && Database is null
        && !Options.Any(option => option.Key.Equals("driver", StringComparison.OrdinalIgnoreCase)
            || option.Key.Equals("odbc_connect", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text begins like a URL.</summary>
    public static bool IsMeant(string text) => Beginning().IsMatch(text);

    private static string? Part(Match url, string name) =>
        url.Groups[name] is { Success: true, Length: > 0 } part ? Uri.UnescapeDataString(part.Value) : null;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    [GeneratedRegex(@"^[a-z][a-z0-9+_]*://", RegexOptions.IgnoreCase)]
    private static partial Regex Beginning();

    // the user part is tried last, and its password ends at the first @ after which the rest is a host
    [GeneratedRegex(
        @"^(?<scheme>[a-z][a-z0-9]*)(?:\+(?<driver>[a-z0-9_]+))?://(?:(?<user>[^:@/?]*)(?::(?<password>.*?))?@)??(?<host>\[[0-9a-f:.]+\]|[^:/?#@,]*(?::\d{1,5})?(?:,[^:/?#@,]*(?::\d{1,5})?)+|[^:/?#@]*)(?::(?<port>\d{1,5}))?(?:/(?<database>[^?@]*))?(?:\?(?<options>(?:[^=&@]+=[^&]*(?:&|$))*))?$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Url();
}
