using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ReportScheduler.Http;

/// <summary>A signature whose headers are right, and whose body is still to come.</summary>
/// <remarks>
/// The signature is the HMAC-SHA256, in hex, of timestamp, nonce where there is one, method, path with query and body, joined
/// by line feeds, in the headers X-Report-Key (name of the key), X-Report-Timestamp (Unix seconds, at most five minutes off),
/// X-Report-Nonce and X-Report-Signature. It is good once.
/// </remarks>
internal sealed partial class HttpSignature
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly byte[] secret;
    private readonly byte[] signedHead;
    private readonly string given;

    private HttpSignature(byte[] secret, byte[] signedHead, string given, DateTimeOffset goodUntil) =>
        (this.secret, this.signedHead, this.given, GoodUntil) = (secret, signedHead, given, goodUntil);

    /// <summary>From when on its timestamp is too old.</summary>
    public DateTimeOffset GoodUntil { get; }

    /// <summary>What the store remembers of it.</summary>
    public string OnceKey => $"signature:{Convert.ToHexString(SHA256.HashData([.. secret, .. Encoding.UTF8.GetBytes(given)]))}";

    /// <exception cref="HttpProblem">401.</exception>
    public static HttpSignature Of(HttpRequest request, byte[] secret, DateTimeOffset now)
    {
        var timestamp = request.Header("X-Report-Timestamp") ?? "";
        var nonce = request.Header("X-Report-Nonce");
        if (nonce is not null && !Nonce().IsMatch(nonce))
        {
            throw HttpProblem.BadRequest("An X-Report-Nonce is 1 to 100 letters, digits, hyphens and underscores.");
        }

        var isNumber = long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253402300800;
        var at = isNumber ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        if (!isNumber || (at - now).Duration() > Window)
        {
            throw Wrong();
        }

        var head = $"{timestamp}\n{(nonce is null ? "" : nonce + "\n")}{request.Method}\n{request.RawPath}\n";
        return new HttpSignature(secret, Encoding.UTF8.GetBytes(head), (request.Header("X-Report-Signature") ?? "").ToUpperInvariant(),
            at + Window);
    }

    public static HttpProblem Wrong() => HttpProblem.NoKey("The signature, its timestamp or the name of its key is not right.");

    /// <exception cref="HttpProblem">401.</exception>
    public void Check(byte[] body)
    {
        var expected = Convert.ToHexString(HMACSHA256.HashData(secret, (byte[])[.. signedHead, .. body]));
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(expected)),
            SHA256.HashData(Encoding.UTF8.GetBytes(given))))
        {
            throw Wrong();
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,100}\z")]
    private static partial Regex Nonce();
}
