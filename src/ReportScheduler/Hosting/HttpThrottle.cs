using System.Net;

namespace ReportScheduler.Hosting;

/// <summary>Slows down addresses that try keys that are not right.</summary>
internal sealed class HttpThrottle(TimeProvider clock)
{
    /// <summary>After this many failures within a minute an address gets 429 until the minute is over.</summary>
    public const int MostFailures = 20;

    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<IPAddress, (int Count, DateTimeOffset Until)> failures = [];

    /// <exception cref="HttpProblem">429.</exception>
    public void Check(IPAddress from)
    {
        lock (failures)
        {
            if (failures.TryGetValue(from, out var entry) && entry.Until > clock.GetUtcNow() && entry.Count >= MostFailures)
                throw HttpProblem.TooMany("Too many requests without a right key came from this address.");
        }
    }

    /// <returns>How long the answer should wait: longer with each failure, up to a second.</returns>
    public TimeSpan Fail(IPAddress from)
    {
        lock (failures)
        {
            var now = clock.GetUtcNow();
            if (failures.Count >= MostAddresses)
                failures.Clear();
            var count = failures.TryGetValue(from, out var entry) && entry.Until > now ? entry.Count + 1 : 1;
            failures[from] = (count, now + Minute);
            return TimeSpan.FromMilliseconds(Math.Min(1000, 10 * Math.Pow(2, Math.Min(count, 10))));
        }
    }
}
