namespace ReportScheduler.Delivery.Mail;

/// <summary>What a server said of one recipient.</summary>
/// <param name="Error">Its answer.</param>
/// <param name="IsTransient">Whether it may take the recipient later.</param>
internal readonly record struct MailRefusal(string Error, bool IsTransient);
