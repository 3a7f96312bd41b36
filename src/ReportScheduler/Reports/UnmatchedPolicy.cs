namespace ReportScheduler;

/// <summary>What happens to rows of a split report that have no key, or a key without an address.</summary>
public enum UnmatchedPolicy
{
    /// <summary>The owner gets them in a part of their own.</summary>
    Owner,

    /// <summary>They are left out, with a warning that says how many.</summary>
    Skip,

    /// <summary>The run fails before anything is sent.</summary>
    Fail,
}
