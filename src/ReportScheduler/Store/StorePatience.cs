namespace ReportScheduler.Store;

/// <summary>A thread that waits for a store that cannot be used now, because what it has made would be lost, or made again.</summary>
/// <remarks>Everybody else is told at once. What the store is asked meanwhile is asked again as it was, whatever became of it.</remarks>
internal sealed class StorePatience : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    [ThreadStatic]
    private static StorePatience? current;

    private readonly StorePatience? before = current;
    private readonly CancellationToken stop;

    private StorePatience(CancellationToken stop) => (this.stop, current) = (stop, this);

    /// <summary>From now on this thread waits, until the result is disposed of.</summary>
    /// <param name="stop">Ends the waiting. No question waits longer than a worker is sure of what it holds.</param>
    public static StorePatience Until(CancellationToken stop) => new(stop);

    /// <summary>From now on this thread does not wait, until the result is disposed of.</summary>
    public static StorePatience None() => new(new CancellationToken(canceled: true));

    /// <summary>Asks the store, again where this thread waits for it.</summary>
    public static T Ask<T>(Func<T> ask)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return ask();
            }
            catch (ReportException problem) when (problem.IsTransient && current is { stop.IsCancellationRequested: false }
                && System.Diagnostics.Stopwatch.GetElapsedTime(began) < RunnerLease.Sure)
            {
                current.stop.WaitHandle.WaitOne(Pause);
            }
        }
    }

    public void Dispose() => current = before;
}
