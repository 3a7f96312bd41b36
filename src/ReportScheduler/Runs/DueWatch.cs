using System.Diagnostics;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Knows when something is due next, and starts it then.</summary>
/// <remarks>The store is asked only when something is due or a definition changed.</remarks>
internal sealed class DueWatch(IReportStore store, TimeProvider clock, RunPool pool, RunnerHealth health)
{
    /// <summary>Changes by other processes are noticed within two seconds; looking more often only costs.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(1.5);

    /// <summary>Where reports follow one another, what other processes changed is asked for at most so often.</summary>
    private static readonly TimeSpan AskOthers = TimeSpan.FromSeconds(0.4);

    private DateTimeOffset? nextDue;
    private DateTimeOffset? nextDelivery;
    private long definitions = -1;
    private long? askedOthersAt;
    private long lookedForRunsAt;

    /// <summary>Whether mail is known to be due.</summary>
    public bool IsMailDue => nextDelivery <= clock.GetUtcNow();

    /// <summary>Whether it is time again to ask what other processes changed.</summary>
    /// <remarks>What the reports of this runner tell says nothing of others; real time, because it is about how much is asked.</remarks>
    public bool AsksOthers()
    {
        // what is due goes first: the store itself says whether something else was changed
        var asks = askedOthersAt is not { } at || Stopwatch.GetElapsedTime(at) >= (nextDue <= clock.GetUtcNow() ? Look : AskOthers);
        if (asks)
        {
            askedOthersAt = Stopwatch.GetTimestamp();
        }

        return asks;
    }

    /// <summary>What other processes changed is asked for at the next chance.</summary>
    public void ExpectChange() => askedOthersAt = null;

    /// <summary>Nothing that was read is relied on any more.</summary>
    public void Forget() => (definitions, askedOthersAt) = (-1, null);

    /// <summary>Reads what is due next where a definition is another one by now.</summary>
    public void ReadDefinitions(bool asksOthers)
    {
        var version = asksOthers || definitions < 0 ? store.DefinitionVersion : definitions;
        if (version != definitions)
        {
            // another key may be in use by now, which is not here
            store.CheckReady();
            nextDue = store.GetEarliestDue();
            definitions = version;
            pool.SayRunsMayWait();
        }
    }

    /// <summary>Starts what is due, and what waits, as far as there are free threads.</summary>
    public void Start(DateTimeOffset now)
    {
        if (nextDue <= now)
        {
            nextDue = pool.StartDue();
            health.StoreUsed();
        }

        StartMail(now);
        LookForRuns();
        pool.StartWaiting();
    }

    public TimeSpan UntilNext()
    {
        var next = new[] { nextDue, nextDelivery }.Min() - clock.GetUtcNow() ?? Look;
        return next < TimeSpan.Zero ? TimeSpan.FromMilliseconds(20) : next < Look ? next : Look;
    }

    private void StartMail(DateTimeOffset now)
    {
        if (pool.TakeMailMayWait())
        {
            nextDelivery = store.GetEarliestDelivery();
        }

        nextDelivery = pool.TakeMailDueAt() is { } due && !(nextDelivery <= due) ? due : nextDelivery;
        if (nextDelivery <= now)
        {
            nextDelivery = pool.StartDelivering();
        }
    }

    /// <summary>What waits for the run of its task that is going on elsewhere is asked
    /// for now and then: nobody says when that is over.</summary>
    private void LookForRuns()
    {
        if (pool.AreRunsWaiting && clock.GetElapsedTime(lookedForRunsAt) >= Look)
        {
            lookedForRunsAt = clock.GetTimestamp();
            pool.SayRunsMayWait();
        }
    }
}
