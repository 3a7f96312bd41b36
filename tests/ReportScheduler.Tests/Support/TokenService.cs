using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace ReportScheduler.Tests.Support;

/// <summary>A service on loopback that gives tokens, written from the public pages.</summary>
/// <remarks>
/// The client credentials grant (RFC 6749 section 4.4) as Entra ID has it at <c>/{tenant}/oauth2/v2.0/token</c>
/// (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow), with a secret or a signed
/// assertion (RFC 7523); the grant of a service account at <c>/token</c>
/// (https://developers.google.com/identity/protocols/oauth2/service-account); and the managed identity of an app at <c>/msi/token</c>
/// (https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference).
/// </remarks>
internal sealed class TokenService : IDisposable
{
    private readonly LoopbackListener listener;
    private readonly string scheme;
    private int number;

    /// <param name="certificate">Speaks TLS with it; plain text when null.</param>
    public TokenService(X509Certificate2? certificate = null)
    {
        scheme = certificate is null ? "http" : "https";
        listener = new LoopbackListener(Serve, certificate);
    }

    public int Port => listener.Port;

    public string Address => $"{scheme}://127.0.0.1:{Port}";

    public string Tenant { get; init; } = "aaaaaaaa-0000-0000-0000-000000000001";

    public string Client { get; init; } = "bbbbbbbb-0000-0000-0000-000000000002";

    /// <summary>The application's secret; assertions are taken as they are.</summary>
    public string Secret { get; set; } = "s3cret~of-the-application";

    /// <summary>How long a token holds.</summary>
    public TimeSpan Life { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The permissions in a token.</summary>
    public string[] Roles { get; set; } = ["SMTP.SendAsApp", "Mail.Send"];

    /// <summary>The audience of tokens, in place of the one that was asked for; null for that one.</summary>
    public string? Audience { get; set; }

    /// <summary>The text of each token; null for one of its own each time.</summary>
    public string? Fixed { get; set; }

    /// <summary>Another answer than the usual one; null for the usual one.</summary>
    public Func<TokenRequest, (int Status, string Json)?> Answer { get; set; } = _ => null;

    /// <summary>Further lines of the head of each answer, such as Location.</summary>
    public string Headers { get; set; } = "";

    public ConcurrentQueue<TokenRequest> Requests { get; } = new();

    public ConcurrentQueue<IssuedToken> Issued { get; } = new();

    /// <summary>Entra ID's refusal with a code, in its words.</summary>
    public static (int Status, string Json) Refusal(int code, string words, string error = "invalid_client", int status = 401) =>
        (status, JsonSerializer.Serialize(new
    {
        error,
        error_description = $"AADSTS{code}: {words} Trace ID: 11111111-1111-1111-1111-111111111111 Correlation ID: "
            + "22222222-2222-2222-2222-222222222222 Timestamp: 2026-11-28 10:00:00Z",
        error_codes = new[] { code },
        timestamp = "2026-11-28 10:00:00Z",
        trace_id = "11111111-1111-1111-1111-111111111111",
        correlation_id = "22222222-2222-2222-2222-222222222222",
    }));

    /// <summary>Whether a token is one of these, is for that audience, and has not ended.</summary>
    public bool Takes(string token, string audience) =>
        Issued.Any(known => known.Text == token && known.Audience == audience && known.EndsAt > TimeProvider.System.GetUtcNow());

    public void Dispose() => listener.Dispose();

    private async Task Serve(Stream stream, CancellationToken stop)
    {
        while (await PlainHttpRequest.Read(stream, stop) is { } got)
        {
            var request = Request(got);
            Requests.Enqueue(request);
            var (status, json) = Answer(request) ?? Usual(request);
            var body = Encoding.UTF8.GetBytes(json);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status} x\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{Headers}\r\n"), stop);
            await stream.WriteAsync(body, stop);
        }
    }

    private static TokenRequest Request(PlainHttpRequest got) => new(
        got.Target,
        Encoding.UTF8.GetString(got.Body).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[^1]), StringComparer.Ordinal),
        got.Headers);

    private (int Status, string Json) Usual(TokenRequest request)
    {
        var path = request.Path.Split('?')[0];
        return path == $"/{Tenant}/oauth2/v2.0/token" ? Entra(request)
            : path == "/token" ? Google(request)
            : path == "/msi/token" ? Managed(request)
            : path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal)
            ? Refusal(90002, $"Tenant '{path.Split('/')[1]}' not found.", "invalid_request", 400)
            : path.EndsWith("/.well-known/openid-configuration", StringComparison.Ordinal) ? (200, JsonSerializer.Serialize(new
            {
                token_endpoint = $"{Address}/{Tenant}/oauth2/v2.0/token",
                authorization_endpoint = $"{Address}/{Tenant}/oauth2/v2.0/authorize",
                issuer = $"{Address}/{Tenant}/v2.0",
            }))
            : (404, "{}");
    }

    private (int Status, string Json) Entra(TokenRequest request)
    {
        var form = request.Form;
        return form.GetValueOrDefault("client_id") != Client ? Refusal(700016,
            $"Application with identifier '{form.GetValueOrDefault("client_id")}' was not found in the directory 'Contoso'.",
            "unauthorized_client", 400)
            : !form.ContainsKey("client_assertion") && form.GetValueOrDefault("client_secret") != Secret
                ? Refusal(7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
                    + $"value, not the client secret ID, for a secret added to app '{Client}'.")
            : Token(request.Scope![..^"/.default".Length], expiresAt: false);
    }

    private (int Status, string Json) Google(TokenRequest request) =>
        request.Form.GetValueOrDefault("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer"
        ? (400, """{"error":"unsupported_grant_type"}""")
        : Token(Claims(request.Form["assertion"]).GetProperty("scope").GetString()!, expiresAt: false);

    private (int Status, string Json) Managed(TokenRequest request) =>
        Token(WebUtility.UrlDecode(request.Path.Split("resource=")[1].Split('&')[0]), expiresAt: true);

    private (int Status, string Json) Token(string audience, bool expiresAt)
    {
        var end = TimeProvider.System.GetUtcNow() + Life;
        var given = Audience ?? audience;
        var claims = new { aud = given, roles = Roles, n = Interlocked.Increment(ref number), exp = end.ToUnixTimeSeconds() };
        var text = Fixed ?? string.Join('.', Encode("""{"alg":"RS256","typ":"JWT"}"""), Encode(JsonSerializer.Serialize(claims)),
            Encode(Guid.NewGuid().ToString()));
        Issued.Enqueue(new IssuedToken(text, given, end));
        return (200, expiresAt
            ? JsonSerializer.Serialize(
                new { access_token = text, expires_on = $"{end.ToUnixTimeSeconds()}", resource = given, token_type = "Bearer" })
            : JsonSerializer.Serialize(new { access_token = text, expires_in = (int)Life.TotalSeconds, token_type = "Bearer" }));
    }

    /// <summary>What stands in a signed assertion.</summary>
    public static JsonElement Claims(string assertion)
    {
        var payload = assertion.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonDocument.Parse(Convert.FromBase64String(payload + new string('=', (4 - (payload.Length % 4)) % 4))).RootElement;
    }

    private static string Encode(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
