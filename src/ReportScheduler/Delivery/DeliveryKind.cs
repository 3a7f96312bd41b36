namespace ReportScheduler.Delivery;

/// <summary>How a report reaches people.</summary>
public enum DeliveryKind
{
    /// <summary>One message.</summary>
    Mail,

    /// <summary>Copies in a folder.</summary>
    Folder,
}
