using System.Security.Cryptography;
using System.Text;

namespace ReportScheduler.Identities;

/// <summary>Under which name a token is kept.</summary>
internal static class IdentityKey
{
    /// <summary>All that the identity is made of: one that was changed, or one of another store, gets tokens of its own.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="scope">What the token is for.</param>
    /// <param name="secret">A secret that is not in the identity; null for none.</param>
    public static string Of(ReportIdentity identity, string scope, string? secret = null) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0',
        identity.Kind, identity.TenantId, identity.ClientId, identity.CertificatePath, identity.CertificateThumbprint,
        identity.SecretReference, identity.EnvFile,
        identity.ProtectedSecret, identity.ServiceAccountKeyPath, identity.Subject, identity.AuthorityHost, scope, secret))));
}
