namespace ReportScheduler;

/// <summary>Which runs to read. Null means any.</summary>
internal sealed record RunFilter
{
    public string? TaskId { get; init; }

    public string? RunId { get; init; }

    public IReadOnlyCollection<RunOutcome>? Outcomes { get; init; }

    /// <summary>Started, or for one that never started due, at or after this instant.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Started, or for one that never started due, before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only what comes behind this one, as the next page of a list does.</summary>
    public RunKey? After { get; init; }

    /// <summary>Leaves out this many, the newest ones.</summary>
    public int Skip { get; init; }

    /// <summary>At most this many, the newest ones.</summary>
    public int? Limit { get; init; }
}
