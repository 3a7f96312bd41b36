using ReportScheduler.Secrets;

namespace ReportScheduler.Delivery.Mail;

/// <summary>A mail server with what it takes to use it.</summary>
/// <param name="Server">The mail server.</param>
/// <param name="Secrets">For its password, or the tokens of its identity.</param>
internal sealed record MailAccess(ReportMailServer Server, IStoreSecrets Secrets);
