using ReportScheduler.Secrets;

namespace ReportScheduler.Identities;

/// <summary>The passwords of a store, and the tokens of its identities.</summary>
/// <param name="protector">Protects what the store keeps.</param>
/// <param name="find">The store's identity of a name; throws when there is none.</param>
/// <param name="cache">Keeps tokens.</param>
/// <param name="vault">The vaults of the account; null where there are none.</param>
internal sealed class StoreSecrets(ISecretProtector protector, Func<string, ReportIdentity> find, TokenCache cache, IVault? vault)
    : IStoreSecrets
{
    public string Protect(string plainText) => protector.Protect(plainText);

    public string Unprotect(string protectedText) => protector.Unprotect(protectedText);

    public string Resolve(string reference, string? envFile) => SecretReference.Resolve(reference, envFile, vault);

    public ReportIdentity IdentityNamed(string name) => find(name);

    public Task<IdentityToken> GetTokenAsync(string identity, string scope, CancellationToken cancel)
    {
        var found = find(identity);
        return cache.GetAsync(IdentityKey.Of(found, scope), stop => TokenSources.Of(found, SecretOf(found)).GetAsync(scope, stop), cancel);
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

    public void ForgetToken(string identity, string scope) => cache.Forget(IdentityKey.Of(find(identity), scope));

    private string? SecretOf(ReportIdentity identity) => this.Reveal(identity.SecretReference, identity.ProtectedSecret, identity.EnvFile);
}
