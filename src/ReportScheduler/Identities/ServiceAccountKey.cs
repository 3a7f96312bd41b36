using System.Text.Json;

namespace ReportScheduler.Identities;

/// <summary>What the key file of a Google service account says, as the Cloud Console writes it.</summary>
internal sealed record ServiceAccountKey(string Email, string TokenUri, string PrivateKey)
{
    /// <exception cref="ReportException">It is not there, or is no such file.</exception>
    public static ServiceAccountKey Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            string Member(string name) => json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text
                ? text : throw IdentityErrors.ServiceAccountKeyNotUsable(path, $"it has no '{name}'");
            var uri = Member("token_uri");
            // the signed request for a token goes there
            return Uri.TryCreate(uri, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
                ? new ServiceAccountKey(Member("client_email"), uri, Member("private_key"))
                : throw IdentityErrors.ServiceAccountKeyNotUsable(path, "its 'token_uri' does not begin with https");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw IdentityErrors.ServiceAccountKeyNotUsable(path, "it is not JSON as the Cloud Console writes it");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw IdentityErrors.ServiceAccountKeyNotReadable(path, problem);
        }
    }

    /// <summary>Not the key.</summary>
    public override string ToString() => Email;
}
