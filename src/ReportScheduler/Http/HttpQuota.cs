namespace ReportScheduler.Http;

/// <summary>How much of the runner one key may have: so many calls a minute, and so many at once.</summary>
internal sealed class HttpQuota(TimeProvider clock)
{
    /// <summary>Calls a minute of a key that says nothing else.</summary>
    public const int Ordinary = 600;

    public const int MostAtOnce = 64;

    private readonly object gate = new();
    private readonly Dictionary<string, Share> shares = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a call from the key's quota, until what is returned is disposed of.</summary>
    /// <exception cref="HttpProblem">429.</exception>
    public IDisposable Take(ReportSchedulerKey key)
    {
        var perMinute = key.CallsPerMinute ?? Ordinary;
        lock (gate)
        {
            var now = clock.GetTimestamp();
            if (!shares.TryGetValue(key.Name, out var share))
            {
                shares[key.Name] = share = new Share { Left = perMinute, At = now };
            }
            // the quota comes back bit by bit, and not all at once at the full minute
            share.Left = Math.Min(perMinute, share.Left + (clock.GetElapsedTime(share.At, now).TotalMinutes * perMinute));
            share.At = now;
            if (share.AtOnce >= MostAtOnce)
            {
                throw HttpProblem.TooMany($"More than {MostAtOnce} requests with this key came at once.");
            }

            if (share.Left < 1)
            {
                throw HttpProblem.TooMany($"This key is good for {perMinute} calls a minute.",
                    (int)Math.Ceiling((1 - share.Left) * 60 / perMinute));
            }

            share.Left--;
            share.AtOnce++;
            return new Taken(this, share);
        }
    }

    private void GiveBack(Share share)
    {
        lock (gate)
        {
            share.AtOnce--;
        }
    }

    private sealed class Share
    {
        public double Left { get; set; }

        public long At { get; set; }

        public int AtOnce { get; set; }
    }

    private sealed class Taken(HttpQuota quota, Share share) : IDisposable
    {
        public void Dispose() => quota.GiveBack(share);
    }
}
