namespace ReportScheduler.Identities;

/// <summary>What makes the definition of an identity complete.</summary>
internal static class IdentityRules
{
    private static readonly string[] Shared = ["common", "organizations", "consumers"];

    /// <exception cref="ReportException">Something is missing, or does not belong to that kind.</exception>
    public static void Check(ReportIdentity identity)
    {
        if (identity.AuthorityHost is { } host)
        {
            CheckAuthority(identity.Name, host);
        }

        if (identity.TenantId is { } tenant && !tenant.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.'))
        {
            throw IdentityErrors.IdentityNotUsable(identity.Name, $"its -TenantId '{tenant}' is neither an id nor a domain of a tenant");
        }

        if (identity.TenantId is { } shared && identity.Kind == ReportIdentityKind.EntraApplication
            && Array.Exists(Shared, name => name.Equals(shared, StringComparison.OrdinalIgnoreCase)))
        {
            throw IdentityErrors.IdentityNotUsable(identity.Name, $"'{shared}' stands for every tenant, and an application signs in to "
                + "one; give the 'Directory (tenant) ID' of the app registration");
        }

        if (Problem(identity) is { } problem)
        {
            throw IdentityErrors.IdentityNotUsable(identity.Name, problem);
        }
    }

    /// <summary>A user and password in it would be shown wherever the address is.</summary>
    private static void CheckAuthority(string name, string host)
    {
        if (!Uri.TryCreate(host, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            throw IdentityErrors.IdentityNotUsable(name, host.Contains('@', StringComparison.Ordinal)
                ? "its -AuthorityHost is not an address that begins with https://"
                : $"its -AuthorityHost '{host}' is not an address that begins with https://");
        }

        if (address.UserInfo.Length > 0 || address.PathAndQuery != "/" || address.Fragment.Length > 0)
        {
            throw IdentityErrors.IdentityNotUsable(name,
                $"its -AuthorityHost has more than a host, such as 'https://{address.Authority}'; the tenant is given with -TenantId");
        }
    }

    private static string? Problem(ReportIdentity identity)
    {
        var credentials = new[] { identity.HasSecret || identity.CertificatePath is not null,
            identity.CertificateThumbprint is not null }.Count(given => given);
        return identity.Kind switch
        {
            ReportIdentityKind.EntraApplication when identity.TenantId is null =>
                "it has no -TenantId, the 'Directory (tenant) ID' of the app registration",
            ReportIdentityKind.EntraApplication when identity.ClientId is null =>
                "it has no -ClientId, the 'Application (client) ID' of the app registration",
            ReportIdentityKind.EntraApplication when credentials == 0 =>
                "an application needs -ClientSecret, -CertificatePath or -CertificateThumbprint",
            ReportIdentityKind.EntraApplication when credentials > 1 =>
                "-CertificateThumbprint stands alone: give either that, or a file, or a secret",
            ReportIdentityKind.GoogleServiceAccount when identity.ServiceAccountKeyPath is null =>
                "a Google service account needs its key file, -ServiceAccountKeyPath",
            not ReportIdentityKind.EntraApplication when credentials > 0 => "only an application of Entra ID has a secret or a certificate",
            not ReportIdentityKind.GoogleServiceAccount when identity.ServiceAccountKeyPath is not null || identity.Subject is not null =>
                "-ServiceAccountKeyPath and -Subject are for Google service accounts only",
            _ => null,
        };
    }
}
