namespace ReportScheduler;

/// <summary>The words that say when a finished report is delivered; a condition such
/// as <c>rows &gt; 100</c> may stand in their place.</summary>
public enum SendWhen
{
    /// <summary>Always, also with no rows.</summary>
    Always,

    /// <summary>Only when at least one dataset has rows.</summary>
    HasRows,

    /// <summary>Only when no dataset has rows.</summary>
    NoRows,

    /// <summary>Only when a row is new, gone or other than in the last result that was delivered. It needs -KeyColumn.</summary>
    Changed,

    /// <summary>Only when a row is new since the last result that was delivered. It needs -KeyColumn.</summary>
    NewRows,
}
