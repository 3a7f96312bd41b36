namespace ReportScheduler;

/// <summary>What trying a report mail server showed.</summary>
public sealed class MailServerTest
{
    /// <summary>The name of the mail server.</summary>
    public string Name { get; set; } = "";

    /// <summary>Host and port, the host of Microsoft Graph, or the pickup folder.</summary>
    public string Server { get; set; } = "";

    /// <summary>Whether it can be used.</summary>
    public bool Success { get; set; }

    /// <summary>Whether the conversation is encrypted.</summary>
    public bool IsSecure { get; set; }

    /// <summary>How the login was done: XOAUTH2 with a token, PLAIN, LOGIN and the like with a password; null without one.</summary>
    public string? Mechanism { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The address that got a test mail; null for none.</summary>
    public string? SentTo { get; set; }

    /// <summary>What is wrong and what to do; null when nothing is.</summary>
    public string? Message { get; set; }

    /// <summary>The id of the error; null when nothing is wrong.</summary>
    public string? ErrorId { get; set; }
}
