using System.Data.Common;
using System.Text.RegularExpressions;

namespace ReportScheduler.Queries;

/// <summary>A connection as a person wrote it, taken apart: the string without its password, the user, and the password.</summary>
internal sealed partial record ConnectionDefinition(ReportProvider Provider, string ConnectionString, string? UserName, string? Password)
{
    /// <param name="name">The connection's name, for messages; the text may hold a password and is never shown.</param>
    /// <param name="provider">The provider; null to tell it from the text.</param>
    /// <param name="text">The provider's own form, a URL, a SQLite path, <c>:memory:</c> or <c>env:NAME</c>.</param>
    /// <param name="fullPath">Makes a full path of a file's.</param>
    public static ConnectionDefinition Parse(string name, ReportProvider? provider, string text, Func<string, string> fullPath)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw ReportError.ConnectionStringNotUsable(name, "it is empty");
        }

        if (SecretReference.IsReference(text))
        {
            return new(provider ?? throw ReportError.ProviderNeeded(name), text, null, null);
        }

        var url = Url().Match(text.Trim());
        if (url.Success)
        {
            return FromUrl(name, provider, url, fullPath);
        }

        var known = provider ?? (text.Trim() == ":memory:" ? ReportProvider.Sqlite : throw ReportError.ProviderNeeded(name));
        if (known == ReportProvider.Sqlite && !text.Contains('=', StringComparison.Ordinal))
        {
            return Sqlite(text.Trim(), fullPath);
        }

        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            throw ReportError.ConnectionStringNotUsable(name, "it is not a list of key=value pairs");
        }

        return Build(name, known, pairs.Keys.Cast<string>().Select(key => (key, $"{pairs[key]}")), fullPath);
    }

    private static ConnectionDefinition FromUrl(string name, ReportProvider? given, Match url, Func<string, string> fullPath)
    {
        var scheme = url.Groups["scheme"].Value.ToLowerInvariant();
        ReportProvider provider = scheme switch
        {
            "postgresql" or "postgres" => ReportProvider.PostgreSql,
            "mysql" or "mariadb" => ReportProvider.MySql,
            "mssql" or "sqlserver" => ReportProvider.SqlServer,
            "sqlite" => ReportProvider.Sqlite,
            _ => throw ReportError.ConnectionStringNotUsable(name, $"'{scheme}://' is not known; use postgresql, mysql, mssql or sqlite"),
        };
        if (given is { } wanted && wanted != provider)
        {
            throw ReportError.ConnectionStringNotUsable(name, $"it is for {provider}, and -Provider says {wanted}");
        }

        var rest = url.Groups["rest"].Value;
        if (provider == ReportProvider.Sqlite)
        {
            // sqlite:///x is relative, sqlite:////x absolute, as in SQLAlchemy
            return Sqlite(Uri.UnescapeDataString(rest.StartsWith('/') ? rest[1..] : rest), fullPath);
        }

        var (path, query) = Split(rest, rest.LastIndexOf('@') is var at && rest.IndexOf('?', Math.Max(at, 0)) is var mark && mark >= 0 ? mark : rest.Length);
        var place = path.LastIndexOf('@');
        var (user, password) = place < 0 ? ("", "") : Split(path[..place], path.IndexOf(':', StringComparison.Ordinal) is var colon && colon >= 0 && colon < place ? colon : place);
        var host = Host().Match(path[(place + 1)..]);
        if (!host.Success)
        {
            throw ReportError.ConnectionStringNotUsable(name, "host and port cannot be read");
        }

        var port = host.Groups["port"].Value;
        var server = host.Groups["host"].Value.Trim('[', ']');
        var pairs = new List<(string, string)>();
        if (provider == ReportProvider.SqlServer)
        {
            pairs.Add(("Data Source", port.Length > 0 ? $"{server},{port}" : server));
        }
        else
        {
            pairs.Add(("Host", server));
            if (port.Length > 0)
            {
                pairs.Add(("Port", port));
            }
        }

        pairs.Add((provider == ReportProvider.SqlServer ? "User ID" : "Username", Uri.UnescapeDataString(user)));
        pairs.Add(("Password", Uri.UnescapeDataString(password)));
        pairs.Add(("Database", Uri.UnescapeDataString(host.Groups["database"].Value)));
        pairs.AddRange(query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=', 2))
            .Select(option => (Uri.UnescapeDataString(option[0]), Uri.UnescapeDataString(option.ElementAtOrDefault(1) ?? ""))));
        return Build(name, provider, pairs.Where(pair => pair.Item2.Length > 0), fullPath);
    }

    private static ConnectionDefinition Sqlite(string path, Func<string, string> fullPath) =>
        Build(path, ReportProvider.Sqlite, [("Data Source", path)], fullPath);

    private static ConnectionDefinition Build(string name, ReportProvider provider, IEnumerable<(string Key, string Value)> pairs, Func<string, string> fullPath)
    {
        var builder = DatabaseClient.Builder(provider);
        foreach (var (key, value) in pairs)
        {
            try
            {
                builder[key] = value;
            }
            catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
            {
                // The driver's words may repeat the value, and the value may be a secret.
                throw ReportError.ConnectionStringNotUsable(name, $"{provider} does not take the key '{key}' or its value");
            }
        }

        string? user = null, password = null;
        if (provider != ReportProvider.Sqlite)
        {
            user = Take(builder, "User ID", "Username");
            password = Take(builder, "Password", "Passfile password");
        }
        else if (builder["Data Source"] is string path && path.Length > 0 && path != ":memory:" && !path.StartsWith("file:", StringComparison.Ordinal))
        {
            builder["Data Source"] = fullPath(path);
        }

        if (provider == ReportProvider.Sqlite)
        {
            password = Take(builder, "Password");
        }

        return new(provider, builder.ConnectionString, user, password);
    }

    private static string? Take(DbConnectionStringBuilder builder, params string[] keys)
    {
        foreach (var key in keys)
        {
            if (builder.ContainsKey(key) && builder.TryGetValue(key, out var value) && value is string { Length: > 0 } text)
            {
                builder.Remove(key);
                return text;
            }
        }

        return null;
    }

    private static (string, string) Split(string text, int place) =>
        (text[..place], place < text.Length ? text[(place + 1)..] : "");

    [GeneratedRegex(@"^(?<scheme>[a-z]+)(\+[a-z0-9_]+)?://(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Url();

    [GeneratedRegex(@"^(?<host>\[[0-9a-f:.]+\]|[^:/?]+)(:(?<port>\d{1,5}))?(/(?<database>[^/?]*))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Host();
}
