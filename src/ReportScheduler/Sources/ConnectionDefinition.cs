using System.Data.Common;
using System.Globalization;
using ReportScheduler.Secrets;
using ReportScheduler.Sources.Providers;
using ReportScheduler.Text;

namespace ReportScheduler.Sources;

/// <summary>A connection as a person wrote it, taken apart: the string without its password, the user, and the password.</summary>
internal sealed record ConnectionDefinition(string Provider, string ConnectionString, string? UserName, string? Password)
{
    /// <summary>What a person should know about the file that is meant; null for nothing.</summary>
    public string? Warning { get; private init; }

    /// <summary>Gives a connection what was written, its password protected. A user name and password that were not written stay.</summary>
    /// <param name="connection">The connection that gets it.</param>
    /// <param name="secrets">Protects the password.</param>
    /// <param name="fullPath">Makes a relative path a full one.</param>
    public void ApplyTo(ReportConnection connection, ISecretProtector secrets, Func<string, string> fullPath)
    {
        connection.Provider = Provider;
        connection.ConnectionString = ConnectionString;
        connection.UserName = UserName ?? connection.UserName;
        if (Password is { } password)
        {
            (connection.PasswordReference, connection.ProtectedPassword) = secrets.Keep(password, fullPath);
        }
    }

    /// <summary>The same connection, which takes the server's certificate for good whoever issued it.</summary>
    public static string TrustingServer(string name, string provider, string connectionString)
    {
        var known = DatabaseProviders.Named(provider);
        if (SecretReference.IsReference(connectionString) || known.TrustSetting is not { } setting)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name,
                !known.HasServer ? $"{known.Title} has no server whose certificate could be trusted"
                : known.TrustSetting is null
                ? $"{known.Name} has no setting of its own by which a certificate is trusted; the connection string can have one"
                : $"the string stands behind {connectionString}; put TrustServerCertificate=true there");
        }

        var settings = known.Settings(connectionString);
        settings[setting.Key] = setting.Value;
        return settings.ConnectionString;
    }

    /// <exception cref="ReportException">It is to read only, and nobody here knows how its database is told that.</exception>
    public static void CheckReadOnly(ReportConnection connection)
    {
        if (connection.ReadOnly && !SecretReference.IsReference(connection.ConnectionString)
            && DatabaseProviders.Find(connection.Provider) is { } provider)
        {
            provider.CheckReadOnly(connection.Name, provider.Settings(connection.ConnectionString));
        }
    }

    /// <param name="name">The connection's name, for messages; the text may hold a password and is never shown.</param>
    /// <param name="provider">The provider; null to tell it from the text.</param>
    /// <param name="text">The provider's own form, a URL, a SQLite path, <c>:memory:</c> or <c>env:NAME</c>.</param>
    /// <param name="fullPath">Makes a full path of a file's.</param>
    public static ConnectionDefinition Parse(string name, string? provider, string text, Func<string, string> fullPath)
    {
        text = text.Trim();
        var given = string.IsNullOrWhiteSpace(provider) ? null : DatabaseProviders.Named(provider);
        if (!text.Contains('\0', StringComparison.Ordinal) && SecretReference.IsReference(text))
        {
            return new((given ?? throw SourceErrors.ProviderNeeded(name, DatabaseProviders.Names)).Name, text, null, null);
        }

        CheckForm(name, text);

        if (ConnectionUrl.IsMeant(text))
        {
            return FromUrl(name, given, text, fullPath);
        }

        if (given is { HasOdbcSettings: true } && given.BareKey(text) is null)
        {
            return FromOdbc(name, given, text, fullPath);
        }

        if (OdbcSettings.IsMeant(text))
        {
            return FromOdbc(name, given, text, fullPath);
        }

        if (DatabaseProviders.All.Select(each => (Provider: each, Settings: each.OwnForm(text)))
            .FirstOrDefault(each => each.Settings is not null) is { Provider: { } owner, Settings: { } own })
        {
            Checked(name, given, owner);
            RefuseOptions(name, owner, own);
            return Build(
                name, owner,
                own.Select(owner.UrlOptions.Translate).OfType<(string Key, string Value)>().Where(setting => setting.Value.Length > 0),
                fullPath,
                mayName: owner.UrlOptions.IsKnown);
        }

        var known = DatabaseProviders.All.FirstOrDefault(each => each.Claims(text)) is { } only ? Checked(name, given, only)
            : given ?? DatabaseProviders.All.FirstOrDefault(each => each.Means(text, fullPath)) ?? Guess(name, text)
                ?? throw SourceErrors.ProviderNeeded(name, DatabaseProviders.Names);
        return Build(name, known, known.BareKey(text) is { } key ? [(key, text)] : Pairs(name, text), fullPath);
    }

    /// <exception cref="ReportException">No provider could read a text of this form.</exception>
    private static void CheckForm(string name, string text)
    {
        if (text.Length == 0)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, "it is empty");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, "it has a NUL character");
        }

        if (SecretReference.IsOfVault(text))
        {
            throw ProviderErrors.ConnectionStringNotUsable(name,
                "it begins as a secret of a vault, which is vault:VAULT/NAME, or vault:NAME for the default vault");
        }

        if (text.StartsWith("jdbc:", StringComparison.OrdinalIgnoreCase))
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, text.StartsWith("jdbc:sqlserver:", StringComparison.OrdinalIgnoreCase)
                ? "it is a URL for Java; of 'jdbc:sqlserver://host:1433;databaseName=shop' the same is 'Server=host,1433;Database=shop'"
                : "it is a URL for Java; leave 'jdbc:' away, and write the user in front of the host");
        }
    }

    /// <summary>Of the text itself nothing is said: a password may stand anywhere in it.</summary>
    private static string UnreadableUrl(string text)
    {
        var place = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var semicolon = place.IndexOf(';', StringComparison.Ordinal);
        return semicolon < 0 || place.AsSpan(0, semicolon).ContainsAny('?', '@') || place.Contains('@', StringComparison.Ordinal)
            ? "host and port of the URL cannot be read"
            : "a ; stands behind its host, as in Java; of 'sqlserver://host:1433;database=shop' the same is "
                + "'Server=host,1433;Database=shop', or 'mssql://host:1433/shop' with the options behind a ?";
    }

    private static DatabaseProvider? Guess(string name, string text) =>
        text.Contains('=', StringComparison.Ordinal) ? ProviderGuess.Of(Pairs(name, text)) : null;

    /// <summary>A connection to a database that is one file.</summary>
    /// <param name="name">The connection's name, for messages.</param>
    /// <param name="provider">The provider; null for the one whose databases are files.</param>
    /// <param name="path">The file, whatever signs its name has.</param>
    /// <param name="fullPath">Makes a full path of a file's.</param>
    public static ConnectionDefinition OfFile(string name, string? provider, string path, Func<string, string> fullPath)
    {
        var known = string.IsNullOrWhiteSpace(provider) ? DatabaseProviders.All.First(each => each.FileSetting is not null)
            : DatabaseProviders.Named(provider);
        return known.FileSetting is not { } setting
            ? throw ProviderErrors.ConnectionStringNotUsable(name, $"{known.Title} has a server and no file; give -Server and -Database")
            : string.IsNullOrWhiteSpace(path) ? throw ProviderErrors.ConnectionStringNotUsable(name, "-Path is empty")
            : Build(name, known, [(setting, path)], fullPath);
    }

    private static ConnectionDefinition FromOdbc(string name, DatabaseProvider? given, string text, Func<string, string> fullPath)
    {
        var (provider, settings) = OdbcSettings.Parse(name, given, text);
        return Build(name, Checked(name, given, provider), settings, fullPath, mayName: provider.UrlOptions.IsKnown);
    }

    private static DatabaseProvider Checked(string name, DatabaseProvider? given, DatabaseProvider provider) =>
        given is not null && given != provider
        ? throw ProviderErrors.ConnectionStringNotUsable(name, $"it is for {provider.Name}, and -Provider says {given.Name}")
        : provider;

    private static ConnectionDefinition FromUrl(string name, DatabaseProvider? given, string text, Func<string, string> fullPath)
    {
        var url = ConnectionUrl.TryParse(text) ?? throw ProviderErrors.ConnectionStringNotUsable(name, UnreadableUrl(text));
        if (url.Port is { } port && int.Parse(port, CultureInfo.InvariantCulture) is 0 or > ushort.MaxValue)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, $"there is no port {port}, only 1 to {ushort.MaxValue}");
        }

        var provider = DatabaseProviders.OfScheme(url.Scheme)
            ?? throw ProviderErrors.ConnectionStringNotUsable(name,
                $"'{url.Scheme}://' is not known; use postgresql, mysql, mssql or sqlite");
        Checked(name, given, provider);
        if (url.Options.FirstOrDefault(option => option.Key.Equals("odbc_connect", StringComparison.OrdinalIgnoreCase)).Value is { } odbc)
        {
            return FromOdbc(name, provider, odbc, fullPath);
        }

        if (url.IsDataSourceName)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, $"'{url.Host}' is a DSN, which is known to ODBC's own manager only; "
                + "give -Provider Odbc with DSN=name;UID=user, or server and database themselves");
        }

        RefuseOptions(name, provider, url.Options);

        // where a second @ is, the rest of a password may look like options
        var isClear = text.Count(sign => sign == '@') < 2;
        return Build(
            name, provider, provider.Place(url)
                .Concat(url.Options.Select(provider.UrlOptions.Translate).OfType<(string Key, string Value)>())
                .Where(setting => setting.Value.Length > 0), fullPath,
            mayName: key => isClear || provider.UrlOptions.IsKnown(key));
    }

    private static void RefuseOptions(string name, DatabaseProvider provider, IEnumerable<(string Key, string Value)> options)
    {
        if (options.FirstOrDefault(option => provider.UrlOptions.Instead(option.Key) is not null).Key is { } refused)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name,
                $"a report cannot follow its option '{refused}'; give {provider.UrlOptions.Instead(refused)}");
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
    internal static ConnectionDefinition Build(string name, DatabaseProvider provider, IEnumerable<(string Key, string Value)> settings,
        Func<string, string> fullPath, Func<string, bool>? mayName = null)
    {
        var builder = provider.Settings();
        var isAfterSecret = false;
        foreach (var (key, value) in settings)
        {
            try
            {
                builder[key] = value;
            }
            catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException or OverflowException
                or KeyNotFoundException or NotSupportedException)
            {
                // The driver's words may repeat the value, and what stands behind a password may be a part of it.
                throw ProviderErrors.ConnectionStringNotUsable(name, isAfterSecret && mayName?.Invoke(key) != true
                    ? $"{provider.Name} does not take a key behind the password, or its value; a password with ; or = needs quotes"
                    : Refusal(provider, key, value, mayName is not null));
            }

            isAfterSecret |= IsSecret(key);
        }

        if (provider.Mistake(builder) is { } mistake)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, mistake);
        }

        var user = provider.UserKey is { } userKey ? Take(builder, userKey) : null;
        var password = Take(builder, provider.PasswordKey);
        if (builder.Keys!.Cast<string>()
            .FirstOrDefault(key => IsSecret(key) && builder.ShouldSerialize(key) && $"{builder[key]}".Length > 0) is { } other)
        {
            throw ProviderErrors.ConnectionStringNotUsable(name, $"only 'Password' is kept apart, and it holds '{other}' as well; "
                + "put the whole string into an environment variable and give env:NAME");
        }

        var warning = provider.Locate(builder, fullPath);
        return new(provider.Name, builder.ConnectionString, user, password) { Warning = warning };
    }

    private static string Refusal(DatabaseProvider provider, string key, string value, bool isOption) =>
        provider.Refusal(key, value) ?? $"{provider.Name} does not take the key '{key}' or its value"
            + (isOption && NearMiss.Nearest(key, provider.UrlOptions.Keys.Keys) is [var near, ..] ? $"; perhaps '{near}' is meant" : "");

    private static bool IsSecret(string key) =>
        key.Contains("password", StringComparison.OrdinalIgnoreCase) || key.Contains("token", StringComparison.OrdinalIgnoreCase)
            || key.Contains("secret", StringComparison.OrdinalIgnoreCase)
        || key.Contains("pwd", StringComparison.OrdinalIgnoreCase);

    private static string? Take(DbConnectionStringBuilder builder, string key)
    {
        var value = builder.TryGetValue(key, out var found) ? $"{found}" : "";
        builder.Remove(key);
        return value.Length > 0 ? value : null;
    }
}
