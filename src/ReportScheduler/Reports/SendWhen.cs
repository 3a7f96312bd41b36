namespace ReportScheduler;

/// <summary>When a finished report is delivered.</summary>
public enum SendWhen
{
    /// <summary>Always, also with no rows.</summary>
    Always,

    /// <summary>Only when at least one dataset has rows.</summary>
    HasRows,

    /// <summary>Only when no dataset has rows.</summary>
    NoRows,
}
