using System.Text.RegularExpressions;
using Azure;
using Azure.Identity;
using Microsoft.Identity.Client;

namespace ReportScheduler.Identities;

/// <summary>What Entra ID's refusal means, by its code
/// (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).</summary>
internal static partial class EntraProblem
{
    private const int Longest = 600;

    public static ReportException Of(ReportIdentity identity, string scope, AuthenticationFailedException problem)
    {
        var said = Said(problem);
        var name = identity.Name;
        return Code().Match(said).Groups[1].Value switch
        {
            "7000215" or "7000216" => IdentityErrors.IdentitySecretWrong(name, said, problem),
            "7000222" => IdentityErrors.IdentitySecretExpired(name, said, problem),
            "700027" or "7000277" => IdentityErrors.IdentityCertificateUnknown(name, said, problem),
            "700024" => IdentityErrors.IdentityClockWrong(name, said, problem),
            "700016" or "7000112" or "70001" or "90013" =>
                IdentityErrors.IdentityClientUnknown(name, identity.ClientId, identity.TenantId, said, problem),
            "90002" or "900023" or "90019" or "900021" or "900382" =>
                IdentityErrors.IdentityTenantUnknown(name, identity.TenantId, said, problem),
            "65001" or "65004" or "501051" or "650057" or "90094" => IdentityErrors.IdentityConsentMissing(name, scope, said, problem),
            "500011" or "70011" or "1002012" or "650053" => IdentityErrors.IdentityScopeUnknown(name, scope, said, problem),
            "53003" or "530003" or "53000" or "50105" => IdentityErrors.IdentityBlocked(name, said, problem),
            "70021" or "700211" or "700212" or "700213" or "7002138" or "700238" =>
                IdentityErrors.IdentityNotFederated(name, said, problem),
            "" when problem is CredentialUnavailableException => IdentityErrors.IdentityUnavailable(name, identity.Kind, said, problem),
            "" when IsUnreachable(problem) =>
                IdentityErrors.IdentityUnreachable(name, identity.AuthorityHost ?? "login.microsoftonline.com", problem),
            "90033" or "90006" or "90024" or "50196" or "90055" => IdentityErrors.IdentityBusy(name, said, problem),
            _ => IdentityErrors.IdentityRefused(name, said, problem),
        };
    }

    /// <summary>The first line without the numbers that are for Microsoft's support; of a chain of ways the reason of each.</summary>
    private static string Said(AuthenticationFailedException problem)
    {
        var text = problem.GetBaseException() is MsalServiceException service ? service.Message : problem.Message;
        var lines = text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("See the troubleshooting guide", StringComparison.Ordinal)
                && !line.StartsWith("https://aka.ms", StringComparison.Ordinal));
        var words = Trace().Replace(string.Join(' ', lines), "").Trim();
        words = words[Math.Max(0, words.IndexOf("AADSTS", StringComparison.Ordinal))..];
        return words.Length > Longest ? words[..Longest] + "..." : words;
    }

    private static bool IsUnreachable(Exception problem)
    {
        for (var inner = problem; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpRequestException or TaskCanceledException or TimeoutException or IOException
                || inner is RequestFailedException { Status: 0 or 408 or 429 or >= 500 }
                || inner is MsalServiceException { StatusCode: 408 or 429 or >= 500 })
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"AADSTS(\d+)")]
    private static partial Regex Code();

    [GeneratedRegex(@"\s*(Trace ID|Correlation ID|Timestamp): [0-9A-Za-z:. -]+?(?=\s+(Trace ID|Correlation ID|Timestamp):|$)")]
    private static partial Regex Trace();
}
