using ReportScheduler.Time;

namespace ReportScheduler;

/// <summary>One message or one file drop of a run. Together they are the delivery ledger.</summary>
/// <remarks>Times are in the zone of the run's task.</remarks>
public sealed class ReportDelivery
{
    /// <summary>The error of what is held by the contract of its task.</summary>
    internal const string BlockedId = "ContractViolated";

    private const int MostKept = 100;

    /// <summary>The delivery's own key.</summary>
    public string Id { get; set; } = "";

    /// <summary>The id of the run.</summary>
    public string RunId { get; set; } = "";

    /// <summary>The id of the task.</summary>
    public string TaskId { get; set; } = "";

    /// <summary>A message or a file drop.</summary>
    public DeliveryKind Kind { get; set; }

    /// <summary>The key of the part of a split report that it brings; <c>(unmatched)</c> for
    /// the rows that are nobody's. Null for a whole report.</summary>
    public string? Key { get; set; }

    /// <summary>How many rows that part has; null for a whole report.</summary>
    public long? Rows { get; set; }

    /// <summary>The name of the mail server, or the folder.</summary>
    public string Target { get; set; } = "";

    /// <summary>How far it is.</summary>
    public DeliveryState State { get; set; }

    /// <summary>The addresses of a message, each with its own state; none for a file drop.</summary>
    public DeliveryRecipient[] Recipients { get; set; } = [];

    /// <summary>The Message-Id of a message; the same however often it is sent.</summary>
    public string? MessageId { get; set; }

    /// <summary>The saved message (.eml), or null for a file drop. With a store in a database it is brought there when it is
    /// sent.</summary>
    public string? MessagePath { get; set; }

    /// <summary>The files a message must carry, or the files of a drop: full paths in the run's folder, to which a store
    /// in a database brings them when they are sent.</summary>
    public string[] Files { get; set; } = [];

    /// <summary>What the drop made in the folder: full paths.</summary>
    public string[] DroppedFiles { get; set; } = [];

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>The attempts, oldest first: the first sending and each one after it
    /// with its own time. At most the newest hundred.</summary>
    public DeliveryAttempt[] History
    {
        get
        {
            foreach (var attempt in field)
            {
                attempt.TimeZone = TimeZone;
            }

            return field;
        }

        set;
    } = [];

    /// <summary>How a mail went out in another way than it was made, such as without
    /// files that were too large; null when it did not.</summary>
    public string? Note { get; set; }

    /// <summary>How often it was uncertain whether the server had accepted it.</summary>
    internal int Doubts { get; set; }

    /// <summary>When it is tried again; null when it is not.</summary>
    public DateTimeOffset? NextAttemptAt { get => InZone(field); set; }

    /// <summary>When it was sent first; null when it was not. <see cref="History"/> has the other times.</summary>
    public DateTimeOffset? SentAt { get => InZone(field); set; }

    /// <summary>What went wrong in the newest attempt; null when nothing did.</summary>
    public string? Error { get; set; }

    /// <summary>The id of that error; null when nothing went wrong.</summary>
    internal string? ErrorId { get; set; }

    /// <summary>The zone in which times are shown; empty for UTC. The run that it is asked for gives it.</summary>
    internal string TimeZone { get; set; } = "";

    /// <summary>The process that is sending it; null for none.</summary>
    internal string? Owner { get; set; }

    /// <summary>When it was made.</summary>
    internal DateTimeOffset CreatedAt { get; set; }

    /// <summary>Before this its target wants no further attempt, at this or at
    /// another delivery; null when it says nothing of that.</summary>
    internal DateTimeOffset? NotBefore { get; set; }

    /// <summary>Whether the newest attempt may have arrived: where that can be found out, the next one looks first.</summary>
    internal bool IsInDoubt { get; set; }

    /// <summary>A message to the task's owner, which says nothing about whether the report arrived.</summary>
    internal bool IsNotice => Kind == DeliveryKind.Notice;

    /// <summary>Whether it waits until a person releases it: the result is not as -Expect says.</summary>
    internal bool IsBlocked => State == DeliveryState.Failed && ErrorId == BlockedId;

    /// <summary>Whether everybody it is for has it.</summary>
    internal bool IsWhole => State == DeliveryState.Sent && Recipients.All(recipient => recipient.State == DeliveryState.Sent);

    /// <summary>Notes that an attempt begins.</summary>
    internal void Begin(DateTimeOffset now)
    {
        (State, Attempts, NotBefore) = (DeliveryState.Sending, Attempts + 1, null);
        History = [.. History.TakeLast(MostKept - 1), new DeliveryAttempt { StartedAt = now, State = State }];
    }

    /// <summary>Notes what became of the attempt that was going on.</summary>
    /// <param name="now">When it was over; null when nobody knows.</param>
    /// <param name="state">What became of it, which is not always what becomes of the delivery.</param>
    internal void End(DateTimeOffset? now, DeliveryState state)
    {
        if (History is [.., { EndedAt: null, State: DeliveryState.Sending } last])
        {
            (last.EndedAt, last.State, last.Error) = (now, state, Error);
        }
    }

    /// <summary>Ends it for all who have not got it.</summary>
    /// <param name="why">What went wrong; null to keep what the newest attempt said.</param>
    internal void GiveUp(ReportException? why)
    {
        foreach (var recipient in Recipients.Where(recipient => recipient.State == DeliveryState.Pending))
        {
            (recipient.State, recipient.Error) = (DeliveryState.Failed, why?.Message ?? recipient.Error);
        }

        bool Any(DeliveryState state) => Recipients.Any(recipient => recipient.State == state);

        State = Any(DeliveryState.Uncertain)
            ? DeliveryState.Uncertain
            : Any(DeliveryState.Sent)
            ? DeliveryState.Sent
            : DeliveryState.Failed;
        (Error, ErrorId) = why is null ? (Error, ErrorId) : (why.Message, why.ErrorId);
    }

    private DateTimeOffset? InZone(DateTimeOffset? instant) => instant is { } at ? Zones.Show(at, TimeZone) : null;

    /// <summary>Kind, target and state, as in messages.</summary>
    public override string ToString() => $"{Kind} {Target} {State}";
}
