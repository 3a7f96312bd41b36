using ReportScheduler.Time;

namespace ReportScheduler.Runs;

internal static class RunErrors
{
    public static ReportException MailNotTried(string server, DateTimeOffset until) =>
        new(nameof(MailNotTried), ReportErrorCategory.OperationTimeout, server,
            $"The mail server '{server}' did not answer a moment ago, or asked for a pause, so this mail was not attempted. "
                + $"Send-ReportRun tries at once; otherwise it waits until {InstantText.Of(until.ToLocalTime())} or later.")
        { IsTransient = true };

    public static ReportException DeliveryUnexpected(string target, Exception cause) =>
        new(nameof(DeliveryUnexpected), ReportErrorCategory.InvalidOperation, target,
            $"Unexpected error in the delivery to '{target}'. Send-ReportRun tries again: {cause.GetType().Name}: {cause.Message}", cause);

    public static ReportException RunFileMissing(ReportRun run, string path) =>
        new(nameof(RunFileMissing), ReportErrorCategory.ObjectNotFound, run.Id,
            run.Machine is { } other && other != Environment.MachineName && !run.AreFilesRemoved
                ? $"The file '{Path.GetFileName(path)}' of the run '{run.Id}' of '{run.TaskName}' is on the computer '{other}' alone, so "
                    + "nothing was sent and the run is unchanged. Send it from there, or run the report again with Invoke-ReportTask."
                : $"The file '{path}' of the run '{run.Id}' of '{run.TaskName}' no longer exists, so nothing was sent and the run is "
                    + "unchanged. Run the report again with Invoke-ReportTask.");

    public static ReportException OptionsNotFollowed(string task, IEnumerable<string> problems) =>
        new(nameof(OptionsNotFollowed), ReportErrorCategory.InvalidArgument, task,
            $"{string.Join(' ', problems)} Change the task with Set-ReportTask.");

    public static ReportException TimeZonesMissing(ReportTask task) =>
        new(nameof(TimeZonesMissing), ReportErrorCategory.ResourceUnavailable, task.Name,
            $"This computer knows no time zones, and the report task '{task.Name}' is in '{task.TimeZone}': it plans and takes no reports. "
                + "Install the time zones of its system (the package tzdata).");

    public static ReportException LanguagesMissing(ReportTask task) =>
        new(nameof(LanguagesMissing), ReportErrorCategory.ResourceUnavailable, task.Name,
            $"This computer knows no languages, and the report task '{task.Name}' is in '{task.Culture}': it plans and takes no reports. "
                + "Install ICU (the package libicu), and leave DOTNET_SYSTEM_GLOBALIZATION_INVARIANT out.");

    public static ReportException RunTimedOut(ReportTask task) =>
        new(nameof(RunTimedOut), ReportErrorCategory.OperationTimeout, task.Name, !task.HasScript
            ? $"The queries of '{task.Name}' took longer than {task.Timeout:g} and their servers were told to stop them. "
                + "Give a longer -Timeout or a faster query."
            : $"The scripts and queries of '{task.Name}' took longer than {task.Timeout:g} and were stopped. "
                + "Give a longer -Timeout, or a script that ends sooner.");

    public static ReportException ScriptHasNoRunner(string dataset) =>
        new(nameof(ScriptHasNoRunner), ReportErrorCategory.InvalidOperation, dataset,
            $"The dataset '{dataset}' is a PowerShell script, and this process runs none. "
                + "Run the report with Invoke-ReportTask or Start-ReportScheduler.");

    public static ReportException RunFolderDiskFull(string folder, long free, long kept) =>
        new(nameof(RunFolderDiskFull), ReportErrorCategory.ResourceUnavailable, folder,
            $"The disk of '{folder}' has only {free >> 20} MB left, and reports leave {kept >> 20} MB of it free, so that what becomes "
                + "of them can be recorded. Free some space, or keep fewer files with -KeepFilesFor and -KeepRuns; "
                + "then run the report again.");

    public static ReportException RunCancelled(string task) =>
        new(nameof(RunCancelled), ReportErrorCategory.OperationStopped, task, $"The run of '{task}' was stopped on request before it "
            + "ended, and is not repeated automatically: Invoke-ReportTask runs it again.");

    public static ReportException RunnerLeaseLost(string task) =>
        new(nameof(RunnerLeaseLost), ReportErrorCategory.ResourceUnavailable, task,
            $"The run of '{task}' was left to the other runners: this one could not tell the store in time that it is alive. "
                + "Check how it reaches the store; the report is made by whoever takes it up.");

    public static ReportException RunStopped(string task, string words) =>
        new(nameof(RunStopped), ReportErrorCategory.OperationStopped, task,
            $"The run of '{task}' was stopped by {words.TrimEnd('.')}. It is not run again by itself: Invoke-ReportTask runs it again.");

    public static ReportException RunIsOver(ReportRun run) =>
        new(nameof(RunIsOver), ReportErrorCategory.InvalidOperation, run.Id,
            $"The run '{run.Id}' of '{run.TaskName}' is over ({run.Outcome}), so there is nothing to stop. "
                + "Get-ReportRun -Outcome Running, Delivering lists what can be.");

    public static ReportException RunGone(string id) =>
        new(nameof(RunGone), ReportErrorCategory.ObjectNotFound, id,
            $"The run '{id}' is not in the history any more: it was removed. Get-ReportRun lists the runs.");

    public static ReportException ContractViolated(string task, IReadOnlyList<string> violations) =>
        new(nameof(ContractViolated), ReportErrorCategory.InvalidData, task,
            $"The result of '{task}' is not as -Expect says: {string.Join("; ", violations)}.");

    public static ReportException RunBlocked(ReportRun run) =>
        new(nameof(RunBlocked), ReportErrorCategory.InvalidOperation, run.Id,
            $"The run '{run.Id}' of '{run.TaskName}' is held: {run.Error} Look at its files, and give -Release to send it as it is.");

    public static ReportException RunNotBlocked(ReportRun run) =>
        new(nameof(RunNotBlocked), ReportErrorCategory.InvalidOperation, run.Id,
            $"The run '{run.Id}' of '{run.TaskName}' is not held for what it was expected to be ({run.Outcome}), so there is nothing to "
                + "release. Leave -Release out to send it again.");

    public static ReportException NothingToLearn(string task) =>
        new(nameof(NothingToLearn), ReportErrorCategory.ObjectNotFound, task,
            $"The history of '{task}' has no run whose result could be learned from. Run it a few times with Invoke-ReportTask.");

    public static ReportException RunGivenBack(string task) =>
        new(nameof(RunGivenBack), ReportErrorCategory.OperationStopped, task,
            $"The run of '{task}' was interrupted because its process was asked to stop. "
                + "It is released: the next runner, or Invoke-ReportTask -Due, produces the report.");

    public static ReportException RunsLeftBehind(int count) =>
        new(nameof(RunsLeftBehind), ReportErrorCategory.OperationTimeout, null,
            $"{count} {(count == 1 ? "report" : "reports")} did not stop when cancelled; "
                + "the runner ends without waiting any longer, and the next runner takes them up.");

    public static ReportException RunUnexpected(string task, Exception cause) =>
        new(nameof(RunUnexpected), ReportErrorCategory.InvalidOperation, task,
            $"Unexpected error in the report '{task}': {cause.GetType().Name}: {cause.Message}", cause);

    public static ReportException RunnerUnexpected(Exception cause) =>
        new(nameof(RunnerUnexpected), ReportErrorCategory.InvalidOperation, null,
            $"Unexpected error in the runner, which continues: {cause.GetType().Name}: {cause.Message}", cause);

    public static ReportException RunInterrupted(ReportRun run) =>
        new(nameof(RunInterrupted), ReportErrorCategory.OperationStopped, run.TaskName,
            "The process ended before the run did. A person asked for this run, so it is not repeated automatically: Invoke-ReportTask "
                + "runs it again.");

    public static ReportException RunInterruptedOften(ReportRun run) =>
        new(nameof(RunInterruptedOften), ReportErrorCategory.OperationStopped, run.TaskName,
            $"The process ended before the run did, {run.Interruptions} times. "
                + "It is not repeated automatically: Invoke-ReportTask runs it again.");

    public static ReportException TaskRemovedBeforeRun(ReportRun run) =>
        new(nameof(TaskRemovedBeforeRun), ReportErrorCategory.ObjectNotFound, run.TaskName,
            $"The task '{run.TaskName}' was removed before its run began.");

    public static RunTakenOverException RunTakenOver(string runId, string task) =>
        new(nameof(RunTakenOver), task, $"The run '{runId}' of '{task}' was taken over by another process, because this one had been "
            + "silent for too long, or it was removed.");

    public static ReportException RunChangedMeanwhile(string runId, string task) =>
        new(nameof(RunChangedMeanwhile), ReportErrorCategory.ResourceBusy, task,
            $"The run '{runId}' of '{task}' is not sent again: something of it is being sent at this moment, or was sent or tried since "
                + "this was asked. Look at it with Get-ReportRun, and ask again.");

    public static ReportException LogNotWritable(string path, Exception inner) =>
        new(nameof(LogNotWritable), ReportErrorCategory.WriteError, path,
            $"The log '{path}' cannot be written. Give -LogPath a file in a folder that this account may write to: {inner.Message}", inner);

    public static ReportException NeverDue(string task, string schedule) =>
        new(nameof(NeverDue), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' will never be due: its schedule ({schedule}) has ended, and no run of it has. "
                + "Give another -At, -EndAt or -Cron; Invoke-ReportTask runs it now.");
}
