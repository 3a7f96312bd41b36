using ReportScheduler.Secrets;

namespace ReportScheduler.Tests.Support;

/// <summary>Keeps secrets readable, for tests that are about something else.</summary>
internal sealed class PlainSecrets : IStoreSecrets
{
    public string Protect(string plainText) => "protected:" + plainText;

    public string Unprotect(string protectedText) => protectedText["protected:".Length..];

    public string Resolve(string reference, string? envFile) => SecretReference.Resolve(reference, envFile, vault: null);

    public ReportIdentity IdentityNamed(string name) => throw new NotSupportedException(name);

    public Task<IdentityToken> GetTokenAsync(string identity, string scope, CancellationToken cancel) =>
        throw new NotSupportedException(identity);

    public DateTimeOffset? EndOfSecret(string identity) => null;

    public void ForgetToken(string identity, string scope)
    {
    }
}
