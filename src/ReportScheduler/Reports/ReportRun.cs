using ReportScheduler.Time;

namespace ReportScheduler;

/// <summary>One execution of one task.</summary>
/// <remarks>Times are in the time zone that the task had.</remarks>
public sealed class ReportRun
{
    /// <summary>The run's own key; sorts by the time it was made.</summary>
    public string Id { get; set; } = "";

    /// <summary>The id of the task.</summary>
    public string TaskId { get; set; } = "";

    /// <summary>The name the task had.</summary>
    public string TaskName { get; set; } = "";

    /// <summary>The time zone the task had: an IANA id. Empty for UTC.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>Why the run was made.</summary>
    public RunTrigger Trigger { get; set; }

    /// <summary>The instant the report is about: the due time, or -AsOf, or when it was asked for.</summary>
    public DateTimeOffset DueAt { get => Zones.Show(field, TimeZone); set; }

    /// <summary>When it started; null for one that never did.</summary>
    public DateTimeOffset? StartedAt { get => InZone(field); set; }

    /// <summary>When it ended; null while it has not. One that is sent again keeps its
    /// time: the attempts of its deliveries have their own.</summary>
    public DateTimeOffset? FinishedAt { get => InZone(field); set; }

    /// <summary>What became of it.</summary>
    public RunOutcome Outcome { get; set; }

    /// <summary>How far it came.</summary>
    public RunStage Stage { get; set; }

    /// <summary>The rows of all its datasets together.</summary>
    public long Rows { get; set; }

    /// <summary>The full paths of its files that can be opened on this computer.</summary>
    public string[] Files { get; set; } = [];

    /// <summary>Its other files, each with where it is: <c>sales.xlsx: in the store</c>, from where Send-ReportRun fetches it; <c>made on
    /// the computer web2</c>, which has not put it where others see it; <c>removed</c>. Empty where all of them are here.</summary>
    public string[] FilesElsewhere { get; internal set; } = [];

    /// <summary>The computer that made it; null for one that was never begun, or by a version that did not say it.</summary>
    public string? Machine { get; set; }

    /// <summary>Its messages and file drops.</summary>
    public ReportDelivery[] Deliveries
    {
        get
        {
            foreach (var delivery in field)
            {
                delivery.TimeZone = TimeZone;
            }

            return field;
        }

        set;
    } = [];

    /// <summary>1, and one more each time it was taken up again after its process died.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>What went wrong, or why it was skipped; null when nothing did.</summary>
    public string? Error { get; set; }

    /// <summary>The id of the error; null when nothing went wrong.</summary>
    public string? ErrorId { get; set; }

    /// <summary>The kind of the error; null when nothing went wrong.</summary>
    internal ReportErrorCategory? ErrorCategory { get; set; }

    /// <summary>What was thrown, with the number or SQLSTATE of the database; null
    /// when nothing was, and for a run of the history.</summary>
    internal Exception? Cause { get; set; }

    /// <summary>Things worth knowing that did not stop it: a cell cut, a character without a font.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>What the source said beside the rows: PRINT, RAISERROR up to severity 10, notices and warnings
    /// of the server, what a script wrote to its host. Each once, 50 at most.</summary>
    public string[] Messages { get; set; } = [];

    /// <summary>The connections and servers of a report of many servers that gave no rows; empty when all did.</summary>
    public string[] MissingConnections { get; set; } = [];

    /// <summary>Why the missing ones gave no rows; null when all did.</summary>
    internal string? MissingBecause { get; set; }

    /// <summary>How it was made in another way than the task says, such as -NoDelivery; null when it was not.</summary>
    public string? Note { get; set; }

    /// <summary>What -SendWhen asked and what was found, such as <c>'rows &gt; 100' is not
    /// true: rows = 3</c>; null for a task that always sends.</summary>
    public string? Condition { get; set; }

    /// <summary>What is new, gone or other than in the last result that was delivered; null for a task without -KeyColumn.</summary>
    public string? Changes { get; set; }

    /// <summary>What was expected of the result and what was found in its place, a sentence each.</summary>
    public string[] Violations { get; set; } = [];

    /// <summary>The key figures of its result by their names; null for a task without -KeyFigure.</summary>
    public System.Collections.Specialized.OrderedDictionary? Figures { get; set; }

    /// <summary>The same by what was asked, which the next run is compared with; null for none.</summary>
    internal System.Collections.Specialized.OrderedDictionary? FigureValues { get; set; }

    /// <summary>The columns of its result as name and type, the first ones of a very wide one.</summary>
    internal string[] ResultColumns { get; set; } = [];

    /// <summary>Totals of its result that the next one is held against; null for none.</summary>
    internal System.Collections.Specialized.OrderedDictionary? ResultTotals { get; set; }

    /// <summary>It waits for a person to release it, because its result is not as expected.</summary>
    internal bool IsBlocked => (Outcome == RunOutcome.Held && ErrorId == ReportDelivery.BlockedId)
        || Deliveries.Any(delivery => delivery.IsBlocked);

    /// <summary>Its result is kept, for later ones to be compared with.</summary>
    internal bool IsResultKept { get; set; }

    /// <summary>Whether the condition was true; null when none was looked at.</summary>
    internal bool? IsConditionTrue { get; set; }

    /// <summary>The condition, as its task had it.</summary>
    internal string? ConditionText { get; set; }

    /// <summary>It tells that the condition is not true any more.</summary>
    internal bool IsRecovery { get; set; }

    /// <summary>The values that Invoke-ReportTask -Parameters or an HTTP call gave in
    /// place of the task's, as they were given; null for none.</summary>
    public System.Collections.Specialized.OrderedDictionary? Parameters { get; set; }

    /// <summary>The values of all parameters as text: those of the task are worked out for the due time
    /// ("2026-11-16" for startOfWeek). Null where there are none, or the run ended before its query.</summary>
    public System.Collections.Specialized.OrderedDictionary? ParameterValues { get; set; }

    /// <summary>For a record of missed due times: how many, up to and including the due time. 0 otherwise.</summary>
    public int MissedCount { get; set; }

    /// <summary>For a record of missed due times: the first of them; null otherwise. The last is the due time.</summary>
    public DateTimeOffset? MissedFrom { get => InZone(field); set; }

    /// <summary>How long it took; null while it has not ended.</summary>
    public TimeSpan? Duration => FinishedAt - StartedAt;

    /// <summary>The folder with its files and its message.</summary>
    internal string? Folder { get; set; }

    /// <summary>Its files were removed, or are about to be: it is not sent again.</summary>
    internal bool AreFilesRemoved { get; set; }

    /// <summary>Who works on it: machine, process and start of the process; null when it has ended.</summary>
    internal string? Owner { get; set; }

    /// <summary>When its owner last said that it is alive.</summary>
    internal DateTimeOffset? HeartbeatAt { get; set; }

    /// <summary>How often its process ended after it had begun. One that waited for its turn then has lost nothing.</summary>
    internal int Interruptions { get; set; }

    /// <summary>Its runner was stopped before it was over: it is not recorded as over, and the next runner takes it up.</summary>
    internal bool IsGivenBack { get; set; }

    /// <summary>When its task runs next, as its end was recorded; it is not kept.</summary>
    internal DateTimeOffset? TaskNextRunAt { get; set; }

    /// <summary>Another process took it over from this one; it is as that one keeps it.</summary>
    internal bool IsTakenOver { get; set; }

    /// <summary>A person tries the report: its owner is not notified, and it neither begins nor ends a row of failures.</summary>
    internal bool IsTest => Note is not null;

    /// <summary>Nothing is run for it: what becomes of it was known when it was claimed.</summary>
    internal bool IsRecordOnly => Stage == RunStage.Claim && Error is not null;

    internal bool IsFinal => Outcome is not (RunOutcome.Running or RunOutcome.Delivering);

    /// <summary>Its report is made and its mail has not been tried yet: threads of their own do that, and say what became of it.</summary>
    internal bool IsHandedOver => Outcome == RunOutcome.Delivering
        && Deliveries.Any(
            delivery => delivery is { IsNotice: false, State: DeliveryState.Pending, Attempts: 0, Error: null, NextAttemptAt: not null });

    /// <summary>Whether it counts as an error of its task: what was asked for is not certain to have reached everybody.</summary>
    internal bool IsFailure => Outcome is RunOutcome.Failed or RunOutcome.PartiallyDelivered or RunOutcome.PartialData or RunOutcome.Held
        or RunOutcome.Interrupted;

    /// <summary>What ends soon that the task signs in with, as in warnings; null for nothing.</summary>
    internal string? SecretEnds { get; set; }

    /// <summary>A due time that its runner gave up because it was stopped: nobody will run it by itself.</summary>
    internal bool IsCutOff => Outcome == RunOutcome.Cancelled && Trigger == RunTrigger.Schedule;

    /// <summary>Task, due time and outcome, as in messages.</summary>
    public override string ToString() => $"{TaskName} {InstantText.Of(DueAt)} {Outcome}";

    private DateTimeOffset? InZone(DateTimeOffset? instant) => instant is { } at ? Zones.Show(at, TimeZone) : null;
}
