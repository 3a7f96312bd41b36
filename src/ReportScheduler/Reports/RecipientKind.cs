namespace ReportScheduler;

/// <summary>In which field of a message an address stands.</summary>
public enum RecipientKind
{
    /// <summary>A recipient.</summary>
    To,

    /// <summary>A recipient of a copy.</summary>
    Cc,

    /// <summary>A recipient of a blind copy.</summary>
    Bcc,
}
