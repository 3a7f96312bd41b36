namespace ReportScheduler;

/// <summary>What happens when a file of that name is in the destination folder already.</summary>
public enum ExistingFilePolicy
{
    /// <summary>The new file takes its place, in one step.</summary>
    Overwrite,

    /// <summary>The delivery fails and the old file stays.</summary>
    Fail,

    /// <summary>The new file gets a number: <c>sales (2).xlsx</c>.</summary>
    Number,
}
