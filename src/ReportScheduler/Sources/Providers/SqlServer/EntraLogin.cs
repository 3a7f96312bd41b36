using System.Text;
using Microsoft.Data.SqlClient;
using ReportScheduler.Identities;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>Tokens for <c>Authentication=Active Directory ...</c> in connection
/// strings, which SqlClient itself has in another package.</summary>
/// <remarks>https://learn.microsoft.com/sql/connect/ado-net/sql/azure-active-directory-authentication</remarks>
internal sealed class EntraLogin : SqlAuthenticationProvider
{
    private static readonly Lazy<EntraLogin> Registered = new(Register);

    /// <summary>Where Entra ID is, in all clouds: a server that names another place for the secret to be sent to is not followed.</summary>
    private static readonly string[] Authorities =
        ["login.microsoftonline.com", "login.windows.net", "sts.windows.net", "login.microsoftonline.us",
            "login.partner.microsoftonline.cn", "login.chinacloudapi.cn"];

    private static readonly SqlAuthenticationMethod[] Methods =
    [
        SqlAuthenticationMethod.ActiveDirectoryDefault, SqlAuthenticationMethod.ActiveDirectoryManagedIdentity,
        SqlAuthenticationMethod.ActiveDirectoryMSI,
        SqlAuthenticationMethod.ActiveDirectoryServicePrincipal, SqlAuthenticationMethod.ActiveDirectoryWorkloadIdentity,
        SqlAuthenticationMethod.ActiveDirectoryInteractive, SqlAuthenticationMethod.ActiveDirectoryDeviceCodeFlow,
        SqlAuthenticationMethod.ActiveDirectoryIntegrated,
#pragma warning disable CS0618 // it is refused in words; SqlClient has it still
        SqlAuthenticationMethod.ActiveDirectoryPassword,
#pragma warning restore CS0618
    ];

    // SqlClient keeps the words of a problem and drops the problem
    private static readonly AsyncLocal<Attempt?> Current = new();

    /// <summary>Why the last login of this flow got no token; null when it got one, or needed none.</summary>
    public static ReportException? Problem => Current.Value?.Problem;

    /// <summary>Makes it the provider of all these methods, once per process, and begins a login.</summary>
    public static void Begin()
    {
        _ = Registered.Value;
        Current.Value = new Attempt();
    }

    public override bool IsSupported(SqlAuthenticationMethod authenticationMethod) => Methods.Contains(authenticationMethod);

    public override async Task<SqlAuthenticationToken> AcquireTokenAsync(SqlAuthenticationParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        try
        {
            return await GetAsync(parameters).ConfigureAwait(false);
        }
        catch (ReportException problem) when (Current.Value is { } attempt)
        {
            attempt.Problem = problem;
            throw;
        }
    }

    private static async Task<SqlAuthenticationToken> GetAsync(SqlAuthenticationParameters parameters)
    {
        var (host, tenant) = Authority(parameters);
        var identity = new ReportIdentity
        {
            Name = Words(parameters.AuthenticationMethod),
            Kind = Kind(parameters),
            TenantId = tenant,
            ClientId = string.IsNullOrEmpty(parameters.UserId) ? null : parameters.UserId,
            AuthorityHost = host,
        };
        var scope = parameters.Resource.EndsWith("/.default", StringComparison.Ordinal)
            ? parameters.Resource
            : $"{parameters.Resource.TrimEnd('/')}/.default";
        var secret = string.IsNullOrEmpty(parameters.Password) ? null : parameters.Password;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Max(5, parameters.ConnectionTimeout)));
        var token = await TokenCache.Shared.GetAsync(
            IdentityKey.Of(identity, scope, secret), stop => TokenSources.Of(identity, secret).GetAsync(scope, stop), patience.Token)
            .ConfigureAwait(false);
        return new SqlAuthenticationToken(token.Text, token.ExpiresAt);
    }

    private static EntraLogin Register()
    {
        var login = new EntraLogin();
        foreach (var method in Methods)
        {
            SetProvider(method, login);
        }

        return login;
    }

    private static ReportIdentityKind Kind(SqlAuthenticationParameters parameters) => parameters.AuthenticationMethod switch
    {
        SqlAuthenticationMethod.ActiveDirectoryDefault => ReportIdentityKind.AzureDefault,
        SqlAuthenticationMethod.ActiveDirectoryManagedIdentity or SqlAuthenticationMethod.ActiveDirectoryMSI =>
            ReportIdentityKind.ManagedIdentity,
        SqlAuthenticationMethod.ActiveDirectoryServicePrincipal => ReportIdentityKind.EntraApplication,
        SqlAuthenticationMethod.ActiveDirectoryWorkloadIdentity => ReportIdentityKind.WorkloadIdentity,
        var other => throw ProviderErrors.SignInNeedsAPerson(parameters.ServerName, Words(other)),
    };

    /// <summary>Host and tenant of the address that the server gave. The host is null for the
    /// public cloud, the tenant where the server does not know it.</summary>
    private static (string? Host, string? Tenant) Authority(SqlAuthenticationParameters parameters)
    {
        if (!Uri.TryCreate(parameters.Authority, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps
            || !IsKnown(address))
        {
            throw ProviderErrors.AuthorityNotKnown(parameters.ServerName, parameters.Authority);
        }

        var tenant = address.AbsolutePath.Trim('/').Split('/')[0];
        return (
            address.Host is "login.microsoftonline.com" or "login.windows.net" or "sts.windows.net"
                ? null
                : address.GetLeftPart(UriPartial.Authority),
            tenant.Length == 0 || tenant.Equals("common", StringComparison.OrdinalIgnoreCase) ? null : tenant);
    }

    private static bool IsKnown(Uri address) => address.IsLoopback || Authorities.Contains(address.Host, StringComparer.OrdinalIgnoreCase)
        || (Uri.TryCreate(Environment.GetEnvironmentVariable("AZURE_AUTHORITY_HOST"), UriKind.Absolute, out var own)
            && own.Host.Equals(address.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Active Directory Managed Identity, as in connection strings.</summary>
    private static string Words(SqlAuthenticationMethod method)
    {
        var words = new StringBuilder();
        foreach (var letter in $"{method}")
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 && char.IsLower(words[^1]) ? " " : "").Append(letter);
        }

        return $"{words}";
    }

    private sealed class Attempt
    {
        public ReportException? Problem { get; set; }
    }
}
