using ReportScheduler.Time;

namespace ReportScheduler.Store;

/// <summary>What the state of a task says, and what a finished run changes in it.</summary>
internal static class TaskStateRules
{
    /// <summary>When the task is due next; null while it is paused.</summary>
    public static DateTimeOffset? NextRunAt(ReportTaskState state) => state.PausedBecause is null ? state.NextRunAt : null;

    /// <summary>Gives a task its state, as people see it.</summary>
    public static ReportTask Show(ReportTask task, ReportTaskState state)
    {
        state.NextRunAt = NextRunAt(state);
        task.State = state;
        return task;
    }

    /// <returns>Whether the task was paused.</returns>
    public static bool EndPause(ReportTaskState state)
    {
        var isPaused = state.PausedBecause is not null;
        if (isPaused)
        {
            (state.PausedBecause, state.ConsecutiveFailures) = (null, 0);
        }

        return isPaused;
    }

    /// <param name="state">Changed here.</param>
    /// <param name="run">A run with its final outcome. It says then when its task runs next.</param>
    /// <param name="isFirst">False when the run was final before and was taken up again to deliver it once more.</param>
    /// <param name="task">Its task; null for one that cannot be read.</param>
    /// <param name="option">What counts where the task says nothing else.</param>
    public static void Count(ReportTaskState state, ReportRun run, bool isFirst, ReportTask? task, ReportSchedulerOption option)
    {
        Count(state, run, isFirst, task?.PauseAfterFailures ?? option.PauseAfterFailures);
        run.TaskNextRunAt = NextRunAt(state);
    }

    /// <param name="state">Changed here.</param>
    /// <param name="run">A run with its final outcome.</param>
    /// <param name="isFirst">False when the run was final before and was taken up again to deliver it once more.</param>
    /// <param name="pauseAfter">The task is paused automatically after this many failures in a row; 0 for never.</param>
    private static void Count(ReportTaskState state, ReportRun run, bool isFirst, int pauseAfter)
    {
        if (run.Outcome == RunOutcome.Missed)
        {
            state.ToldOfMissedAt = Latest(state.ToldOfMissedAt, ToldAt(run));
        }

        if (run.Outcome is RunOutcome.Missed or RunOutcome.Skipped)
        {
            return;
        }

        if (run.SecretEnds is not null && !run.IsFailure)
        {
            state.ToldOfSecretAt = Latest(state.ToldOfSecretAt, ToldAt(run));
        }

        var start = run.StartedAt ?? run.DueAt;
        if (!run.IsTest && start >= (state.LastRunAt ?? DateTimeOffset.MinValue))
        {
            NoteCondition(state, run, start);
        }

        KeepResult(state, run);
        if (isFirst)
        {
            state.RunCount++;
            state.ErrorCount += run.IsFailure ? 1 : 0;
        }

        if (start >= (state.LastRunAt ?? DateTimeOffset.MinValue))
        {
            (state.LastRunAt, state.LastOutcome) = (start, run.Outcome);
            if (run.IsFailure || run.Outcome != RunOutcome.Cancelled)
            {
                state.LastError = run.IsFailure ? run.Error : null;
            }
        }

        if (run.IsTest)
        {
            return;
        }

        if (EndsFailures(state, run))
        {
            (state.ConsecutiveFailures, state.ToldAt) = (0, null);
        }

        if (run.IsFailure)
        {
            CountFailure(state, run, isFirst, pauseAfter);
        }
    }

    /// <summary>Whether the task works again: no run that failed started later than this one. A
    /// failure of later than now is one of a clock that was wrong.</summary>
    public static bool EndsFailures(ReportTaskState state, ReportRun run) =>
        !run.IsTest && run.Outcome is RunOutcome.Succeeded or RunOutcome.NoData or RunOutcome.NotNeeded
            && !(state.FailedAt > (run.StartedAt ?? run.DueAt) && state.FailedAt <= run.FinishedAt);

    // a report that -Expect holds has reached nobody; one that is held for a mail in doubt may have
    private static bool IsDelivered(ReportRun run) => run.Outcome is RunOutcome.Succeeded or RunOutcome.PartiallyDelivered
        || (run.Outcome == RunOutcome.Held
            && run.Deliveries.Any(delivery => !delivery.IsNotice && delivery.State is DeliveryState.Sent or DeliveryState.Uncertain));

    // what was not delivered is compared with again, and a mail that arrives late counts although others ran meanwhile
    private static void KeepResult(ReportTaskState state, ReportRun run)
    {
        if (run.IsResultKept && (IsDelivered(run) || run.Outcome == RunOutcome.PartialData)
            && run.DueAt >= (state.ResultDueAt ?? DateTimeOffset.MinValue))
        {
            (state.ResultRunId, state.ResultDueAt) = (run.Id, run.DueAt.ToUniversalTime());
            state.ResultUndelivered = [.. run.Deliveries.Where(delivery => delivery is { Key: not null, IsNotice: false })
                .GroupBy(delivery => delivery.Key!, StringComparer.Ordinal)
                .Where(part => !part.Any(delivery => delivery.State is DeliveryState.Sent or DeliveryState.Uncertain))
                .Select(part => part.Key)];
        }
    }

    // what was not delivered was not told, and is by the next run
    private static void NoteCondition(ReportTaskState state, ReportRun run, DateTimeOffset start)
    {
        if (run.IsConditionTrue is not { } isTrue)
        {
            return;
        }

        if (state.ConditionText != run.ConditionText)
        {
            (state.ConditionText, state.ConditionSince, state.ConditionToldAt) = (run.ConditionText, null, null);
        }

        var isTold = IsDelivered(run);
        if (isTrue)
        {
            state.ConditionSince ??= start;
            state.ConditionToldAt = isTold ? start : state.ConditionToldAt;
        }
        else if (isTold || run.Outcome is RunOutcome.NoData or RunOutcome.NotNeeded)
        {
            (state.ConditionSince, state.ConditionToldAt) = (null, null);
        }
    }

    private static void CountFailure(ReportTaskState state, ReportRun run, bool isFirst, int pauseAfter)
    {
        var start = run.StartedAt ?? run.DueAt;
        state.ConsecutiveFailures += isFirst ? 1 : 0;
        state.FailedAt = Latest(state.FailedAt, start);
        // a run that was sent again, and has newer ones that worked, says nothing about now
        if (isFirst || start >= state.LastRunAt)
        {
            state.ToldAt = Latest(state.ToldAt, ToldAt(run));
        }

        if (pauseAfter > 0 && state.ConsecutiveFailures >= pauseAfter)
        {
            state.PausedBecause ??= $"{(run.FinishedAt is { } at ? InstantText.Of(at) + ": " : "")}{state.ConsecutiveFailures} runs "
                + $"failed one after the other, the last one with: {run.Error}";
        }
    }

    private static DateTimeOffset? ToldAt(ReportRun run) =>
        run.Deliveries.Where(delivery => delivery.IsNotice).Max(notice => (DateTimeOffset?)notice.CreatedAt);

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;
}
