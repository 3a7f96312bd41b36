using System.Text.Json;
using ReportScheduler.Secrets;

namespace ReportScheduler.Identities;

/// <summary>What a token says about itself, where it can be read. Nothing is
/// decided by it: only whom a token is for may look at it.</summary>
internal static class TokenClaims
{
    /// <summary>The application permissions (roles) or delegated ones (scp) in a JSON Web
    /// Token of Entra ID; none where it is another kind of text.</summary>
    public static string[] Roles(IdentityToken token)
    {
        if (token.Text.Split('.') is not [_, var payload, _])
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(Decoded(payload));
            return json.RootElement.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
                ? [.. roles.EnumerateArray().Select(role => $"{role}")]
                : json.RootElement.TryGetProperty("scp", out var scopes) ? $"{scopes}".Split(' ', StringSplitOptions.RemoveEmptyEntries)
                : [];
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            return [];
        }
    }

    private static byte[] Decoded(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4));
}
