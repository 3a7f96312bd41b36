namespace ReportScheduler;

/// <summary>A runner that is alive on a store.</summary>
public sealed class ReportSchedulerInfo
{
    /// <summary>The runner's own key.</summary>
    public string Id { get; set; } = "";

    /// <summary>The computer it runs on.</summary>
    public string Machine { get; set; } = "";

    /// <summary>Its process on that computer.</summary>
    public int ProcessId { get; set; }

    /// <summary>Since when it runs, UTC.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When it last said that it is alive, UTC.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>How many reports it runs at once.</summary>
    public int MaxConcurrent { get; set; }

    /// <summary>Its labels: it takes the tasks that are to run on one of them, and those that run anywhere.</summary>
    public string[] Labels { get; set; } = [];

    /// <summary>The tasks it is running.</summary>
    public string[] Running { get; set; } = [];

    /// <summary>Until when other runners leave what it runs alone, UTC; it renews that twice a
    /// minute. Null while it runs nothing.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>How far the clock of its computer is ahead of the store's; negative where it is behind.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Who it is in the runs that it owns.</summary>
    internal string Owner { get; set; } = "";
}
