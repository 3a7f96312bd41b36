using System.Diagnostics;

namespace ReportScheduler.Store.Relational;

/// <summary>The database's time, without asking it each time: it is measured now and then, and what passes between is counted.</summary>
/// <remarks>
/// Waits and records go by it; what decides who may do something is asked in the statement itself. This computer's clock
/// may be wrong, and may be set, without changing anything.
/// </remarks>
internal sealed class DatabaseClock(RelationalDatabase database) : TimeProvider
{
    private static readonly TimeSpan MeasureAfter = TimeSpan.FromSeconds(30);

    private readonly object gate = new();
    private DateTimeOffset? measured;
    private long measuredAt;

    /// <exception cref="ReportException">The database was never reached.</exception>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            if (measured is null || Stopwatch.GetElapsedTime(measuredAt) > MeasureAfter)
            {
                Measure();
            }

            return measured!.Value + Stopwatch.GetElapsedTime(measuredAt);
        }
    }

    private void Measure()
    {
        try
        {
            (measured, measuredAt) = database.Once(Ask);
        }
        catch (ReportException) when (measured is not null)
        {
            // it goes on as it was; whoever uses the store says what is wrong
        }
    }

    private static (DateTimeOffset Now, long At) Ask(StoreSession session)
    {
        var before = Stopwatch.GetTimestamp();
        var ticks = session.Scalar<long>("select now_at from clock");
        return (new DateTimeOffset(ticks, TimeSpan.Zero) + Stopwatch.GetElapsedTime(before) / 2, Stopwatch.GetTimestamp());
    }
}
