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
    private static readonly ConcurrentDictionary<Entry, bool> Held = new();
    private static readonly Timer Clock = new(_ => Look(), null, Beat, Beat);

    /// <summary>For how long an operation may hold a lock.</summary>
    public static TimeSpan Limit { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Watches an operation until what this returns is disposed.</summary>
    public static IDisposable Watch(string storePath)
    {
        var entry = new Entry(storePath);
        Held[entry] = true;
        return entry;
    }

    private static void Look()
    {
        foreach (var entry in Held.Keys)
        {
            if (++entry.Beats * Beat > Limit && Held.TryRemove(entry, out _))
                End(entry.StorePath);
        }
    }

    private static void End(string storePath)
    {
        Console.Error.WriteLine(FileErrors.StoreStuck(storePath, Limit).Message);
        // leaving in order may wait for the thread that hangs
        new Thread(() => Environment.Exit(ExitCode)) { IsBackground = true }.Start();
        Thread.Sleep(TimeSpan.FromSeconds(5));
        Environment.FailFast($"An operation on the store '{storePath}' hangs.");
    }

    private sealed class Entry(string storePath) : IDisposable
    {
        public string StorePath => storePath;

        public int Beats { get; set; }

        public void Dispose()
        {
            Held.TryRemove(this, out _);
            GC.KeepAlive(Clock);
        }
    }
}
