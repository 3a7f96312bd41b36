using ReportScheduler.Delivery.Mail;
using ReportScheduler.Delivery.Places;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Tells the owner of a task about its first failure, then about every nth in a row and at least once a day, about the one
/// that pauses it, about every run that waits for a person, when it is over, about every due time that was cut off, at most once a
/// day about due times that were given up, and at most once a week about a secret that ends soon.</summary>
internal sealed class OwnerNotice(IReportStore store, TimeProvider clock)
{
    /// <summary>A day, less what a daily run may begin earlier than the day before,
    /// and the hour that a change of the clock takes.</summary>
    private static readonly TimeSpan Daily = TimeSpan.FromHours(22);

    private static readonly TimeSpan Weekly = TimeSpan.FromDays(7) - TimeSpan.FromHours(2);

    /// <summary>Adds the mail to the deliveries of a run that has ended and is about
    /// to be recorded, so that both are kept or neither.</summary>
    /// <remarks>It is sent by whoever drains the ledger next. What keeps it from being made is a warning of the run.</remarks>
    public void Prepare(ReportTask task, ReportRun run)
    {
        if (task.Owner is not { } owner)
        {
            return;
        }

        var option = store.GetOption();
        if (!(task.OnFailure ?? option.OnFailure) || StateOf(task, run) is not { } state
            || !IsDue(run, state, task.NotifyEvery ?? option.NotifyEvery, Pauses()))
        {
            return;
        }

        bool Pauses() => run.IsFailure && state.PausedBecause is null
            && (task.PauseAfterFailures ?? option.PauseAfterFailures) is > 0 and var most && state.ConsecutiveFailures + 1 >= most;

        try
        {
            run.Deliveries = [.. run.Deliveries, Compose(task, run, owner, state, Pauses())];
        }
#pragma warning disable CA1031 // That a run is recorded matters more than that its owner hears of it.
        catch (Exception problem)
        {
            run.Warnings = [.. run.Warnings, $"The owner {owner} was not told: {problem.Message}"];
        }
#pragma warning restore CA1031
    }

    /// <summary>What a failure counts on is read now; for a run that worked it is enough how it was when the run was taken up.</summary>
    private ReportTaskState? StateOf(ReportTask task, ReportRun run) =>
        task.State.TaskId == task.Id && run.Outcome is RunOutcome.Succeeded or RunOutcome.NoData
            ? task.State
            : store.FindTask(task.Id)?.State;

    private bool IsDue(ReportRun run, ReportTaskState state, int every, bool pauses)
    {
        if (run.IsTest)
        {
            return false;
        }

        if (run.IsCutOff)
        {
            return true;
        }

        if (run.Outcome == RunOutcome.Missed)
        {
            return IsADayAgo(state.ToldOfMissedAt);
        }

        if (!run.IsFailure && run.SecretEnds is not null && IsLongAgo(state.ToldOfSecretAt, Weekly))
        {
            return true;
        }

        if (!run.IsFailure)
        {
            return state.ToldAt is not null && TaskStateRules.EndsFailures(state, run);
        }

        // A run that was sent again and failed again is no new failure.
        var isNew = run.Deliveries.All(delivery => !delivery.IsNotice);
        return isNew && (pauses || WaitsForPerson(run) || state.ConsecutiveFailures == 0 || IsADayAgo(state.ToldAt)
            || (state.ConsecutiveFailures + 1) % Math.Max(1, every) == 0);
    }

    /// <summary>Nothing goes on with this run by itself, whatever becomes of the next ones: its owner must decide.</summary>
    private static bool WaitsForPerson(ReportRun run) => run.Outcome is RunOutcome.Held or RunOutcome.Interrupted;

    /// <summary>Also when it never was, or at a time that is yet to come: the clock was wrong then.</summary>
    private bool IsADayAgo(DateTimeOffset? told) => IsLongAgo(told, Daily);

    private bool IsLongAgo(DateTimeOffset? told, TimeSpan pause) =>
        clock.GetUtcNow() - told is not { } since || since < TimeSpan.Zero || since >= pause;

    private ReportDelivery Compose(ReportTask task, ReportRun run, string owner, ReportTaskState state, bool pauses)
    {
        var server = store.MailServers.Find(task.MailServer ?? "") ?? store.OnlyMailServer() ?? store.MailServerOf(task);
        var now = clock.GetUtcNow();
        run.Folder ??= store.Files.FolderOf(run.Id, 1);
        store.Files.Create(run.Folder);
        var notice = new ReportDelivery
        {
            Id = RunIds.Create(now),
            RunId = run.Id,
            TaskId = run.TaskId,
            Kind = DeliveryKind.Notice,
            Target = server.Name,
            CreatedAt = now,
            NextAttemptAt = RetrySchedule.AtOnce(now),
        };
        FailureMail.Compose(notice, task, run, store.Address, owner, server, state.ConsecutiveFailures + (run.IsFailure ? 1 : 0),
            pauses ? null : state.NextRunAt, pauses, now);
        return notice;
    }
}
