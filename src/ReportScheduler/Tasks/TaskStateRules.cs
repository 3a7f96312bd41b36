using ReportScheduler.Runs;
using ReportScheduler.Schedules;

namespace ReportScheduler.Tasks;

/// <summary>What a finished run changes in the state of its task.</summary>
internal static class TaskStateRules
{
    /// <param name="state">Changed here.</param>
    /// <param name="run">A run with its final outcome.</param>
    /// <param name="isFirst">False when the run was final before and was taken up again to deliver it once more.</param>
    /// <param name="pauseAfter">The task pauses itself after this many failures in a row; 0 for never.</param>
    public static void Count(ReportTaskState state, ReportRun run, bool isFirst, int pauseAfter)
    {
        if (run.Outcome is RunOutcome.Missed or RunOutcome.Skipped)
            return;
        if (isFirst)
        {
            state.RunCount++;
            state.ErrorCount += run.IsFailure ? 1 : 0;
            state.ConsecutiveFailures += run.IsFailure ? 1 : 0;
        }
        if ((run.StartedAt ?? run.DueAt) >= (state.LastRunAt ?? DateTimeOffset.MinValue))
        {
            state.LastRunAt = run.StartedAt ?? run.DueAt;
            state.LastOutcome = run.Outcome;
            if (run.IsFailure)
                state.LastError = run.Error;
            else if (run.Outcome != RunOutcome.Cancelled)
                (state.LastError, state.ConsecutiveFailures) = (null, 0);
        }
        if (run.IsFailure && pauseAfter > 0 && state.ConsecutiveFailures >= pauseAfter)
            state.PausedBecause ??= $"{(run.FinishedAt is { } at ? InstantText.Of(at) + ": " : "")}{state.ConsecutiveFailures} runs failed one after the other, the last one with: {run.Error}";
    }
}
