using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Threads that try waiting mail, for each mail server or folder that something is
/// due for: one that says nothing holds up its own mail only.</summary>
/// <remarks>Started from one thread; the callbacks come on the lanes' own. A target has
/// one lane until something arrived there, and then a few.</remarks>
/// <param name="queue">What waits.</param>
/// <param name="onTried">A report was tried.</param>
/// <param name="onTrouble">The store could not be read or written, or nobody foresaw it; the lane ends, and what it held is let go.</param>
/// <param name="onFree">A lane has ended, or more lanes are allowed: more may be due for its target.</param>
internal sealed class DeliveryLanes(DeliveryQueue queue, Action<ReportRun> onTried, Action<ReportException> onTrouble, Action onFree)
{
    private const int Most = 16;
    private const int MostOfTarget = 4;

    private readonly object gate = new();
    private readonly Dictionary<string, int> busy = new(StringComparer.Ordinal);
    private readonly HashSet<string> healthy = new(StringComparer.Ordinal);
    private int changes;

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

    /// <summary>Whether something was due that no lane could be started for: it waits for one to end.</summary>
    public bool OthersWait { get; private set; }

    /// <summary>Starts a lane for every target that something is due for and that may have one more.</summary>
    /// <returns>What the store said last; null when it was not asked.</returns>
    public TakenDeliveries? Start(CancellationToken cancel)
    {
        TakenDeliveries? taken = null;
        for (var again = true; again && !cancel.IsCancellationRequested;)
        {
            var (full, before) = Full();
            if (full is null)
            {
                break;
            }

            taken = queue.Take(full);
            lock (gate)
            {
                if (taken.Deliveries is [var first, ..])
                {
                    busy[first.Target] = busy.GetValueOrDefault(first.Target) + 1;
                }

                // a lane that ended meanwhile has said so to nobody
                (OthersWait, again) = (taken.OthersWait, taken.OthersWait && (taken.Deliveries.Count > 0 || changes != before));
            }

            if (taken.Deliveries.Count > 0)
            {
                var mine = taken;
                _ = Task.Factory.StartNew(() => Deliver(mine, cancel), CancellationToken.None, TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
            }
        }

        return taken;
    }

    /// <returns>The targets that have all their lanes; null when there are enough of all.</returns>
    private (string[]? Targets, int Changes) Full()
    {
        lock (gate)
        {
            if (busy.Values.Sum() < Most)
            {
                return ([.. busy.Where(lanes => lanes.Value >= (healthy.Contains(lanes.Key) ? MostOfTarget : 1))
                    .Select(lanes => lanes.Key)], changes);
            }

            OthersWait = true;
            return (null, changes);
        }
    }

    private void Deliver(TakenDeliveries taken, CancellationToken cancel)
    {
        var target = taken.Deliveries[0].Target;
        try
        {
            foreach (var run in queue.Try(taken, cancel))
            {
                Judge(target, run.Deliveries.Where(delivery => delivery.Target == target));
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
            onTrouble(RunErrors.DeliveryUnexpected(target, problem));
        }
#pragma warning restore CA1031
        finally
        {
            // in one step: nobody sees the lane gone and not yet that more may be due
            lock (gate)
            {
                if (--busy[target] == 0)
                {
                    busy.Remove(target);
                }

                changes++;
                onFree();
            }
        }
    }

    /// <summary>Notes whether the target works. Where it does, what else waits for it need not wait for this lane.</summary>
    private void Judge(string target, IEnumerable<ReportDelivery> tried)
    {
        var works = tried.All(delivery => delivery.State == DeliveryState.Sent);
        lock (gate)
        {
            if (!works)
            {
                healthy.Remove(target);
            }
            else if (healthy.Add(target))
            {
                changes++;
                onFree();
            }
        }
    }
}
