namespace ReportScheduler.Sources.Providers;

/// <summary>The settings that a database URL means in its provider's own words.</summary>
internal static class UrlSettings
{
    private const string OfMicrosoft = "sqlserver";

    private static readonly Dictionary<string, ReportProvider> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["postgresql"] = ReportProvider.PostgreSql,
        ["postgres"] = ReportProvider.PostgreSql,
        ["mysql"] = ReportProvider.MySql,
        ["mariadb"] = ReportProvider.MySql,
        ["mssql"] = ReportProvider.SqlServer,
        [OfMicrosoft] = ReportProvider.SqlServer,
        ["sqlite"] = ReportProvider.Sqlite,
    };

    /// <summary>Null for a scheme that is not known.</summary>
    public static ReportProvider? Provider(string scheme) => Schemes.TryGetValue(scheme, out var provider) ? provider : null;

    public static IEnumerable<(string Key, string Value)> Of(ConnectionUrl url, ReportProvider provider) =>
        Place(url, provider).Concat(url.Options.Select(option => UrlOptions.Translate(provider, option)).OfType<(string, string)>());

    private static IEnumerable<(string Key, string Value)> Place(ConnectionUrl url, ReportProvider provider)
    {
        if (provider == ReportProvider.Sqlite)
        {
            // sqlite:///x is relative, sqlite:////x absolute, sqlite:// in memory
            yield return ("Data Source", url.Host + url.Database is { Length: > 0 } file ? file : ":memory:");
            yield break;
        }

        // sqlserver://host/INSTANCE?database=shop is how Microsoft's own Go driver writes it; behind a port an instance says nothing
        var isInstance = url.Scheme == OfMicrosoft && url.Port is null && url.Database is not null;
        if (provider == ReportProvider.SqlServer)
        {
            var host = isInstance ? $@"{url.Host}\{url.Database}" : url.Host;
            yield return ("Data Source", url.Port is null ? host : $"{host},{url.Port}");
        }
        else
        {
            yield return ("Host", url.Host);
            yield return ("Port", url.Port ?? "");
        }

        yield return ("User ID", url.User ?? "");
        yield return ("Password", url.Password ?? "");
        yield return ("Database", isInstance ? "" : url.Database ?? "");
    }
}
