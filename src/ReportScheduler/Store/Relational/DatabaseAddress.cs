using System.Text.RegularExpressions;
using System.Web;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>The address of a store in a database: <c>postgresql://user@host:port/database?password=env:NAME</c>,
/// <c>mysql://</c>, <c>mssql://</c>.</summary>
internal sealed class DatabaseAddress
{
    private const string Password = "password";

    private const string Mark = "://";

    private readonly AddressParts parts;

    private DatabaseAddress(string text, AddressParts parts, StoreDialect dialect, string? passwordReference)
    {
        (Text, this.parts, Dialect, PasswordReference) = (text, parts, dialect, passwordReference);
        _ = Settings(null);
    }

    /// <summary>The address as it is shown and given; there is no secret in it.</summary>
    public string Text { get; }

    public StoreDialect Dialect { get; }

    /// <summary>Where the password is; null where the driver finds it, or none is needed.</summary>
    public string? PasswordReference { get; }

    /// <summary>Server and database: the store, whoever signs in.</summary>
    public string Place => parts.Place;

    // what drivers, and other tools, take; a password may be in it
    private static readonly Regex ConnectionText = new(@"(^|;)\s*(host|server|data source|datasource|addr(ess)?|network address)\s*=",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // an input method for Chinese or Japanese writes these; a path has no such text in it
    private static readonly Regex LookAlike = new(@"^\s*\w{2,}[:\uFF1A\uFE55\uFE13\u2236\uA789][/\uFF0F\u2044\u2215\u29F8]{2}",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Whether text is the address of a database, of whatever kind, and no path; also where it is written in a way that is
    /// none of an address.</summary>
    public static bool IsAddress(string text) => text.IndexOf(Mark, StringComparison.Ordinal) > 1
        || (text.IndexOf(':', StringComparison.Ordinal) is > 1 and var at && StoreDialects.OfScheme(text[..at]) is not null)
        || LookAlike.IsMatch(text) || IsConnectionText(text);

    /// <exception cref="ReportException">StoreSchemeUnknown, StoreAddressInvalid or StorePasswordInAddress.</exception>
    public static DatabaseAddress Parse(string text)
    {
        if (IsConnectionText(text))
        {
            throw RelationalErrors.StoreAddressInvalid(StoreDialects.UsualScheme, "it is a connection string");
        }

        var mark = text.IndexOf(Mark, StringComparison.Ordinal);
        if (mark < 0 && LookAlike.IsMatch(text))
        {
            throw RelationalErrors.StoreAddressInvalid(StoreDialects.UsualScheme,
                "its colon or slashes are other characters that look like them");
        }

        if (mark < 0)
        {
            var kind = text[..text.IndexOf(':', StringComparison.Ordinal)];
            throw RelationalErrors.StoreAddressInvalid(kind, $"two slashes are to follow '{kind}:'");
        }

        var scheme = text[..mark];
        var dialect = StoreDialects.OfScheme(scheme) ?? throw RelationalErrors.StoreSchemeUnknown(scheme);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0
            || uri.AbsolutePath.Trim('/') is not { Length: > 0 } database || database.Contains('/'))
        {
            throw RelationalErrors.StoreAddressInvalid(scheme, "it needs a host and a database");
        }

        if (Uri.UnescapeDataString(uri.UserInfo).Contains(':'))
        {
            throw RelationalErrors.StorePasswordInAddress(scheme, dialect.PasswordElsewhere);
        }

        if (uri.Fragment.Length > 0)
        {
            throw RelationalErrors.StoreAddressInvalid(scheme, "it has a part behind '#'");
        }

        var parts = new AddressParts(uri.Host.Trim('[', ']'), uri.Port > 0 ? uri.Port : dialect.UsualPort, Uri.UnescapeDataString(database),
            uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(uri.UserInfo) : null, HttpUtility.ParseQueryString(uri.Query));
        return new DatabaseAddress(text, parts, dialect, ReferenceOf(parts, scheme, dialect));
    }

    /// <summary>What the driver opens.</summary>
    /// <param name="vault">The vaults of the account; null where there are none.</param>
    /// <exception cref="ReportException">The reference to the password has no value here.</exception>
    public string ConnectionString(IVault? vault) => Settings(PasswordReference is { } reference ? Resolve(reference, vault) : null);

    private static bool IsConnectionText(string text) => text.Contains(';') && ConnectionText.IsMatch(text);

    private static string? ReferenceOf(AddressParts parts, string scheme, StoreDialect dialect)
    {
        foreach (var name in parts.Options.AllKeys)
        {
            if (name is null || !dialect.Options.Append(Password).Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw RelationalErrors.StoreAddressInvalid(scheme,
                    $"the option '{name}' is not known; there are {string.Join(", ", dialect.Options.Prepend(Password))}");
            }
        }

        return parts.Option(Password) switch
        {
            null => null,
            var reference when SecretReference.IsSecret(reference) => reference,
            _ => throw RelationalErrors.StorePasswordInAddress(scheme, dialect.PasswordElsewhere),
        };
    }

    private static string Resolve(string reference, IVault? vault)
    {
        try
        {
            return SecretReference.Resolve(reference, null, vault);
        }
        catch (ReportException problem) when (SecretReference.IsFile(reference))
        {
            throw RelationalErrors.StorePasswordNotReadable(reference["file:".Length..], problem);
        }
    }

    private string Settings(string? password)
    {
        try
        {
            return Dialect.ConnectionString(parts, password);
        }
        catch (FormatException problem)
        {
            throw RelationalErrors.StoreAddressInvalid(Dialect.Schemes[0], problem.Message);
        }
    }
}
