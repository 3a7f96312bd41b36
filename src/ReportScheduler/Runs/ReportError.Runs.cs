using ReportScheduler.Runs;

namespace ReportScheduler;

internal static partial class ReportError
{
    /// <summary>The error record of a run that failed: the id and kind of what went wrong, with the report and its stage.</summary>
    public static ReportException RunFailed(ReportRun run) =>
        new(run.ErrorId ?? nameof(RunFailed), run.ErrorCategory ?? ReportErrorCategory.ConnectionError, run.TaskName, run.Stage switch
        {
            RunStage.Deliver => $"The report '{run.TaskName}' was written but not delivered: {run.Error}",
            RunStage.Export => $"The report '{run.TaskName}' failed while its files were written: {run.Error}",
            RunStage.Query => $"The report '{run.TaskName}' failed while it was queried: {run.Error}",
            _ => $"The report '{run.TaskName}' failed: {run.Error}",
        }, run.Cause);

    public static ReportException ReportsFailed(IReadOnlyCollection<string> tasks) =>
        new(nameof(ReportsFailed), ReportErrorCategory.InvalidOperation, string.Join(", ", tasks.Distinct()),
            $"{tasks.Count} {(tasks.Count == 1 ? "report" : "reports")} failed: {string.Join(", ", tasks.Distinct().Take(10).Select(task => $"'{task}'"))}. Get-ReportRun -Outcome Failed, PartiallyDelivered shows why.");

    public static ReportException RunTimedOut(string task, TimeSpan timeout) =>
        new(nameof(RunTimedOut), ReportErrorCategory.OperationTimeout, task,
            $"The queries of '{task}' took longer than {timeout:g} and were cancelled on the server. Give a longer -Timeout or a faster query.");

    public static ReportException RunCancelled(string task) =>
        new(nameof(RunCancelled), ReportErrorCategory.OperationStopped, task, $"The run of '{task}' was stopped on request before it was over, and is not run again by itself: Invoke-ReportTask runs it again.");

    public static ReportException RunUnexpected(string task, Exception cause) =>
        new(nameof(RunUnexpected), ReportErrorCategory.InvalidOperation, task,
            $"Something that nobody foresaw went wrong in the report '{task}': {cause.GetType().Name}: {cause.Message}", cause);

    public static ReportException RunnerUnexpected(Exception cause) =>
        new(nameof(RunnerUnexpected), ReportErrorCategory.InvalidOperation, null,
            $"Something that nobody foresaw went wrong in the runner; it goes on: {cause.GetType().Name}: {cause.Message}", cause);

    public static ReportException RunInterrupted(ReportRun run) =>
        new(nameof(RunInterrupted), ReportErrorCategory.OperationStopped, run.TaskName,
            "The process that ran it ended before it had. It was asked for by a person and is not run again by itself: Invoke-ReportTask runs it again.");

    public static ReportException RunInterruptedOften(ReportRun run) =>
        new(nameof(RunInterruptedOften), ReportErrorCategory.OperationStopped, run.TaskName,
            $"The process that ran it ended before it had, {run.Interruptions} times. It is not run again by itself: Invoke-ReportTask runs it again.");

    public static ReportException TaskRemovedBeforeRun(ReportRun run) =>
        new(nameof(TaskRemovedBeforeRun), ReportErrorCategory.ObjectNotFound, run.TaskName,
            $"The task '{run.TaskName}' was removed before its run began.");

    public static ReportException RunNotFound(string id) =>
        new(nameof(RunNotFound), ReportErrorCategory.ObjectNotFound, id,
            $"No run has the id '{id}'. Get-ReportRun lists the runs.");

    public static ReportException RunNotFinished(ReportRun run) =>
        new(nameof(RunNotFinished), ReportErrorCategory.InvalidOperation, run.Id,
            $"The run '{run.Id}' of '{run.TaskName}' is still going on. Wait until it has ended.");

    public static ReportException NothingToSend(ReportRun run) =>
        new(nameof(NothingToSend), ReportErrorCategory.InvalidOperation, run.Id,
            $"The run '{run.Id}' of '{run.TaskName}' has no saved message or file to deliver. Invoke-ReportTask makes the report again.");

    public static ReportException RunTakenOver(string runId, string task) =>
        new(nameof(RunTakenOver), ReportErrorCategory.ResourceBusy, task,
            $"The run '{runId}' of '{task}' was taken over by another process, because this one had been silent for too long, or it was removed.");

    public static ReportException RunnerNotFound(string id) =>
        new(nameof(RunnerNotFound), ReportErrorCategory.ObjectNotFound, id,
            $"No runner with the id '{id}' is alive on this store. Get-ReportScheduler lists the runners.");

    public static ReportException RunnersUnreachable(string folder, Exception inner) =>
        new(nameof(RunnersUnreachable), ReportErrorCategory.ResourceUnavailable, folder,
            $"The folder '{folder}', where runners say that they are alive and are asked to stop, cannot be used. Make it writable for the accounts of the runners: {inner.Message}", inner);

    public static ReportException LogNotWritable(string path, Exception inner) =>
        new(nameof(LogNotWritable), ReportErrorCategory.WriteError, path,
            $"The log '{path}' cannot be written. Give -LogPath a file in a folder that this account may write to: {inner.Message}", inner);

    public static ReportException PruneWhat() =>
        new(nameof(PruneWhat), ReportErrorCategory.InvalidArgument, "Remove-ReportRun",
            "Nothing says which runs to remove. Give -Id, -OlderThan such as 90d, or -Keep such as 20.");
}
