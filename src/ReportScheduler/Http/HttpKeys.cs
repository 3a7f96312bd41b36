using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Store;

namespace ReportScheduler.Http;

/// <summary>Who may call: a key as bearer token, or a signature made with it.</summary>
internal sealed class HttpKeys(IReportStore store, TimeProvider clock, string? apiKey)
{
    private readonly object gate = new();
    private IReadOnlyList<(ReportSchedulerKey Key, byte[] Secret)> known = [];
    private Task<IReadOnlyList<(ReportSchedulerKey Key, byte[] Secret)>>? reading;
    private long? definitions;

    /// <summary>Whether anybody can get in at all.</summary>
    public bool HasAny => Read().Count > 0;

    /// <summary>Looks at the headers alone.</summary>
    /// <returns>The key, and the signature that is still to be checked against the body; null for a bearer token.</returns>
    /// <exception cref="HttpProblem">401.</exception>
    public async Task<(ReportSchedulerKey Key, HttpSignature? Signature)> FindAsync(HttpRequest request)
    {
        if (request.Header("Authorization") is { } authorization)
        {
            return (CheckBearer(authorization, await KnownAsync().ConfigureAwait(false)), null);
        }

        if (request.Header("X-Report-Signature") is null)
        {
            throw HttpProblem.NoKey("Send a key as 'Authorization: Bearer <key>', or sign the request.");
        }

        var name = request.Header("X-Report-Key") ?? "";
        var (key, secret) = (await KnownAsync().ConfigureAwait(false)).FirstOrDefault(
            entry => entry.Key.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return key is null ? throw HttpSignature.Wrong() : (key, HttpSignature.Of(request, secret, clock.GetUtcNow()));
    }

    /// <summary>Takes note that a signature was used.</summary>
    /// <exception cref="HttpProblem">401: it was used before, by any caller of any runner of the store.</exception>
    public void Use(HttpSignature signature)
    {
        if (!store.UseOnce(signature.OnceKey, signature.GoodUntil))
        {
            throw HttpProblem.NoKey(
                "This signature was used already; sign each request anew, with an X-Report-Nonce of its own where two are equal.");
        }
    }

    private static ReportSchedulerKey CheckBearer(string authorization, IReadOnlyList<(ReportSchedulerKey Key, byte[] Secret)> keys)
    {
        const string Scheme = "Bearer ";
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(
            authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : ""));
        ReportSchedulerKey? found = null;
        // all are compared, so that the time says nothing about which one was near
        foreach (var (key, secret) in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(secret)))
            {
                found = key;
            }
        }

        return found ?? throw HttpProblem.NoKey("This key is not known.");
    }

    // a store that is busy makes callers wait, and not the threads that all of them share
    private Task<IReadOnlyList<(ReportSchedulerKey Key, byte[] Secret)>> KnownAsync()
    {
        var version = store.DefinitionVersion;
        lock (gate)
        {
            if (definitions == version)
            {
                return Task.FromResult(known);
            }

            if (reading is not { IsCompleted: false })
            {
                reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            return reading;
        }
    }

    private IReadOnlyList<(ReportSchedulerKey Key, byte[] Secret)> Read()
    {
        var version = store.DefinitionVersion;
        IReadOnlyList<(ReportSchedulerKey Key, byte[] Secret)> found =
        [
            .. store.Keys.All().Select(key => (key, Encoding.UTF8.GetBytes(store.Secrets.Unprotect(key.ProtectedKey)))),
            .. apiKey is null ? [] : new[] { (new ReportSchedulerKey { Name = "-ApiKey" }, Encoding.UTF8.GetBytes(apiKey)) },
        ];
        lock (gate)
        {
            (known, definitions) = (found, version);
        }

        return found;
    }
}
