using ReportScheduler.Time;

namespace ReportScheduler.Schedules;

internal static class ScheduleErrors
{
    public static ReportException NotASchedule(string text, string why) =>
        new(nameof(NotASchedule), ReportErrorCategory.ParserError, text, $"'{text}' is not a schedule: {why}.");

    public static ReportException ScheduleNeverRuns(string text, string why) =>
        new(nameof(ScheduleNeverRuns), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' never runs: {why}. Specify a time that exists.");

    public static ReportException ScheduleNeeded(string task) =>
        new(nameof(ScheduleNeeded), ReportErrorCategory.InvalidOperation, task,
            $"The task '{task}' has no schedule, so nothing is due between -From and -To. "
                + "Give it one with Set-ReportTask -Cron or -Every, or run it with -AsOf.");

    public static ReportException WindowReversed(string from, string to) =>
        new(nameof(WindowReversed), ReportErrorCategory.InvalidArgument, to,
            $"The window from '{from}' to '{to}' ends before it begins. Give a -To after -From.");

    public static ReportException WindowTooLarge(string task, string schedule, string from, string to, int most) =>
        new(nameof(WindowTooLarge), ReportErrorCategory.InvalidArgument, task,
            $"'{task}' is due more than {most} times from '{from}' to '{to}': {schedule}. One call makes at most {most} runs; "
                + "give a smaller window and call it again for the rest.");

    public static ReportException IntervalTooShort(TimeSpan every) =>
        new(nameof(IntervalTooShort), ReportErrorCategory.InvalidArgument, every,
            $"'{DurationText.Format(every)}' is too short an interval. Give -Every one second (1s) or more.");

    /// <param name="task">The task's name, empty for a schedule without one.</param>
    /// <param name="members">The parameters that are given together.</param>
    public static ReportException ScheduleAmbiguous(string task, string members) =>
        new(nameof(ScheduleAmbiguous), ReportErrorCategory.InvalidArgument, task,
            $"{(task.Length == 0 ? "There is" : $"The task '{task}' has")} more than one schedule: {members}. "
                + "Give one of -Cron, -Every and -At.");

    /// <param name="task">The task's name, empty for a schedule without one.</param>
    /// <param name="startAt">The first instant that counts.</param>
    /// <param name="endAt">The last one.</param>
    public static ReportException ScheduleWindowEmpty(string task, DateTimeOffset startAt, DateTimeOffset endAt) =>
        new(nameof(ScheduleWindowEmpty), ReportErrorCategory.InvalidArgument, task.Length == 0 ? endAt : task,
            $"The schedule{(task.Length == 0 ? "" : $" of '{task}'")} starts at '{InstantText.Of(startAt)}' and ends at "
                + $"'{InstantText.Of(endAt)}'. Give an -EndAt after -StartAt.");

    /// <param name="taskName">The task.</param>
    /// <param name="times">When it was due, in words that follow these.</param>
    /// <param name="policy">The policy that gave them up.</param>
    /// <param name="grace">How late it may run.</param>
    public static ReportException DueTimesMissed(string taskName, string times, MissedPolicy policy, TimeSpan grace) =>
        new(nameof(DueTimesMissed), ReportErrorCategory.InvalidOperation, taskName,
            $"The report '{taskName}' was not run when it was due{times}, and now it is too late: with -Missed {policy} it runs at most "
                + $"{DurationText.Format(grace)} after its due time (-MissedGrace).");

    public static ReportException DueTimesReplaced(string taskName, string times, DateTimeOffset by) =>
        new(nameof(DueTimesReplaced), ReportErrorCategory.InvalidOperation, taskName,
            $"The report '{taskName}' was not run when it was due{times}. The run for {InstantText.Of(by)} takes its place.");

    public static ReportException StillRunning(string taskName, DateTimeOffset dueAt) =>
        new(nameof(StillRunning), ReportErrorCategory.ResourceBusy, taskName,
            $"The run of '{taskName}' that was due at {InstantText.Of(dueAt)} was still running. "
                + "-Overlap Queue waits for it, -Overlap Parallel does not.");
}
