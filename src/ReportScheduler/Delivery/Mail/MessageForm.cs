namespace ReportScheduler.Delivery.Mail;

/// <summary>How much of a message is sent, from all of it to what a server takes at least.</summary>
internal enum MessageForm
{
    /// <summary>As it was made.</summary>
    Whole,

    /// <summary>The attachments are one zip archive.</summary>
    Zipped,

    /// <summary>Without attachments: the text says where their copies are.</summary>
    WithoutFiles,
}
