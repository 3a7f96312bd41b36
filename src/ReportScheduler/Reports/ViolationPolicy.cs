namespace ReportScheduler;

/// <summary>What happens to a report that is not as -Expect says.</summary>
public enum ViolationPolicy
{
    /// <summary>It is held until a person releases it, and its owner is told.</summary>
    Block,

    /// <summary>It is sent, and its mail says so first.</summary>
    Banner,
}
