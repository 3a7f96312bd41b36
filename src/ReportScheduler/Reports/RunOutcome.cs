namespace ReportScheduler;

/// <summary>What became of a run. Never kinder than the truth.</summary>
public enum RunOutcome
{
    /// <summary>Not final: it is going on.</summary>
    Running,

    /// <summary>Not final: the files are made, mail waits for its next attempt.</summary>
    Delivering,

    /// <summary>Everything asked for was made and delivered.</summary>
    Succeeded,

    /// <summary>It has no rows, and -SendWhen HasRows kept it from being delivered.</summary>
    NoData,

    /// <summary>It was not run; the error has the reason.</summary>
    Skipped,

    /// <summary>Some recipients or folders got it, others did not.</summary>
    PartiallyDelivered,

    /// <summary>A mail that may or may not have gone out waits for a person.</summary>
    Held,

    /// <summary>It failed at its stage; the error has the reason.</summary>
    Failed,

    /// <summary>One or more due times passed while nothing ran.</summary>
    Missed,

    /// <summary>It was stopped.</summary>
    Cancelled,

    /// <summary>Its process died and the policy says not to run it again.</summary>
    Interrupted,

    /// <summary>It was delivered without the rows of some of its servers; the error says which.</summary>
    PartialData,

    /// <summary>What -SendWhen asks is not true, or was told a moment ago: it was not delivered.</summary>
    NotNeeded,
}
