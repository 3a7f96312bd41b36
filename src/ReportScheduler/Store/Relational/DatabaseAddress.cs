using System.Collections.Specialized;
using System.Globalization;
using System.Text.RegularExpressions;
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
        Identity = Checked(() => StoreIdentity.Of(parts, dialect.Provider));
        if (Identity is not null && passwordReference is not null)
        {
            throw RelationalErrors.StoreAddressInvalid(dialect.Schemes[0], "it has both a password and an identity");
        }

        _ = ConnectionString(null, isToken: Identity is not null);
    }

    /// <summary>The address as it is shown and given; there is no secret in it.</summary>
    public string Text { get; }

    public StoreDialect Dialect { get; }

    /// <summary>Where the password is; null where the driver finds it, or none is needed.</summary>
    public string? PasswordReference { get; }

    /// <summary>What is signed in as in place of a password; null for none.</summary>
    public StoreIdentity? Identity { get; }

    /// <summary>Server and database: the store, whoever signs in.</summary>
    public string Place => parts.Place;

    // what drivers, and other tools, take; a password may be in it
    private static readonly Regex ConnectionText = new(@"(^|;)\s*(host|server|data source|datasource|addr(ess)?|network address)\s*=",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // an input method for Chinese or Japanese writes these; a path has no such text in it
    private static readonly Regex LookAlike = new(@"^\s*\w{2,}[:\uFF1A\uFE55\uFE13\u2236\uA789][/\uFF0F\u2044\u2215\u29F8]{2}",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // behind a name, or an address in brackets
    private static readonly Regex Port = new(@"^(?:\[[^\]]*\]|[^:\[]*):(.+)$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

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
        CheckForm(text[(mark + Mark.Length)..], scheme, dialect);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw RelationalErrors.StoreAddressInvalid(scheme, "its host is no name or address of a server");
        }

        var database = uri.AbsolutePath.Trim('/');
        if (database.Length == 0 || database.Contains('/'))
        {
            throw RelationalErrors.StoreAddressInvalid(scheme,
                database.Length == 0 ? "it has no database behind the host" : "its database has a '/', which is written %2F there");
        }

        // not Host, which leaves out the interface of an address that is of one link
        var parts = new AddressParts(Uri.UnescapeDataString(uri.IdnHost), uri.Port > 0 ? uri.Port : dialect.UsualPort,
            Uri.UnescapeDataString(database), uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(uri.UserInfo) : null, OptionsOf(uri.Query));
        CheckLetters(parts, scheme);
        return new DatabaseAddress(text, parts, dialect, ReferenceOf(parts, scheme, dialect));
    }

    /// <summary>What the driver opens.</summary>
    /// <param name="vault">The vaults of the account; null where there are none.</param>
    /// <exception cref="ReportException">The reference to the password has no value here, or the identity gets no token.</exception>
    public (string ConnectionString, IdentityToken? Token) SignIn(IVault? vault)
    {
        var token = Identity?.Token();
        var password = token?.Text ?? (PasswordReference is { } reference ? Resolve(reference, vault) : null);
        return (ConnectionString(password, isToken: token is not null), token);
    }

    private static bool IsConnectionText(string text) => text.Contains(';') && ConnectionText.IsMatch(text);

    // what is wrong is said without the text: a password may be in it
    private static void CheckForm(string rest, string scheme, StoreDialect dialect)
    {
        var end = rest.IndexOfAny(['/', '?', '#']);
        var server = end < 0 ? rest : rest[..end];
        var at = server.LastIndexOf('@');
        if (at >= 0 && Uri.UnescapeDataString(server[..at]).Contains(':'))
        {
            throw RelationalErrors.StorePasswordInAddress(scheme, dialect.PasswordElsewhere);
        }

        if (rest.Contains(';'))
        {
            throw RelationalErrors.StoreAddressInvalid(scheme, "it has a ';'. Options follow a '?', with '&' between them");
        }

        if (rest.Contains('#'))
        {
            throw RelationalErrors.StoreAddressInvalid(scheme, "it has a part behind '#'");
        }

        // the value before it may be a password
        if (rest.IndexOf('?') != rest.LastIndexOf('?'))
        {
            throw RelationalErrors.StoreAddressInvalid(scheme, "it has two '?'. Options have '&' between them, and a '?' in one is %3F");
        }

        if (Port.Match(server[(at + 1)..]) is { Success: true } port
            && !(ushort.TryParse(port.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
        {
            throw RelationalErrors.StoreAddressInvalid(scheme, "its port is not a number from 1 to 65535");
        }
    }

    // a plus is a plus, and not the blank that it is in a form
    private static NameValueCollection OptionsOf(string query)
    {
        var options = new NameValueCollection(StringComparer.OrdinalIgnoreCase);
        foreach (var option in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = option.IndexOf('=');
            options.Add(at < 0 ? null : Uri.UnescapeDataString(option[..at]), Uri.UnescapeDataString(option[(at + 1)..]));
        }

        return options;
    }

    // drivers, and servers, end a text there
    private static void CheckLetters(AddressParts parts, string scheme)
    {
        var options = parts.Options.AllKeys.SelectMany(name => parts.Options.GetValues(name) ?? []);
        if (options.Append(parts.Database).Append(parts.User ?? "").Any(text => text.Any(char.IsControl)))
        {
            throw RelationalErrors.StoreAddressInvalid(scheme, "it has a line end or another control character in it");
        }
    }

    private static string? ReferenceOf(AddressParts parts, string scheme, StoreDialect dialect)
    {
        foreach (var name in parts.Options.AllKeys)
        {
            if (name is null)
            {
                throw RelationalErrors.StoreAddressInvalid(scheme, "an option in it has no '='");
            }

            string[] known = [Password, StoreIdentity.Option, StoreIdentity.ClientOption, .. dialect.Options];
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw RelationalErrors.StoreAddressInvalid(scheme,
                    $"the option '{name}' is not known; there are {string.Join(", ", known)}");
            }

            if (parts.Options.GetValues(name) is not [{ Length: > 0 }])
            {
                throw RelationalErrors.StoreAddressInvalid(scheme, $"the option '{name}' has {(
                    parts.Options.GetValues(name) is { Length: > 1 } ? "more than one value" : "no value")}");
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
            throw RelationalErrors.StorePasswordNotReadable(SecretReference.PathOf(reference), problem);
        }
        catch (ReportException problem) when (problem.ErrorId == nameof(SecretErrors.ReferenceNotSet))
        {
            throw RelationalErrors.StorePasswordNotSet(reference, problem);
        }
    }

    private string ConnectionString(string? password, bool isToken) => Checked(() => Dialect.ConnectionString(parts, password, isToken));

    private T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException problem)
        {
            throw RelationalErrors.StoreAddressInvalid(Dialect.Schemes[0], problem.Message);
        }
    }
}
