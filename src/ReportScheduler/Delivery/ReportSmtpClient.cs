using MailKit.Net.Smtp;
using MimeKit;

namespace ReportScheduler.Delivery;

/// <summary>An SMTP client that remembers which recipients the server refused, and goes on with the others.</summary>
internal sealed class ReportSmtpClient : SmtpClient
{
    /// <summary>The refused recipients with the server's replies.</summary>
    public Dictionary<string, SmtpResponse> Refused { get; } = new(StringComparer.OrdinalIgnoreCase);

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        Refused[mailbox.Address] = response;

    protected override void OnNoRecipientsAccepted(MimeMessage message)
    {
    }
}
