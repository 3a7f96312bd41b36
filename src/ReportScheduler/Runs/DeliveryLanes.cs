using ReportScheduler.Delivery;

namespace ReportScheduler.Runs;

/// <summary>Threads that try waiting mail, one for each mail server or folder that something is due for: one that says nothing holds up its own mail only.</summary>
/// <remarks>Started from one thread; the callbacks come on the lanes' own.</remarks>
/// <param name="queue">What waits.</param>
/// <param name="onTried">A report was tried.</param>
/// <param name="onTrouble">The store could not be read or written, or nobody foresaw it; the lane ends, and what it held is let go.</param>
/// <param name="onFree">A lane has ended: more may be due for its target.</param>
internal sealed class DeliveryLanes(DeliveryQueue queue, Action<ReportRun> onTried, Action<ReportException> onTrouble, Action onFree)
{
    private const int Most = 8;

    private readonly object gate = new();
    private readonly HashSet<string> busy = new(StringComparer.Ordinal);

    public bool IsBusy
    {
        get
        {
            lock (gate)
            {
                return busy.Count > 0;
            }
        }
    }

    /// <summary>Starts a lane for every target that something is due for and that has none.</summary>
    public void Start(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested && Busy() is { Length: < Most } others && queue.Take(others) is { Count: > 0 } taken)
        {
            lock (gate)
            {
                busy.Add(taken[0].Target);
            }

            Task.Factory.StartNew(() => Work(taken, cancel), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private string[] Busy()
    {
        lock (gate)
        {
            return [.. busy];
        }
    }

    private void Work(IReadOnlyList<ReportDelivery> taken, CancellationToken cancel)
    {
        try
        {
            foreach (var run in queue.Try(taken, cancel))
            {
                onTried(run);
            }
        }
        catch (ReportException problem)
        {
            onTrouble(problem);
        }
#pragma warning disable CA1031 // Nobody waits for this thread: what ends it would be lost without a word.
        catch (Exception problem)
        {
            onTrouble(ReportError.DeliveryUnexpected(taken[0].Target, problem));
        }
#pragma warning restore CA1031
        finally
        {
            // in one step: nobody sees the lane gone and not yet that more may be due
            lock (gate)
            {
                busy.Remove(taken[0].Target);
                onFree();
            }
        }
    }
}
