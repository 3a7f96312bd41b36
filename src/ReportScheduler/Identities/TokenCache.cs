using System.Collections.Concurrent;
using ReportScheduler.Secrets;

namespace ReportScheduler.Identities;

/// <summary>Tokens of this process, in memory only. Each is fetched once however many ask, and again before it ends.</summary>
/// <param name="clock">Says what time it is.</param>
internal sealed class TokenCache(TimeProvider clock)
{
    /// <summary>A token that ends sooner is renewed: what it is used for may take a while.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>The cache of this process.</summary>
    public static TokenCache Shared { get; } = new(TimeProvider.System);

    /// <param name="key">Which identity, with all that it is made of, and what for.</param>
    /// <param name="fetch">Gets a new token.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<IdentityToken> GetAsync(string key, Func<CancellationToken, Task<IdentityToken>> fetch, CancellationToken cancel)
    {
        var entry = entries.GetOrAdd(key, _ => new Entry());
        if (entry.Fresh(clock.GetUtcNow()) is { } known)
        {
            return known;
        }

        await entry.Turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (entry.Fresh(clock.GetUtcNow()) is { } made)
            {
                return made;
            }

            var asked = clock.GetUtcNow();
            var token = await fetch(cancel).ConfigureAwait(false);
            entry.Keep(token, asked);
            return token;
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    /// <summary>Drops a token.</summary>
    public void Forget(string key)
    {
        if (entries.TryGetValue(key, out var entry))
        {
            entry.Drop();
        }
    }

    private sealed class Entry
    {
        private (IdentityToken Token, DateTimeOffset RenewAt)? kept;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public IdentityToken? Fresh(DateTimeOffset now)
        {
            lock (Turn)
            {
                return kept is { } known && now < known.RenewAt ? known.Token : null;
            }
        }

        public void Keep(IdentityToken token, DateTimeOffset asked)
        {
            // of a token that is short from the start, half of its time
            var life = token.ExpiresAt - asked;
            lock (Turn)
            {
                kept = (token, token.ExpiresAt - (life < Margin * 2 ? life / 2 : Margin));
            }
        }

        public void Drop()
        {
            lock (Turn)
            {
                kept = null;
            }
        }
    }
}
