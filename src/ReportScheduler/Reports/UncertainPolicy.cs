namespace ReportScheduler;

/// <summary>What happens to a mail whose delivery is uncertain.</summary>
public enum UncertainPolicy
{
    /// <summary>It is sent again once with the same Message-Id, so that it may arrive
    /// twice; then it waits for a person, as with Hold.</summary>
    Resend,

    /// <summary>It waits for a person, who sends it with Send-ReportRun.</summary>
    Hold,
}
