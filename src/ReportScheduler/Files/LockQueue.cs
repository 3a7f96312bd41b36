using System.Collections.Concurrent;

namespace ReportScheduler.Files;

/// <summary>Fairness among processes: one that uses the lock again and again lets the others go first.</summary>
/// <remarks>Each waiting process has a file beside the lock open. Without it, who asks every few milliseconds may ask in vain for half a minute.</remarks>
internal static class LockQueue
{
    /// <summary>Longer than the others sleep between two questions.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Recently = TimeSpan.FromMilliseconds(100);

    private static readonly ConcurrentDictionary<string, long> ReleasedAt = new(StringComparer.Ordinal);

    /// <summary>Waits a moment when this process had the lock just now and others wait for it.</summary>
    public static void LetOthersGoFirst(string storePath)
    {
        if (ReleasedAt.TryGetValue(storePath, out var at) && Environment.TickCount64 - at < Recently.TotalMilliseconds && IsAnybodyWaiting(storePath))
            Thread.Sleep(Courtesy);
    }

    /// <summary>Says that this process waits, until what this returns is disposed; null where that cannot be said.</summary>
    public static IDisposable? Join(string storePath)
    {
        try
        {
            return PrivateFile.Open(PathFor(storePath), FileMode.OpenOrCreate, FileShare.ReadWrite);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void SayReleased(string storePath) => ReleasedAt[storePath] = Environment.TickCount64;

    private static string PathFor(string storePath) => storePath + ".wait";

    private static bool IsAnybodyWaiting(string storePath)
    {
        try
        {
            if (!File.Exists(PathFor(storePath)))
                return false;
            PrivateFile.Open(PathFor(storePath), FileMode.Open, FileShare.None).Dispose();
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
