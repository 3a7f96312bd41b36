namespace ReportScheduler.Delivery.Mail;

/// <summary>How a mail server was reached.</summary>
/// <param name="IsSecure">Whether what is sent is encrypted.</param>
/// <param name="Mechanism">How the login was done, such as XOAUTH2 or PLAIN; null without one.</param>
internal readonly record struct MailReach(bool IsSecure, string? Mechanism);
