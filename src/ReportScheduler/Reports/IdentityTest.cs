namespace ReportScheduler;

/// <summary>What trying a report identity showed. The token itself is never in it.</summary>
public sealed class IdentityTest
{
    /// <summary>The name of the identity.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it signs in as.</summary>
    public ReportIdentityKind Kind { get; set; }

    /// <summary>What the token is for.</summary>
    public string TokenScope { get; set; } = "";

    /// <summary>Whether a token was given.</summary>
    public bool Success { get; set; }

    /// <summary>The permissions that the token carries, such as SMTP.SendAsApp or Mail.Send; empty where it does not say.</summary>
    public string[] Roles { get; set; } = [];

    /// <summary>When the token ends; a run gets a new one before.</summary>
    public DateTimeOffset? TokenExpiresAt { get; set; }

    /// <summary>When the secret or certificate ends; null when nobody knows.</summary>
    public DateTimeOffset? SecretExpiresAt { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>What is wrong, or will be soon, and what to do; null when nothing is.</summary>
    public string? Message { get; set; }

    /// <summary>The id of the error; null when nothing is wrong.</summary>
    public string? ErrorId { get; set; }
}
