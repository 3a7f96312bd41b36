namespace ReportScheduler;

/// <summary>How far a delivery is.</summary>
public enum DeliveryState
{
    /// <summary>It waits for its next attempt.</summary>
    Pending,

    /// <summary>It is being sent.</summary>
    Sending,

    /// <summary>The server, or the folder, has it.</summary>
    Sent,

    /// <summary>It is not retried automatically.</summary>
    Failed,

    /// <summary>Whether the server accepted it is uncertain.</summary>
    Uncertain,
}
