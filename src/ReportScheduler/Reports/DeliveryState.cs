namespace ReportScheduler;

/// <summary>How far a delivery is.</summary>
public enum DeliveryState
{
    /// <summary>It waits for its next attempt.</summary>
    Pending,

    /// <summary>Somebody is at it.</summary>
    Sending,

    /// <summary>The server, or the folder, has it.</summary>
    Sent,

    /// <summary>It will not be tried again by itself.</summary>
    Failed,

    /// <summary>Nobody can say whether the server took it.</summary>
    Uncertain,
}
