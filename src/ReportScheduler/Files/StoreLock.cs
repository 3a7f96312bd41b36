using System.Collections.Concurrent;
using System.Diagnostics;

namespace ReportScheduler.Files;

/// <summary>The exclusive right to use a store, among threads and processes. Dispose
/// gives it back; so does the death of the process.</summary>
internal sealed class StoreLock : IDisposable
{
    /// <summary>How long an operation on a store waits for the operations of others.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Threads = new(
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>The stores of which this process knows that locks work there.</summary>
    private static readonly ConcurrentDictionary<string, bool> Proven = new(StringComparer.Ordinal);

    private readonly string storePath;
    private readonly SemaphoreSlim threads;
    private readonly FileStream file;
    private readonly StoreWatchdog.Watch watch;

    private StoreLock(string storePath, SemaphoreSlim threads, FileStream file)
    {
        (this.storePath, this.threads, this.file) = (storePath, threads, file);
        watch = StoreWatchdog.Begin(storePath);
    }

    /// <param name="storePath">The store file; the lock is a file beside it.</param>
    /// <param name="patience">How long to wait for others.</param>
    /// <exception cref="ReportException">StoreBusy when the time is over; StoreLockUseless where locks do not work.</exception>
    public static StoreLock Take(string storePath, TimeSpan patience)
    {
        // threads of one process queue here, so that only one of them asks the operating system again and again
        var threads = Threads.GetOrAdd(storePath, _ => new SemaphoreSlim(1, 1));
        var waited = Stopwatch.StartNew();
        if (!threads.Wait(patience))
        {
            throw FileErrors.StoreBusy(storePath, patience);
        }

        try
        {
            using var head = LockQueue.Enter(storePath);
            while (true)
            {
                if (TryLock(storePath) is { } file)
                {
                    return new StoreLock(storePath, threads, file);
                }

                if (waited.Elapsed > patience)
                {
                    throw FileErrors.StoreBusy(storePath, patience);
                }

                Thread.Sleep(Random.Shared.Next(1, 4));
            }
        }
        catch
        {
            threads.Release();
            throw;
        }
    }

    /// <summary>Call it before anything is written.</summary>
    /// <exception cref="ReportException">StoreLockReplaced when others may hold another file of that name by now.</exception>
    public void Check()
    {
        if (!LockFile.IsAt(file, PathFor(storePath)))
        {
            throw FileErrors.StoreLockReplaced(storePath, PathFor(storePath));
        }
    }

    /// <summary>Says that a long operation gets on, which the watchdog cannot tell from one that hangs.</summary>
    public void GetsOn() => watch.Again();

    public void Dispose()
    {
        watch.Dispose();
        try
        {
            file.Dispose();
        }
        finally
        {
            threads.Release();
        }
    }

    private static string PathFor(string storePath) => storePath + ".lock";

    /// <returns>Null while another process has it, or when the file that was locked is not the one of that name any more.</returns>
    private static FileStream? TryLock(string storePath)
    {
        if (LockFile.TryOpen(PathFor(storePath)) is not { } file)
        {
            return null;
        }

        try
        {
            if (LockFile.IsAt(file, PathFor(storePath)))
            {
                Prove(storePath);
                return file;
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }

    /// <summary>A second handle must be refused. Asked once for each store: it costs as much as a lock.</summary>
    private static void Prove(string storePath)
    {
        if (Proven.ContainsKey(storePath))
        {
            return;
        }

        using var second = LockFile.TryOpen(PathFor(storePath));
        if (second is not null)
        {
            throw FileErrors.StoreLockUseless(storePath, PathFor(storePath));
        }

        Proven[storePath] = true;
    }
}
