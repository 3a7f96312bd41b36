namespace ReportScheduler;

/// <summary>How a report reaches people.</summary>
public enum DeliveryKind
{
    /// <summary>One message.</summary>
    Mail,

    /// <summary>Copies in a folder.</summary>
    Folder,

    /// <summary>A message to the task's owner about a failure, or that it is over. It
    /// says nothing about whether the report arrived.</summary>
    Notice,
}
