using System.Net;

namespace ReportScheduler.Http;

/// <summary>Slows down addresses that try keys that are not right.</summary>
/// <remarks>A right key is never refused: behind a reverse proxy all callers have one
/// address, and one of them must not lock out the others.</remarks>
internal sealed class HttpThrottle(TimeProvider clock)
{
    /// <summary>After this many wrong keys within a minute an address gets 429 for them.</summary>
    public const int MostFailures = 20;

    private const int MostAddresses = 10_000;

    /// <summary>Answers that wait hold a connection; more are answered without waiting.</summary>
    private const int MostWaiting = 16;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<IPAddress, (int Count, DateTimeOffset Until)> failures = [];
    private int waiting;

    /// <summary>Takes note of a wrong key, and waits: longer with each one of its address, up to a second.</summary>
    /// <returns>The answer: what was wrong, or 429 for an address that goes on and on.</returns>
    public async Task<HttpProblem> FailAsync(IPAddress from, HttpProblem problem, CancellationToken stop)
    {
        var count = Count(HttpCallers.Of(from));
        var isOver = Interlocked.Increment(ref waiting) > MostWaiting || count > MostFailures;
        try
        {
            if (isOver)
            {
                return HttpProblem.TooMany("Too many requests without a right key came from this address.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 10 * Math.Pow(2, Math.Min(count, 10)))), clock, stop)
                .ConfigureAwait(false);
            return problem;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private int Count(IPAddress from)
    {
        lock (failures)
        {
            var now = clock.GetUtcNow();
            if (failures.Count >= MostAddresses)
            {
                failures.Clear();
            }

            var count = failures.TryGetValue(from, out var entry) && entry.Until > now ? entry.Count + 1 : 1;
            failures[from] = (count, now + Minute);
            return count;
        }
    }
}
