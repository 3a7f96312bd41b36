namespace ReportScheduler;

/// <summary>What becomes of a report of many servers when some of them give no rows.</summary>
public enum ServerErrorPolicy
{
    /// <summary>The report is made of the others and says which are missing; its run ends as PartialData.</summary>
    Continue,

    /// <summary>The run fails with the first of them, and nothing is delivered.</summary>
    Fail,
}
