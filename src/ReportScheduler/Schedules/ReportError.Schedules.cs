using ReportScheduler.Schedules;
using ReportScheduler.Tasks;

namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException UnknownTimeZone(string id, IEnumerable<string> known) =>
        new(nameof(UnknownTimeZone), ReportErrorCategory.InvalidArgument, id,
            $"'{id}' is not a time zone this computer knows.{Zones.OffsetHint(id) ?? NearMiss.Hint(id, known)} Give an IANA id such as Europe/Paris or a Windows id such as 'Romance Standard Time'.");

    public static ReportException LocalTimeZoneHasNoName(string id) =>
        new(nameof(LocalTimeZoneHasNoName), ReportErrorCategory.InvalidOperation, id,
            $"This computer's time zone '{id}' has no IANA id. Give one with -TimeZone, such as Europe/Paris, or set the computer's time zone by name.");

    public static ReportException TimeOutOfReach(DateTime time) =>
        new(nameof(TimeOutOfReach), ReportErrorCategory.InvalidArgument, time,
            $"'{time:yyyy-MM-dd HH:mm}' is too near to an end of the calendar. Give a time from the year 1 to 9999 that has days before and after it.");

    public static ReportException NotASchedule(string text, string why) =>
        new(nameof(NotASchedule), ReportErrorCategory.ParserError, text, $"'{text}' is not a schedule: {why}.");

    public static ReportException ScheduleNeverRuns(string text, string why) =>
        new(nameof(ScheduleNeverRuns), ReportErrorCategory.InvalidArgument, text, $"'{text}' never runs: {why}. Give a time that comes.");

    public static ReportException IntervalTooShort(TimeSpan every) =>
        new(nameof(IntervalTooShort), ReportErrorCategory.InvalidArgument, every,
            $"'{DurationText.Format(every)}' is too short an interval. Give -Every one second (1s) or more.");

    public static ReportException SeveralSchedules(string name) =>
        new(nameof(SeveralSchedules), ReportErrorCategory.InvalidArgument, name,
            $"The report task '{name}' has more than one schedule. Give one of -Cron, -Every and -At.");

    public static ReportException TaskHasNoSchedule(string name) =>
        new(nameof(TaskHasNoSchedule), ReportErrorCategory.InvalidOperation, name,
            $"The report task '{name}' has no schedule: it runs when Invoke-ReportTask is called. Set-ReportTask -Cron, -Every or -At gives it one.");

    public static ReportException WindowEndsBeforeItStarts(DateTimeOffset start, DateTimeOffset end) =>
        new(nameof(WindowEndsBeforeItStarts), ReportErrorCategory.InvalidArgument, end,
            $"The schedule ends at '{InstantText.Of(end)}', before it starts at '{InstantText.Of(start)}'. Give an -EndAt after -StartAt.");

    public static ReportException NotAnInstant(string text) =>
        new(nameof(NotAnInstant), ReportErrorCategory.ParserError, text,
            $"'{text}' is not a date and time. Give one such as '2026-11-23', '2026-11-23 09:00' or '2026-11-23T09:00:00+01:00', or a DateTime, such as (Get-Date).AddDays(-1).");

    public static ReportException NotADuration(string text) =>
        new(nameof(NotADuration), ReportErrorCategory.ParserError, text,
            $"'{text}' is not a duration. Give numbers with units, such as 90s, 15m, 2h30m, 1d or 1w, or a TimeSpan.");

    /// <param name="taskName">The task.</param>
    /// <param name="times">When it was due, in words that follow these.</param>
    /// <param name="policy">The policy that gave them up.</param>
    /// <param name="grace">How late it may run.</param>
    public static ReportException DueTimesMissed(string taskName, string times, MissedPolicy policy, TimeSpan grace) =>
        new(nameof(DueTimesMissed), ReportErrorCategory.InvalidOperation, taskName,
            $"Nothing ran the report '{taskName}' when it was due{times}, and now it is too late: with -Missed {policy} it runs at most {DurationText.Format(grace)} after its due time (-MissedGrace).");

    public static ReportException DueTimesReplaced(string taskName, string times, DateTimeOffset by) =>
        new(nameof(DueTimesReplaced), ReportErrorCategory.InvalidOperation, taskName,
            $"Nothing ran the report '{taskName}' when it was due{times}. The run for {InstantText.Of(by)} takes its place.");

    public static ReportException StillRunning(string taskName, DateTimeOffset dueAt) =>
        new(nameof(StillRunning), ReportErrorCategory.ResourceBusy, taskName,
            $"The run of '{taskName}' that was due at {InstantText.Of(dueAt)} was not over. -Overlap Queue waits for it, -Overlap Parallel does not.");
}
