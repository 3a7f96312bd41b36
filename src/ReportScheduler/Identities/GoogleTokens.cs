using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using ReportScheduler.Secrets;

namespace ReportScheduler.Identities;

/// <summary>Tokens of Google for a service account, with the private key of its file (RFC 7523).</summary>
internal sealed class GoogleTokens(ReportIdentity identity) : ITokenSource
{
    public async Task<IdentityToken> GetAsync(string scope, CancellationToken cancel)
    {
        var key = ServiceAccountKey.Read(identity.ServiceAccountKeyPath!);
        try
        {
            var credential = new ServiceAccountCredential(new ServiceAccountCredential.Initializer(key.Email, key.TokenUri)
            {
                User = identity.Subject,
                Scopes = [scope],
            }.FromPrivateKey(key.PrivateKey));
            await credential.RequestAccessTokenAsync(cancel).ConfigureAwait(false);
            var token = credential.Token;
            return new IdentityToken(token.AccessToken, new DateTimeOffset(token.IssuedUtc.AddSeconds(token.ExpiresInSeconds ?? 3600)));
        }
        catch (TokenResponseException problem)
        {
            throw Refused(key, scope, problem);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            throw IdentityErrors.IdentityUnreachable(identity.Name, key.TokenUri, problem);
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            // the words of the parser may repeat the key
            throw IdentityErrors.ServiceAccountKeyNotUsable(identity.ServiceAccountKeyPath!, "its private key cannot be read");
        }
    }

    private ReportException Refused(ServiceAccountKey key, string scope, TokenResponseException problem)
    {
        var said = $"{problem.Error.Error}: {problem.Error.ErrorDescription}";
        return problem.Error.Error switch
        {
            "unauthorized_client" or "access_denied" => IdentityErrors.IdentityDelegationMissing(identity.Name, key.Email, scope, identity.Subject, said, problem),
            "invalid_grant" when said.Contains("Token must be a short-lived", StringComparison.Ordinal) => IdentityErrors.IdentityClockWrong(identity.Name, said, problem),
            "invalid_grant" when said.Contains("Invalid email", StringComparison.OrdinalIgnoreCase) => IdentityErrors.IdentitySubjectUnknown(identity.Name, identity.Subject, said, problem),
            "invalid_grant" => IdentityErrors.ServiceAccountKeyRefused(identity.Name, identity.ServiceAccountKeyPath!, said, problem),
            _ when problem.StatusCode is { } code && (int)code is 408 or 429 or >= 500 => IdentityErrors.IdentityBusy(identity.Name, said, problem),
            _ => IdentityErrors.IdentityRefused(identity.Name, said, problem),
        };
    }
}
