using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Store;

namespace ReportScheduler.Hosting;

/// <summary>Who may call: a key as bearer token, or a signature made with it.</summary>
/// <remarks>
/// The signature is the HMAC-SHA256, in hex, of timestamp, method, path with query and body, joined by line feeds, in the
/// headers X-Report-Key (name of the key), X-Report-Timestamp (Unix seconds, at most five minutes off) and
/// X-Report-Signature. A signature is good once.
/// </remarks>
internal sealed class HttpKeys(IReportStore store, TimeProvider clock, string? apiKey)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly object gate = new();
    private readonly Dictionary<string, DateTimeOffset> used = new(StringComparer.Ordinal);
    private IReadOnlyList<(ReportSchedulerKey Key, byte[] Secret)> known = [];
    private long? definitions;

    /// <summary>Whether anybody can get in at all.</summary>
    public bool HasAny => Known().Count > 0;

    /// <exception cref="HttpProblem">401.</exception>
    public ReportSchedulerKey Check(HttpRequest request) =>
        request.Header("Authorization") is { } authorization ? CheckBearer(authorization)
        : request.Header("X-Report-Signature") is { } signature ? CheckSignature(request, signature)
        : throw HttpProblem.NoKey("Send a key as 'Authorization: Bearer <key>', or sign the request.");

    private ReportSchedulerKey CheckBearer(string authorization)
    {
        const string Scheme = "Bearer ";
        var given = Digest(authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : "");
        ReportSchedulerKey? found = null;
        // all are compared, so that the time says nothing about which one was near
        foreach (var (key, secret) in Known())
        {
            if (CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(secret)))
                found = key;
        }
        return found ?? throw HttpProblem.NoKey("This key is not known.");
    }

    private ReportSchedulerKey CheckSignature(HttpRequest request, string signature)
    {
        var timestamp = request.Header("X-Report-Timestamp") ?? "";
        var name = request.Header("X-Report-Key") ?? "";
        var now = clock.GetUtcNow();
        var isRecent = long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds < 253402300800 && (DateTimeOffset.FromUnixTimeSeconds(seconds) - now).Duration() <= Window;
        var (key, secret) = Known().FirstOrDefault(entry => entry.Key.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{timestamp}\n{request.Method}\n{request.RawPath}\n"), .. request.Body];
        var expected = Convert.ToHexString(HMACSHA256.HashData(secret ?? [], signed));
        var isRight = CryptographicOperations.FixedTimeEquals(Digest(expected), Digest(signature.ToUpperInvariant()));
        if (key is null || !isRight || !isRecent)
            throw HttpProblem.NoKey("The signature, its timestamp or the name of its key is not right.");
        lock (gate)
        {
            foreach (var old in used.Where(entry => entry.Value < now).Select(entry => entry.Key).ToList())
                used.Remove(old);
            if (!used.TryAdd(expected, now + Window + Window))
                throw HttpProblem.NoKey("This signature was used already; sign each request anew.");
        }
        return key;
    }

    private IReadOnlyList<(ReportSchedulerKey Key, byte[] Secret)> Known()
    {
        lock (gate)
        {
            var version = store.DefinitionVersion;
            if (definitions != version)
            {
                known =
                [
                    .. store.GetKeys().Select(key => (key, Encoding.UTF8.GetBytes(store.Secrets.Unprotect(key.ProtectedKey)))),
                    .. apiKey is null ? [] : new[] { (new ReportSchedulerKey { Name = "-ApiKey" }, Encoding.UTF8.GetBytes(apiKey)) },
                ];
                definitions = version;
            }
            return known;
        }
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
