using ReportScheduler.Secrets;

namespace ReportScheduler.Tests.Support;

/// <summary>Tokens that a test gives, one after another: the next one when the last was refused.</summary>
internal sealed class GivenTokens(params string[] tokens) : IStoreSecrets
{
    private int place;

    public List<string> Scopes { get; } = [];

    public int Forgotten => place;

    public string Resolve(string reference, string? envFile) => SecretReference.Resolve(reference, envFile, vault: null);

    public ReportIdentity IdentityNamed(string name) => throw new NotSupportedException(name);

    public string Protect(string plainText) => plainText;

    public string Unprotect(string protectedText) => protectedText;

    public Task<IdentityToken> GetTokenAsync(string identity, string scope, CancellationToken cancel)
    {
        Scopes.Add(scope);
        return Task.FromResult(new IdentityToken(tokens[Math.Min(place, tokens.Length - 1)], DateTimeOffset.MaxValue));
    }

    public DateTimeOffset? EndOfSecret(string identity) => null;

    public void ForgetToken(string identity, string scope) => place++;
}
