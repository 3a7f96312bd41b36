using System.Diagnostics;

namespace ReportScheduler.Files;

/// <summary>Fairness among processes: whoever wants the lock of a store stands at the head of the queue first.</summary>
/// <remarks>
/// The head is a lock of its own, held until the lock of the store is taken. A process that has just used the store and wants it
/// again finds the head taken by one that waits. Those behind ask the more often the longer they have waited, so the oldest is
/// likely the next.
/// </remarks>
internal static class LockQueue
{
    /// <summary>After so long the head is passed by: it may be held by a process that somebody stopped.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(16);

    /// <summary>Waits for the head of the queue, and has it until what this returns is disposed.</summary>
    /// <returns>Null where it cannot be had.</returns>
    public static IDisposable? Enter(string storePath)
    {
        var waited = Stopwatch.StartNew();
        for (var pause = FirstPause.TotalMilliseconds; waited.Elapsed < Longest; pause = Math.Max(1, pause * 0.75))
        {
            try
            {
                if (LockFile.TryOpen(PathFor(storePath)) is { } head)
                {
                    return head;
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                return null;
            }

            Thread.Sleep(TimeSpan.FromMilliseconds(pause * (0.5 + (Random.Shared.NextDouble() / 2))));
        }

        return null;
    }

    public static string PathFor(string storePath) => storePath + ".wait";
}
