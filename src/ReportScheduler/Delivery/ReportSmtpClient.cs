using System.Net.Security;
using MailKit.Net.Smtp;
using MimeKit;

namespace ReportScheduler.Delivery;

/// <summary>An SMTP client that remembers which recipients the server refused, goes on with the others, and knows when the message was handed over.</summary>
internal sealed class ReportSmtpClient : SmtpClient
{
    private readonly HandedOver handedOver;

    public ReportSmtpClient(TimeSpan timeout)
        : this(new HandedOver()) => Timeout = (int)Math.Min(timeout.TotalMilliseconds, int.MaxValue);

    private ReportSmtpClient(HandedOver handedOver)
        : base(handedOver)
    {
        this.handedOver = handedOver;

        // MailKit's own check lets some well-known servers pass with certificates that do not hold.
        ServerCertificateValidationCallback = (_, _, _, problems) => problems == SslPolicyErrors.None;

        // Revocation lists of company authorities are often out of reach of a server, and the mail must not depend on them.
        CheckCertificateRevocation = false;
    }

    /// <summary>The refused recipients with the server's replies.</summary>
    public Dictionary<string, SmtpResponse> Refused { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the server has the whole message, so that only its answer can be missing.</summary>
    public bool HasHandedOver => handedOver.IsWhole;

    /// <summary>A step of the conversation, stopped when it was silent for <see cref="SmtpClient.Timeout"/> as well.</summary>
    /// <remarks>MailKit leaves its own timeout aside where the token can be cancelled, and would wait for ever.</remarks>
    /// <exception cref="OperationCanceledException">It was stopped, or the server was silent for too long.</exception>
    public void Within(Action<CancellationToken> step, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Timeout);
        handedOver.Heard = () => patience.CancelAfter(Timeout);
        try
        {
            step(patience.Token);
        }
        finally
        {
            handedOver.Heard = null;
        }
    }

    /// <summary>Sends to those of the recipients that the server accepts; perhaps to none.</summary>
    public void Submit(MimeMessage message, IEnumerable<MailboxAddress> recipients, CancellationToken cancel)
    {
        // In chunks there is no last line after which the server has everything.
        Capabilities &= ~(SmtpCapabilities.Chunking | SmtpCapabilities.BinaryMime);
        Within(token => Send(message, message.From.Mailboxes.First(), recipients, token), cancel);
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        Refused[mailbox.Address] = response;

    protected override void OnNoRecipientsAccepted(MimeMessage message)
    {
    }
}
