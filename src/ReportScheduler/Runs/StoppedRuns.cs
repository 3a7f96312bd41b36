using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Stops a run for a person: one that nobody works on is over at once, another one when whoever has it has noticed.</summary>
internal sealed class StoppedRuns(IReportStore store, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>So long a runner that is alive is waited for. It looks once a second, and its database needs a moment too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks for the run to stop, and waits until it has or nobody answers.</summary>
    /// <param name="id">The run.</param>
    /// <param name="words">Who asks, and why.</param>
    /// <param name="cancel">Ends the waiting; what is asked for stays so.</param>
    /// <returns>The run as it is then.</returns>
    /// <exception cref="ReportException">RunIsOver, or there is no such run.</exception>
    public ReportRun Stop(string id, string words, CancellationToken cancel)
    {
        var run = Find(id);
        if (run.IsFinal)
        {
            throw RunErrors.RunIsOver(run);
        }

        store.Runners.RequestRunStop(id, words);
        var began = clock.GetTimestamp();
        while (!run.IsFinal)
        {
            if (IsFree(run) && End(run, words) is { } ended)
            {
                run = ended;
                break;
            }

            var isEnough = clock.GetElapsedTime(began) >= Patience || cancel.WaitHandle.WaitOne(Pause);
            run = Find(id);
            if (isEnough && !run.IsFinal)
            {
                return run;
            }
        }

        store.Runners.ForgetRunStop(id);
        return run;
    }

    /// <summary>Ends what is not over yet of a run that was stopped: what waits is not delivered, and what went out stays so.</summary>
    public static void End(ReportRun run, ReportException why)
    {
        foreach (var waiting in run.Deliveries.Where(delivery => delivery is { IsNotice: false, State: DeliveryState.Pending }))
        {
            (waiting.State, waiting.NextAttemptAt, waiting.Error, waiting.ErrorId) = (DeliveryState.Failed, null, why.Message, why.ErrorId);
            foreach (var recipient in waiting.Recipients.Where(recipient => recipient.State == DeliveryState.Pending))
            {
                recipient.State = DeliveryState.Failed;
            }
        }

        (run.Outcome, run.Error, run.ErrorId, run.ErrorCategory) = (RunOutcome.Cancelled, why.Message, why.ErrorId, why.Category);
    }

    private ReportRun Find(string id) => store.GetRuns(new RunFilter { RunId = id }) is [var run] ? run : throw RunErrors.RunGone(id);

    /// <summary>Nobody works on it: it waits, or its process is gone.</summary>
    private bool IsFree(ReportRun run) =>
        run.Owner is not { } owner || RunOwner.IsGone(owner) || !(run.HeartbeatAt >= clock.GetUtcNow() - RunnerLease.Length);

    /// <returns>Null when somebody took it at this very moment, or did something with it.</returns>
    private ReportRun? End(ReportRun run, string words)
    {
        var stand = RunStand.Of(run);
        End(run, RunErrors.RunStopped(run.TaskName, words));
        var ended = new RunRecorder(store, clock).Write(
            store.FindTask(run.TaskId) ?? new ReportTask { Id = run.TaskId, Name = run.TaskName }, run, stand);
        return ended.IsTakenOver ? null : ended;
    }
}
