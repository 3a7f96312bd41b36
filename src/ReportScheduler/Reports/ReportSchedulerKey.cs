namespace ReportScheduler;

/// <summary>A named key for the HTTP trigger of the runner.</summary>
public sealed class ReportSchedulerKey
{
    /// <summary>The name, unique without regard to case; it stands in the log for who called.</summary>
    public string Name { get; set; } = "";

    /// <summary>The ids of the tasks it may run; empty for all, and then it may also call /due and /metrics.</summary>
    public string[] TaskId { get; set; } = [];

    /// <summary>How many calls a minute it may make; null for the ordinary quota of 600.</summary>
    public int? CallsPerMinute { get; set; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The key itself; only New-ReportSchedulerKey shows it, once.</summary>
    public string? Key { get; internal set; }

    internal string ProtectedKey { get; set; } = "";

    internal bool IsForAll => TaskId.Length == 0;

    internal bool Allows(string taskId) => IsForAll || TaskId.Contains(taskId, StringComparer.Ordinal);

    /// <summary>The name, as in messages.</summary>
    public override string ToString() => Name;
}
