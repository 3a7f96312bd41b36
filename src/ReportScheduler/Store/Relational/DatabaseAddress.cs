using System.Web;
using Npgsql;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>The address of a store in PostgreSQL: <c>postgresql://user@host:port/database?password=env:NAME</c>.</summary>
internal sealed class DatabaseAddress
{
    private const string Password = "password";

    private static readonly string[] Schemes = ["postgresql", "postgres"];
    private static readonly string[] Options = [Password, "sslmode", "sslrootcert"];

    private readonly NpgsqlConnectionStringBuilder settings;
    private readonly string? passwordReference;

    private DatabaseAddress(string text, NpgsqlConnectionStringBuilder settings, string? passwordReference) =>
        (Text, this.settings, this.passwordReference) = (text, settings, passwordReference);

    /// <summary>The address as it is shown and given; there is no secret in it.</summary>
    public string Text { get; }

    /// <summary>Server and database: the store, whoever signs in.</summary>
    public string Place => $"{settings.Host}:{settings.Port}/{settings.Database}";

    /// <summary>Whether text is the address of a database, of whatever kind, and no path.</summary>
    public static bool IsAddress(string text) => text.IndexOf("://", StringComparison.Ordinal) > 1;

    /// <exception cref="ReportException">StoreSchemeUnknown, StoreAddressInvalid or StorePasswordInAddress.</exception>
    public static DatabaseAddress Parse(string text)
    {
        var scheme = text[..text.IndexOf("://", StringComparison.Ordinal)];
        if (!Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase))
        {
            throw RelationalErrors.StoreSchemeUnknown(scheme);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0
            || uri.AbsolutePath.Trim('/') is not { Length: > 0 } database || database.Contains('/'))
        {
            throw RelationalErrors.StoreAddressInvalid(scheme, "it needs a host and a database");
        }

        if (uri.UserInfo.Contains(':'))
        {
            throw RelationalErrors.StorePasswordInAddress(scheme);
        }

        if (uri.Fragment.Length > 0)
        {
            throw RelationalErrors.StoreAddressInvalid(scheme, "it has a part behind '#'");
        }

        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort,
            Database = Uri.UnescapeDataString(database),
            Username = uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(uri.UserInfo) : null,
            ApplicationName = nameof(ReportScheduler),
            SearchPath = RelationalSchema.Name,
            // a process that is frozen in a transaction lets its rows go
            Options = "-c idle_in_transaction_session_timeout=5000",
            TcpKeepAlive = true,
            Timeout = 15,
        };
        return new DatabaseAddress(text, settings, Read(scheme, uri, settings));
    }

    /// <summary>What Npgsql opens. Without a reference it looks for the password itself: PGPASSWORD, PGPASSFILE, ~/.pgpass.</summary>
    /// <exception cref="ReportException">The reference to the password has no value here.</exception>
    public string ConnectionString()
    {
        if (passwordReference is null)
        {
            return settings.ConnectionString;
        }

        return new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Password = Resolve(passwordReference) }.ConnectionString;
    }

    private static string? Read(string scheme, Uri uri, NpgsqlConnectionStringBuilder settings)
    {
        var given = HttpUtility.ParseQueryString(uri.Query);
        foreach (var name in given.AllKeys)
        {
            if (name is null || !Options.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw RelationalErrors.StoreAddressInvalid(scheme,
                    $"the option '{name}' is not known; there are {string.Join(", ", Options)}");
            }
        }

        if (given["sslmode"] is { } mode)
        {
            settings.SslMode = Enum.TryParse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var found)
                ? found
                : throw RelationalErrors.StoreAddressInvalid(scheme, $"'{mode}' is no sslmode");
        }

        settings.RootCertificate = given["sslrootcert"];
        return given[Password] switch
        {
            null => null,
            var reference when SecretReference.IsReference(reference) || IsFile(reference) => reference,
            _ => throw RelationalErrors.StorePasswordInAddress(scheme),
        };
    }

    private static bool IsFile(string reference) =>
        reference.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && reference.Length > 5;

    private static string Resolve(string reference)
    {
        if (SecretReference.IsReference(reference))
        {
            return SecretReference.Resolve(reference, null, vault: null);
        }

        var path = reference[5..];
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw RelationalErrors.StorePasswordNotReadable(path, problem);
        }
    }
}
