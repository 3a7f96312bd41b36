namespace ReportScheduler.Runs;

/// <summary>Ends the work of a runner: what runs goes on for a while, then it is cancelled, then it is left behind.</summary>
internal sealed class RunnerDrain(RunPool pool, TimeProvider clock, RunnerOptions options, RunnerEvents events)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <param name="onEvent">Called on the caller's thread.</param>
    public void Complete(Action<RunnerEvent> onEvent)
    {
        var began = clock.GetTimestamp();
        if (pool.Running is { Count: > 0 } running)
        {
            onEvent(new RunnerEvent.Stopping(running.Count));
        }

        pool.Stop();
        SendLast();
        while (pool.Running.Count > 0 || pool.IsDelivering)
        {
            var passed = clock.GetElapsedTime(began);
            if (passed >= options.DrainTimeout)
            {
                pool.Cancel();
            }

            if (passed - options.DrainTimeout >= options.CancelTimeout)
            {
                events.Post(new RunnerEvent.Trouble(RunErrors.RunsLeftBehind(pool.Running.Count).Message));
                break;
            }

            events.Pump(onEvent, Look, CancellationToken.None);
            SendLast();
        }

        events.Pump(onEvent, TimeSpan.Zero, CancellationToken.None);
    }

    /// <summary>The mail of reports that were made before the runner was stopped and that no thread has taken yet.</summary>
    private void SendLast()
    {
        try
        {
            if (pool.TakeHandedOver())
            {
                pool.StartDelivering();
            }
        }
        catch (ReportException problem)
        {
            // it stays in the ledger for whoever comes next
            events.Post(new RunnerEvent.Trouble(problem.Message));
        }
    }
}
