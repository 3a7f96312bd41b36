using System.Collections.Concurrent;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Writes into the history how far runs are, while they are made.</summary>
/// <remarks>What takes longer than a second is written: a quick report costs the store no change for each of its steps.</remarks>
internal sealed class RunStages(IReportStore store, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (RunStage Stage, long At)> written = new(StringComparer.Ordinal);

    /// <summary>A run begins, and is written as such; it is over when the result is disposed of.</summary>
    public IDisposable Begin(ReportRun run)
    {
        written[run.Id] = (run.Stage, clock.GetTimestamp());
        return new Ending(() => written.TryRemove(run.Id, out _));
    }

    /// <summary>A run comes to its next stage.</summary>
    /// <exception cref="ReportException">RunTakenOver.</exception>
    public void Enter(ReportRun run, RunStage stage, Action<RunProgress> onProgress)
    {
        run.Stage = stage;
        Say(run);
        onProgress(new RunProgress(run, stage, run.Rows));
    }

    /// <summary>Writes the stage of a run, where that is not written and it is time.</summary>
    /// <exception cref="ReportException">RunTakenOver.</exception>
    public void Say(ReportRun run)
    {
        var (stage, at) = written.GetValueOrDefault(run.Id);
        if (stage == run.Stage || clock.GetElapsedTime(at) < Pause)
        {
            return;
        }

        try
        {
            using var patience = StorePatience.None();
            if (!store.SaveRun(run))
            {
                throw RunErrors.RunTakenOver(run.Id, run.TaskName);
            }

            stage = run.Stage;
        }
        catch (ReportException problem) when (problem.IsTransient)
        {
            // the report goes on without it, and says it the next time
        }

        written[run.Id] = (stage, clock.GetTimestamp());
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
