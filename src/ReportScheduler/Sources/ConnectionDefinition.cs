using System.Data.Common;
using System.Globalization;
using ReportScheduler.Secrets;
using ReportScheduler.Sources.Providers;
using ReportScheduler.Text;

namespace ReportScheduler.Sources;

/// <summary>A connection as a person wrote it, taken apart: the string without its password, the user, and the password.</summary>
internal sealed record ConnectionDefinition(ReportProvider Provider, string ConnectionString, string? UserName, string? Password)
{
    /// <summary>What a person should know about the SQLite file that is meant; null for nothing.</summary>
    public string? Warning { get; private init; }

    /// <summary>Gives a connection what was written, its password protected. A user name and password that were not written stay.</summary>
    public void ApplyTo(ReportConnection connection, ISecretProtector secrets)
    {
        connection.Provider = Provider;
        connection.ConnectionString = ConnectionString;
        connection.UserName = UserName ?? connection.UserName;
        if (Password is { } password)
        {
            SetPassword(connection, password, secrets);
        }
    }

    /// <param name="connection">The connection that gets it.</param>
    /// <param name="password">The password, or a reference to it such as env:NAME.</param>
    /// <param name="secrets">Protects it.</param>
    public static void SetPassword(ReportConnection connection, string password, ISecretProtector secrets)
    {
        var isReference = SecretReference.IsReference(password);
        connection.PasswordReference = isReference ? password : null;
        connection.ProtectedPassword = isReference ? null : secrets.Protect(password);
    }

    /// <summary>The same connection, which takes the server's certificate for good whoever issued it.</summary>
    public static string TrustingServer(string name, ReportProvider provider, string connectionString)
    {
        if (SecretReference.IsReference(connectionString) || provider == ReportProvider.Sqlite)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, provider == ReportProvider.Sqlite
                ? "SQLite has no server whose certificate could be trusted"
                : $"the string stands behind {connectionString}; put TrustServerCertificate=true there");
        }

        var builder = DatabaseClient.Builder(provider);
        builder.ConnectionString = connectionString;
        // the other two have a mode that encrypts and verifies nothing
        builder[provider == ReportProvider.SqlServer ? "Trust Server Certificate" : "SSL Mode"] =
            provider == ReportProvider.SqlServer ? "true" : provider == ReportProvider.PostgreSql ? "Require" : "Required";
        return builder.ConnectionString;
    }

    /// <param name="name">The connection's name, for messages; the text may hold a password and is never shown.</param>
    /// <param name="provider">The provider; null to tell it from the text.</param>
    /// <param name="text">The provider's own form, a URL, a SQLite path, <c>:memory:</c> or <c>env:NAME</c>.</param>
    /// <param name="fullPath">Makes a full path of a file's.</param>
    public static ConnectionDefinition Parse(string name, ReportProvider? provider, string text, Func<string, string> fullPath)
    {
        text = text.Trim();
        if (text.Length == 0)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, "it is empty");
        }

        if (SecretReference.IsReference(text))
        {
            return new(provider ?? throw SourceErrors.ProviderNeeded(name), text, null, null);
        }

        if (text.StartsWith("jdbc:", StringComparison.OrdinalIgnoreCase))
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, text.StartsWith("jdbc:sqlserver:", StringComparison.OrdinalIgnoreCase)
                ? "it is a URL for Java; of 'jdbc:sqlserver://host:1433;databaseName=shop' the same is 'Server=host,1433;Database=shop'"
                : "it is a URL for Java; leave 'jdbc:' away, and write the user in front of the host");
        }

        if (ConnectionUrl.IsMeant(text))
        {
            return FromUrl(name, provider, text, fullPath);
        }

        if (OdbcSettings.IsMeant(text))
        {
            return FromOdbc(name, provider, text, fullPath);
        }

        if (LibpqSettings.TryParse(text) is { } settings)
        {
            Checked(name, provider, ReportProvider.PostgreSql);
            RefuseOptions(name, ReportProvider.PostgreSql, settings);
            return Build(
                name, ReportProvider.PostgreSql,
                settings.Select(setting => UrlOptions.Translate(ReportProvider.PostgreSql, setting)).OfType<(string Key, string Value)>().Where(setting => setting.Value.Length > 0),
                fullPath, mayName: key => UrlOptions.IsKnown(ReportProvider.PostgreSql, key));
        }

        if (ProviderGuess.IsLocalDb(text))
        {
            return Build(name, Checked(name, provider, ReportProvider.SqlServer), [("Data Source", text)], fullPath);
        }

        var known = provider ?? (SqliteFile.IsMeant(text, fullPath) ? ReportProvider.Sqlite : Guess(name, text) ?? throw SourceErrors.ProviderNeeded(name));
        return Build(
            name,
            known,
            known == ReportProvider.Sqlite && !text.Contains('=', StringComparison.Ordinal) ? [("Data Source", text)] : Pairs(name, text),
            fullPath);
    }

    private static ReportProvider? Guess(string name, string text) =>
        text.Contains('=', StringComparison.Ordinal) ? ProviderGuess.Of(Pairs(name, text)) : null;

    private static ConnectionDefinition FromOdbc(string name, ReportProvider? given, string text, Func<string, string> fullPath)
    {
        var (provider, settings) = OdbcSettings.Parse(name, text);
        return Build(name, Checked(name, given, provider), settings, fullPath, mayName: key => UrlOptions.IsKnown(provider, key));
    }

    private static ReportProvider Checked(string name, ReportProvider? given, ReportProvider provider) => given is { } wanted && wanted != provider
        ? throw ProviderErrors.ConnectionStringNotUsable(name, $"it is for {provider}, and -Provider says {wanted}")
        : provider;

    private static ConnectionDefinition FromUrl(string name, ReportProvider? given, string text, Func<string, string> fullPath)
    {
        var url = ConnectionUrl.TryParse(text) ?? throw ProviderErrors.ConnectionStringNotUsable(name, "host and port of the URL cannot be read");
        if (url.Port is { } port && int.Parse(port, CultureInfo.InvariantCulture) is 0 or > ushort.MaxValue)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, $"there is no port {port}, only 1 to {ushort.MaxValue}");
        }

        var provider = UrlSettings.Provider(url.Scheme)
            ?? throw ProviderErrors.ConnectionStringNotUsable(name, $"'{url.Scheme}://' is not known; use postgresql, mysql, mssql or sqlite");
        Checked(name, given, provider);
        if (url.Options.FirstOrDefault(option => option.Key.Equals("odbc_connect", StringComparison.OrdinalIgnoreCase)).Value is { } odbc)
        {
            return FromOdbc(name, provider, odbc, fullPath);
        }

        if (url.IsDataSourceName)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, $"'{url.Host}' is a DSN, which is known to ODBC's own manager only; give server and database themselves");
        }

        RefuseOptions(name, provider, url.Options);

        // where a second @ is, the rest of a password may look like options
        var isClear = text.Count(sign => sign == '@') < 2;
        return Build(
            name, provider, UrlSettings.Of(url, provider).Where(setting => setting.Value.Length > 0), fullPath,
            mayName: key => isClear || UrlOptions.IsKnown(provider, key));
    }

    private static void RefuseOptions(string name, ReportProvider provider, IEnumerable<(string Key, string Value)> options)
    {
        if (options.FirstOrDefault(option => UrlOptions.Instead(provider, option.Key) is not null).Key is { } refused)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, $"a report cannot follow its option '{refused}'; give {UrlOptions.Instead(provider, refused)}");
        }
    }

    private static IEnumerable<(string Key, string Value)> Pairs(string name, string text)
    {
        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, "it is not a list of key=value pairs; a value with ; or = needs quotes");
        }

        // In the order and the letters they were written: what stands behind a password is told from what stands before it.
        return pairs.Keys.Cast<string>()
            .Select(key => (Place: text.IndexOf(key, StringComparison.OrdinalIgnoreCase), Key: key))
            .OrderBy(entry => entry.Place).ThenByDescending(entry => IsSecret(entry.Key))
            .Select(entry => (entry.Place < 0 ? entry.Key : text.Substring(entry.Place, entry.Key.Length), $"{pairs[entry.Key]}"));
    }

    /// <summary>The definition that a list of keys and values is.</summary>
    /// <param name="name">The connection's name, for messages.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="settings">In the order they were written.</param>
    /// <param name="fullPath">Makes a full path of a file's.</param>
    /// <param name="mayName">Whether a key behind the password may be shown; null for no such key.</param>
    internal static ConnectionDefinition Build(string name, ReportProvider provider, IEnumerable<(string Key, string Value)> settings, Func<string, string> fullPath, Func<string, bool>? mayName = null)
    {
        var builder = DatabaseClient.Builder(provider);
        var isAfterSecret = false;
        foreach (var (key, value) in settings)
        {
            try
            {
                builder[key] = value;
            }
            catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException or NotSupportedException)
            {
                // The driver's words may repeat the value, and what stands behind a password may be a part of it.
                throw ProviderErrors.ConnectionStringNotUsable(name, isAfterSecret && mayName?.Invoke(key) != true
                    ? $"{provider} does not take a key behind the password, or its value; a password with ; or = needs quotes"
                    : Refusal(provider, key, value, mayName is not null));
            }

            isAfterSecret |= IsSecret(key);
        }

        if (provider == ReportProvider.SqlServer && SqlServerSource.WithComma($"{builder["Data Source"]}") is { } meant)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, $"SQL Server's port stands behind a comma: '{meant}'");
        }

        if (provider == ReportProvider.PostgreSql)
        {
            ChooseHost(name, builder);
        }

        var user = provider == ReportProvider.Sqlite ? null : Take(builder, provider == ReportProvider.PostgreSql ? "Username" : "User ID");
        var password = Take(builder, "Password");
        if (builder.Keys!.Cast<string>().FirstOrDefault(key => IsSecret(key) && builder.ShouldSerialize(key) && $"{builder[key]}".Length > 0) is { } other)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, $"only 'Password' is kept apart, and it holds '{other}' as well; put the whole string into an environment variable and give env:NAME");
        }

        if (provider == ReportProvider.Sqlite && builder["Data Source"] is string { Length: > 0 } path && path != ":memory:" && !path.StartsWith("file:", StringComparison.Ordinal))
        {
            builder["Data Source"] = fullPath(path);
            return new(provider, builder.ConnectionString, null, password) { Warning = SqliteFile.Missing(path, fullPath(path)) };
        }

        return new(provider, builder.ConnectionString, user, password);
    }

    /// <summary>Which of several hosts is meant says nothing where there is one, but that it must be a standby.</summary>
    private static void ChooseHost(string name, DbConnectionStringBuilder builder)
    {
        const string key = "Target Session Attributes";
        var wanted = $"{builder[key]}";
        if (wanted.Length == 0 || $"{builder["Host"]}".Contains(',', StringComparison.Ordinal))
        {
            return;
        }

        if (wanted.ToUpperInvariant() is "STANDBY" or "READ-ONLY")
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, $"target_session_attrs={wanted.ToLowerInvariant()} chooses among several hosts, and it names one; name them all, as in postgresql://db1,db2/shop, or only the standby, without the option");
        }

        builder.Remove(key);
    }

    private static string Refusal(ReportProvider provider, string key, string value, bool isOption) =>
        provider == ReportProvider.SqlServer && key.Equals("Port", StringComparison.OrdinalIgnoreCase)
            ? $"SqlServer does not take the key 'Port'; its port stands behind a comma: 'Server=host,{(value.All(char.IsAsciiDigit) && value.Length < 6 ? value : "1433")}'"
            : $"{provider} does not take the key '{key}' or its value"
                + (isOption && NearMiss.Nearest(key, UrlOptions.Names(provider)) is [var near, ..] ? $"; perhaps '{near}' is meant" : "");

    private static bool IsSecret(string key) =>
        key.Contains("password", StringComparison.OrdinalIgnoreCase) || key.Contains("token", StringComparison.OrdinalIgnoreCase) || key.Contains("secret", StringComparison.OrdinalIgnoreCase)
        || key.Contains("pwd", StringComparison.OrdinalIgnoreCase);

    private static string? Take(DbConnectionStringBuilder builder, string key)
    {
        var value = $"{builder[key]}";
        builder.Remove(key);
        return value.Length > 0 ? value : null;
    }
}
