namespace ReportScheduler;

/// <summary>What the machine keeps per task. People's commands never write it, runs never write the task.</summary>
internal sealed class ReportTaskState
{
    public string TaskId { get; set; } = "";

    /// <summary>UTC; null when nothing more is due or the task is disabled.</summary>
    public DateTimeOffset? NextRunAt { get; set; }

    public DateTimeOffset? LastRunAt { get; set; }

    public RunOutcome? LastOutcome { get; set; }

    public long RunCount { get; set; }

    public long ErrorCount { get; set; }

    public int ConsecutiveFailures { get; set; }

    /// <summary>When the newest of the runs that failed started; null before the first.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>When the owner was last notified of the failures that are not over; null for never.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>When the owner was last notified of due times that were given up; null for never.</summary>
    public DateTimeOffset? ToldOfMissedAt { get; set; }

    /// <summary>When the owner was last notified of a secret that expires; null for never.</summary>
    public DateTimeOffset? ToldOfSecretAt { get; set; }

    /// <summary>Since when the condition has been true; null while it is not.</summary>
    public DateTimeOffset? ConditionSince { get; set; }

    /// <summary>When a run that found it true was last delivered; null when none was since it became true.</summary>
    public DateTimeOffset? ConditionToldAt { get; set; }

    /// <summary>The condition that these are about: a task that is given another one begins anew.</summary>
    public string? ConditionText { get; set; }

    /// <summary>The run whose result was the last one that was delivered, which later
    /// ones are compared with; null when there is none.</summary>
    public string? ResultRunId { get; set; }

    /// <summary>What that run was about.</summary>
    public DateTimeOffset? ResultDueAt { get; set; }

    /// <summary>The keys of the parts of that result, of a split report, that nobody got: they are compared with what was before.</summary>
    public string[] ResultUndelivered { get; set; } = [];

    public string? LastError { get; set; }

    public string? PausedBecause { get; set; }
}
