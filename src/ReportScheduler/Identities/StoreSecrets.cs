using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Secrets;

namespace ReportScheduler.Identities;

/// <summary>The passwords of a store, and the tokens of its identities.</summary>
/// <param name="protector">Protects what the store keeps.</param>
/// <param name="find">The store's identity of a name; throws when there is none.</param>
/// <param name="cache">Keeps tokens.</param>
internal sealed class StoreSecrets(ISecretProtector protector, Func<string, ReportIdentity> find, TokenCache cache) : IStoreSecrets
{
    public string Protect(string plainText) => protector.Protect(plainText);

    public string Unprotect(string protectedText) => protector.Unprotect(protectedText);

    public Task<IdentityToken> GetTokenAsync(string identity, string scope, CancellationToken cancel)
    {
        var found = find(identity);
        return cache.GetAsync(Key(found, scope), stop => TokenSources.Of(found, SecretOf(found)).GetAsync(scope, stop), cancel);
    }

    public DateTimeOffset? EndOfSecret(string identity)
    {
        var found = find(identity);
        if (found.CertificatePath is null && found.CertificateThumbprint is null)
        {
            return found.SecretExpiresAt;
        }

        using var certificate = IdentityCertificate.Of(found, SecretOf(found));
        return new DateTimeOffset(certificate!.Certificate.NotAfter).ToUniversalTime();
    }

    public void ForgetToken(string identity, string scope) => cache.Forget(Key(find(identity), scope));

    private string? SecretOf(ReportIdentity identity) =>
        SecretReference.ValueOf(identity.SecretReference, identity.EnvFile, identity.ProtectedSecret, protector);

    /// <summary>All that the identity is made of: one that was changed, or one of another store, gets tokens of its own.</summary>
    private static string Key(ReportIdentity identity, string scope) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0',
        identity.Kind, identity.TenantId, identity.ClientId, identity.CertificatePath, identity.CertificateThumbprint, identity.SecretReference, identity.EnvFile,
        identity.ProtectedSecret, identity.ServiceAccountKeyPath, identity.Subject, identity.AuthorityHost, scope))));
}
