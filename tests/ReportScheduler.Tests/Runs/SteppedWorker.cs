using System.Collections.Concurrent;
using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Runs;

/// <summary>A worker that does what a runner has it do, one step after the other.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">Its time.</param>
/// <param name="leavesMail">Whether mail is left to lanes, as in a runner; it is sent with its report otherwise.</param>
internal sealed class SteppedWorker(IReportStore store, TimeProvider clock, bool leavesMail) : IDisposable
{
    private readonly RunWorker worker = new(store, clock);

    public string Owner => worker.Owner;

    public void Recover() => Try(() => worker.Recover());

    public void Pulse() => worker.Pulse();

    /// <summary>Takes up what was left, makes the reports that are due, and sends the mail that waits.</summary>
    public void Go()
    {
        Recover();
        IReadOnlyList<ReportRun> taken = [];
        Try(() => taken = worker.PlanAndTake(10).Taken!.Runs);
        foreach (var run in taken)
        {
            Try(() => worker.Execute(run, _ => { }, CancellationToken.None, leavesMail ? () => true : null));
        }

        Try(Deliver);
    }

    public void Dispose() => worker.Dispose();

    // as a runner does: what the store says no to is let go, and goes on another time
    private static void Try(Action step)
    {
        try
        {
            step();
        }
        catch (ReportException)
        {
        }
    }

    private void Deliver()
    {
        using var free = new BlockingCollection<bool>();
        var lanes = worker.Lanes(_ => { }, _ => { }, () => free.Add(true));
        lanes.Start(CancellationToken.None);
        while (lanes.IsBusy)
        {
            free.Take();
        }
    }
}
