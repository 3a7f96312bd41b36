using System.Collections.Concurrent;

namespace ReportScheduler.Files;

/// <summary>Ends the process when one operation holds the lock of a store for so long that it will never end.</summary>
/// <remarks>
/// Nothing else can: a thread that hangs in a dead network disk or goes round in damaged pages cannot be stopped, and while it
/// holds the lock no process can use the store. What it was about to write is not written, or is whole in the log. The time is
/// counted in beats of a timer, so that a process or a computer that slept meanwhile does not count it.
/// </remarks>
internal static class StoreWatchdog
{
    /// <summary>The exit code of a process that was ended, EX_IOERR of sysexits.h.</summary>
    public const int ExitCode = 74;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeToLeave = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<Watch, bool> Held = new();
    private static readonly object Gate = new();
    private static readonly Timer Clock = new(_ => Look(), null, Timeout.Infinite, Timeout.Infinite);
    private static bool beats;

    /// <summary>For how long an operation may hold a lock.</summary>
    public static TimeSpan Limit { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Whether the timer goes: while nothing is watched, a process that has nothing to do is not woken.</summary>
    public static bool Beats => Volatile.Read(ref beats);

    /// <summary>Watches an operation until what this returns is disposed.</summary>
    public static Watch Begin(string storePath)
    {
        var watch = new Watch(storePath);
        lock (Gate)
        {
            Held[watch] = true;
            if (!beats)
            {
                beats = Clock.Change(Beat, Beat);
            }
        }

        return watch;
    }

    private static void Look()
    {
        lock (Gate)
        {
            if (Held.IsEmpty)
            {
                beats = !Clock.Change(Timeout.Infinite, Timeout.Infinite);
            }
        }

        foreach (var watch in Held.Keys)
        {
            if (watch.Beat() * Beat > Limit && Held.TryRemove(watch, out _))
            {
                End(watch.StorePath);
            }
        }
    }

    private static void End(string storePath)
    {
        // a console that nobody reads, and leaving in order, may both wait for ever
        var leaving = new Thread(() =>
        {
            Console.Error.WriteLine(FileErrors.StoreStuck(storePath, Limit).Message);
            Environment.Exit(ExitCode);
        })
        { IsBackground = true };
        leaving.Start();
        leaving.Join(TimeToLeave);
        Environment.FailFast($"An operation on the store '{storePath}' hangs.");
    }

    /// <summary>One operation that has the lock.</summary>
    internal sealed class Watch(string storePath) : IDisposable
    {
        private int beats;

        public string StorePath => storePath;

        /// <summary>Counts the time from now.</summary>
        public void Again() => Volatile.Write(ref beats, 0);

        public int Beat() => Interlocked.Increment(ref beats);

        public void Dispose() => Held.TryRemove(this, out _);
    }
}
