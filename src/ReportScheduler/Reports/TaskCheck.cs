namespace ReportScheduler;

/// <summary>One thing that was tried for a report task.</summary>
public sealed class TaskCheck
{
    /// <summary>The task's name.</summary>
    public string TaskName { get; set; } = "";

    /// <summary>What was tried: Definition, Query, Columns (of the result, which the options
    /// name), Identity, MailServer, Destination or Schedule.</summary>
    public string Check { get; set; } = "";

    /// <summary>Whether it works.</summary>
    public bool Success { get; set; }

    /// <summary>What was found, or what is wrong and what to do.</summary>
    public string Message { get; set; } = "";

    /// <summary>What works and will not for long, such as a secret that ends; null for nothing.</summary>
    public string? Warning { get; set; }

    /// <summary>The id of the error; null when it works.</summary>
    public string? ErrorId { get; set; }
}
