namespace ReportScheduler;

/// <summary>What happens when a task is due while a run of it is still going.</summary>
public enum OverlapPolicy
{
    /// <summary>The due time is recorded as skipped.</summary>
    Skip,

    /// <summary>It runs when the run before it has ended.</summary>
    Queue,

    /// <summary>It runs beside the other.</summary>
    Parallel,
}
