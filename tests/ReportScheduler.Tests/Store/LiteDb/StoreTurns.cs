using ReportScheduler.Files;

namespace ReportScheduler.Tests.Store.LiteDb;

/// <summary>What a process does that takes the lock of a store and keeps it, or takes it again and again.</summary>
internal static class StoreTurns
{
    /// <summary>So many turns are looked at, from the moment when all three had one.</summary>
    public const int Wanted = 300;

    public static void Take(string path, string name)
    {
        while (true)
        {
            using var held = StoreLock.Take(path, StoreLock.Patience);
            File.AppendAllText(path + ".turns", name);
            // as long as an operation takes
            Thread.Sleep(3);
            var turns = File.ReadAllText(path + ".turns");
            if (turns.Distinct().Count() == 3
                && turns.Length - turns.Distinct().Max(other => turns.IndexOf(other, StringComparison.Ordinal)) >= Wanted)
            {
                return;
            }
        }
    }

    /// <summary>Has the lock once, and the second time never comes back. Between them the watchdog is at rest.</summary>
    public static void Hang(string path, int seconds, bool deaf)
    {
        StoreWatchdog.Limit = TimeSpan.FromSeconds(seconds);
        StoreLock.Take(path, StoreLock.Patience).Dispose();
        if (!SpinWait.SpinUntil(() => !StoreWatchdog.Beats, TimeSpan.FromMinutes(1)))
        {
            throw new TimeoutException("The watchdog goes on while nothing is watched.");
        }

        using var held = StoreLock.Take(path, StoreLock.Patience);
        Console.WriteLine("has the lock");
        if (deaf)
        {
            Console.SetError(new DeafWriter());
        }

        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Has the lock for three times the limit and says each second that it gets on.</summary>
    public static void GetOn(string path, int seconds)
    {
        StoreWatchdog.Limit = TimeSpan.FromSeconds(seconds);
        using var held = StoreLock.Take(path, StoreLock.Patience);
        for (var i = 0; i < seconds * 3 * 4; i++)
        {
            held.GetsOn();
            Thread.Sleep(250);
        }
    }

    /// <summary>Wants the lock while another has it for longer than the limit.</summary>
    public static void Wait(string path, int seconds)
    {
        StoreWatchdog.Limit = TimeSpan.FromSeconds(seconds);
        StoreLock.Take(path, StoreLock.Patience).Dispose();
    }

    private sealed class DeafWriter : StringWriter
    {
        public override void WriteLine(string? value) => Thread.Sleep(Timeout.Infinite);
    }
}
