namespace ReportScheduler.Runs;

/// <summary>Whether a runner does its work, as others ask it from outside: its passes, and its store.</summary>
/// <remarks>Times are elapsed ones: a clock that is set makes no runner ill. Written by the runner's thread, read by any.</remarks>
internal sealed class RunnerHealth(TimeProvider clock)
{
    /// <summary>A runner whose last pass, or last use of the store, is longer ago is ill.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A store that was not written for so long is tried, so that a broken one is noticed before something is due.</summary>
    private static readonly TimeSpan TryStoreAfter = TimeSpan.FromSeconds(10);

    private readonly object gate = new();
    private long pass = clock.GetTimestamp();
    private long store = clock.GetTimestamp();
    private DateTimeOffset? passAt;
    private bool wasStoreUsed;
    private bool isStopping;
    private string? trouble;

    /// <summary>When the last pass ended, in UTC; null before the first one.</summary>
    public DateTimeOffset? LastPassAt => Read(() => passAt);

    /// <summary>Whether the runner takes on nothing new.</summary>
    public bool IsStopping => Read(() => isStopping);

    /// <summary>Whether the store could be used a short time ago.</summary>
    public bool IsStoreUsable => Read(() => clock.GetElapsedTime(store) <= Patience);

    public bool IsStoreToBeTried => Read(() => !wasStoreUsed || trouble is not null || clock.GetElapsedTime(store) >= TryStoreAfter);

    /// <summary>What is wrong, in words; null for nothing. One that is stopping is not ill.</summary>
    public string? Problem => Read(() =>
        isStopping ? null
        : clock.GetElapsedTime(store) > Patience ? $"The store could not be used for {Seconds(store)} seconds."
        : clock.GetElapsedTime(pass) > Patience ? $"No pass was made for {Seconds(pass)} seconds."
        : null);

    /// <summary>Why calls that start something would not be carried out now, in words; null when they would.</summary>
    public string? NotReady =>
        Read(() => isStopping ? "The runner is stopping." : passAt is null ? "The runner is starting." : trouble) ?? Problem;

    public void PassMade() => Write(() => (pass, passAt) = (clock.GetTimestamp(), clock.GetUtcNow()));

    public void StoreUsed() => Write(() => (store, wasStoreUsed, trouble) = (clock.GetTimestamp(), true, null));

    /// <summary>Takes note of what kept the store from being used; one that is busy is waited for.</summary>
    public void StoreFailed(StoreTrouble? why) => Write(() => trouble = why is { IsBusy: false } ? why.Words : trouble);

    public void Stopping() => Write(() => isStopping = true);

    private int Seconds(long since) => (int)clock.GetElapsedTime(since).TotalSeconds;

    private T Read<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }

    private void Write(Action write)
    {
        lock (gate)
        {
            write();
        }
    }
}
