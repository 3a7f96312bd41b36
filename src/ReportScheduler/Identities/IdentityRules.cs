namespace ReportScheduler.Identities;

/// <summary>What makes the definition of an identity complete.</summary>
internal static class IdentityRules
{
    /// <exception cref="ReportException">Something is missing, or does not belong to that kind.</exception>
    public static void Check(ReportIdentity identity)
    {
        if (identity.AuthorityHost is { } host && !(Uri.TryCreate(host, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps))
        {
            throw IdentityErrors.IdentityNotUsable(identity.Name, $"its -AuthorityHost '{host}' is no address that begins with https://");
        }

        if (identity.TenantId is { } tenant && !tenant.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.'))
        {
            throw IdentityErrors.IdentityNotUsable(identity.Name, $"its -TenantId '{tenant}' is neither an id nor a domain of a tenant");
        }

        if (Problem(identity) is { } problem)
        {
            throw IdentityErrors.IdentityNotUsable(identity.Name, problem);
        }
    }

    private static string? Problem(ReportIdentity identity)
    {
        var credentials = new[] { identity.HasSecret || identity.CertificatePath is not null, identity.CertificateThumbprint is not null }.Count(given => given);
        return identity.Kind switch
        {
            ReportIdentityKind.EntraApplication when identity.TenantId is null => "it has no -TenantId, the 'Directory (tenant) ID' of the app registration",
            ReportIdentityKind.EntraApplication when identity.ClientId is null => "it has no -ClientId, the 'Application (client) ID' of the app registration",
            ReportIdentityKind.EntraApplication when credentials == 0 => "an application needs -ClientSecret, -CertificatePath or -CertificateThumbprint",
            ReportIdentityKind.EntraApplication when credentials > 1 => "-CertificateThumbprint stands alone: give either that, or a file, or a secret",
            ReportIdentityKind.GoogleServiceAccount when identity.ServiceAccountKeyPath is null => "a Google service account needs its key file, -ServiceAccountKeyPath",
            not ReportIdentityKind.EntraApplication when credentials > 0 => "only an application of Entra ID has a secret or a certificate",
            not ReportIdentityKind.GoogleServiceAccount when identity.ServiceAccountKeyPath is not null || identity.Subject is not null => "-ServiceAccountKeyPath and -Subject are for Google service accounts only",
            _ => null,
        };
    }
}
