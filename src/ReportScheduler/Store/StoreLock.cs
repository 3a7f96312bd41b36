using System.Collections.Concurrent;
using System.Diagnostics;

namespace ReportScheduler.Store;

/// <summary>The exclusive right to use a store, among threads and processes. Dispose gives it back; so does the death of the process.</summary>
internal sealed class StoreLock : IDisposable
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Threads = new(
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly SemaphoreSlim threads;
    private readonly FileStream file;

    private StoreLock(SemaphoreSlim threads, FileStream file)
    {
        this.threads = threads;
        this.file = file;
    }

    /// <param name="storePath">The store file; the lock is a file beside it.</param>
    /// <param name="patience">How long to wait for others.</param>
    /// <exception cref="ReportException">StoreBusy when the time is over.</exception>
    public static StoreLock Take(string storePath, TimeSpan patience)
    {
        // threads of one process queue here, so that only one of them asks the operating system again and again
        var threads = Threads.GetOrAdd(storePath, _ => new SemaphoreSlim(1, 1));
        var waited = Stopwatch.StartNew();
        if (!threads.Wait(patience))
            throw ReportError.StoreBusy(storePath, patience);
        try
        {
            for (var pause = 1; ; pause = Math.Min(pause * 2, 16))
            {
                if (TryLock(storePath) is { } file)
                    return new StoreLock(threads, file);
                if (waited.Elapsed > patience)
                    throw ReportError.StoreBusy(storePath, patience);
                Thread.Sleep(Random.Shared.Next(1, pause + 1));
            }
        }
        catch
        {
            threads.Release();
            throw;
        }
    }

    public void Dispose()
    {
        file.Dispose();
        threads.Release();
    }

    private static FileStream? TryLock(string storePath)
    {
        try
        {
            return PrivateFile.Open(storePath + ".lock", FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException held) when (IsHeld(held))
        {
            return null;
        }
    }

    // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION; EWOULDBLOCK of Linux and of macOS
    private static bool IsHeld(IOException problem) => OperatingSystem.IsWindows()
        ? problem.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : problem.HResult is 11 or 35;
}
