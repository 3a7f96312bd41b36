using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using ReportScheduler.Secrets;

namespace ReportScheduler.Identities;

/// <summary>Tokens of Google for a service account, with the private key of its file (RFC 7523).</summary>
internal sealed class GoogleTokens(ReportIdentity identity) : ITokenSource
{
    private const int Day = 24 * 60 * 60;

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
            // what is signed goes to the address in the key file and nowhere else
            credential.HttpClient.MessageHandler.FollowRedirect = false;
            await credential.RequestAccessTokenAsync(cancel).ConfigureAwait(false);
            var token = credential.Token;
            return token.AccessToken is { Length: > 0 } text
                ? new IdentityToken(text, End(token))
                : throw IdentityErrors.IdentityAnswerOdd(identity.Name);
        }
        catch (TokenResponseException problem)
        {
            throw Refused(key, scope, problem);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            throw IdentityErrors.IdentityUnreachable(identity.Name, key.TokenUri, problem);
        }
        catch (Exception problem) when (problem is NullReferenceException or InvalidOperationException or Newtonsoft.Json.JsonException)
        {
            throw IdentityErrors.IdentityAnswerOdd(identity.Name, problem);
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException
            or System.Security.Cryptography.CryptographicException)
        {
            // the words of the parser may repeat the key
            throw IdentityErrors.ServiceAccountKeyNotUsable(identity.ServiceAccountKeyPath!, "its private key cannot be read");
        }
    }

    /// <summary>A time beyond the calendar is a day: nobody gives a token for longer.</summary>
    private static DateTimeOffset End(TokenResponse token) =>
        new(token.IssuedUtc.AddSeconds(Math.Clamp(token.ExpiresInSeconds ?? 3600, -Day, Day)));

    private ReportException Refused(ServiceAccountKey key, string scope, TokenResponseException problem)
    {
        var said = $"{problem.Error.Error}: {problem.Error.ErrorDescription}";
        return problem.Error.Error switch
        {
            "unauthorized_client" or "access_denied" =>
                IdentityErrors.IdentityDelegationMissing(identity.Name, key.Email, scope, identity.Subject, said, problem),
            "invalid_grant" when said.Contains("Token must be a short-lived", StringComparison.Ordinal) =>
                IdentityErrors.IdentityClockWrong(identity.Name, said, problem),
            "invalid_grant" when said.Contains("Invalid email", StringComparison.OrdinalIgnoreCase) =>
                IdentityErrors.IdentitySubjectUnknown(identity.Name, identity.Subject, said, problem),
            "invalid_grant" => IdentityErrors.ServiceAccountKeyRefused(identity.Name, identity.ServiceAccountKeyPath!, said, problem),
            _ when problem.StatusCode is { } code && (int)code is 408 or 429 or >= 500 =>
                IdentityErrors.IdentityBusy(identity.Name, said, problem),
            _ => IdentityErrors.IdentityRefused(identity.Name, said, problem),
        };
    }
}
