namespace ReportScheduler;

/// <summary>What happens to due times that passed while nothing ran.</summary>
public enum MissedPolicy
{
    /// <summary>The newest one runs once; the others are recorded as missed.</summary>
    RunOnce,

    /// <summary>None runs; they are recorded as missed.</summary>
    Skip,

    /// <summary>Each one runs, oldest first.</summary>
    RunAll,
}
