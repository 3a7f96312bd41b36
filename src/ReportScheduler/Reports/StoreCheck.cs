namespace ReportScheduler;

/// <summary>One thing that was tried for a store.</summary>
public sealed class StoreCheck
{
    /// <summary>The path or address of the store.</summary>
    public string StorePath { get; set; } = "";

    /// <summary>What was tried: Store, Write, Clock and Replication (of a database), Key or Files.</summary>
    public string Check { get; set; } = "";

    /// <summary>Whether it works.</summary>
    public bool Success { get; set; }

    /// <summary>What was found, or what is wrong and what to do.</summary>
    public string Message { get; set; } = "";

    /// <summary>The id of the error; null when it works.</summary>
    public string? ErrorId { get; set; }
}
