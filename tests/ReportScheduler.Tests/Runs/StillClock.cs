namespace ReportScheduler.Tests.Runs;

/// <summary>A clock that is set, and whose timers have not gone off yet, as right after a computer slept.</summary>
internal sealed class StillClock(DateTimeOffset now) : TimeProvider
{
    private long ticks = now.UtcTicks;

    /// <summary>Is called whenever a time was read and before whoever asked for it has it.</summary>
    public Action Asked { get; init; } = () => { };

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Set(DateTimeOffset time) => Interlocked.Exchange(ref ticks, time.UtcTicks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override long GetTimestamp()
    {
        var read = Interlocked.Read(ref ticks);
        Asked();
        return read;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new StillTimer();

    private sealed class StillTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
