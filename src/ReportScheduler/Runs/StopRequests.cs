using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Cancels runs that a person asked to stop, from any process of the store.</summary>
/// <remarks>Once a second it looks whether one of the runs that are worked on was asked; while none is, nothing looks.</remarks>
internal sealed class StopRequests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly IRunnerRegistry registry;
    private readonly ITimer timer;
    private readonly object gate = new();
    private readonly HashSet<Watched> watched = [];
    private int isLooking;

    public StopRequests(IRunnerRegistry registry, TimeProvider clock)
    {
        this.registry = registry;
        timer = clock.CreateTimer(_ => LookAtAll(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches a run until the result is disposed of.</summary>
    public Watched Watch(string runId, CancellationToken cancel)
    {
        var run = new Watched(this, runId, cancel);
        lock (gate)
        {
            watched.Add(run);
            timer.Change(Look, Look);
        }

        run.Look(registry);
        return run;
    }

    public void Dispose() => timer.Dispose();

    private void LookAtAll()
    {
        // a store that does not answer would have a thread and a connection more each second
        if (Interlocked.Exchange(ref isLooking, 1) != 0)
        {
            return;
        }

        try
        {
            Watched[] all;
            lock (gate)
            {
                all = [.. watched];
            }

            Array.ForEach(all, run => run.Look(registry));
        }
#pragma warning disable CA1031 // On a timer's thread it would end the process, and with it all other reports.
        catch (Exception)
        {
            // it is asked again in a second
        }
#pragma warning restore CA1031
        finally
        {
            Volatile.Write(ref isLooking, 0);
        }
    }

    private void Forget(Watched run)
    {
        lock (gate)
        {
            // of a run there may be another one: the worker has it again, and the thread that lost it has not ended
            watched.Remove(run);
            if (watched.Count == 0)
            {
                timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        if (run.Because is not null)
        {
            registry.ForgetRunStop(run.RunId);
        }
    }

    /// <summary>A run that is worked on.</summary>
    internal sealed class Watched(StopRequests owner, string runId, CancellationToken cancel) : IDisposable
    {
        private readonly CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(cancel);

        public string RunId => runId;

        public CancellationToken Token => source.Token;

        /// <summary>The words of who asked; null while nobody did.</summary>
        public string? Because { get; private set; }

        public void Look(IRunnerRegistry registry)
        {
            // one that was lost may go on elsewhere: the word is for whoever has it
            if (Because is not null || cancel.IsCancellationRequested || registry.RunStopRequest(runId) is not { } words)
            {
                return;
            }

            Because = words;
            try
            {
                // what is cancelled asks its server, which may take its time or fail: not on a timer's thread
                _ = source.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // it has just ended
            }
        }

        public void Dispose()
        {
            owner.Forget(this);
            source.Dispose();
        }
    }
}
