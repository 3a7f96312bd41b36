using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ReportScheduler.Delivery.Mail;

/// <summary>An SMTP client that remembers which recipients the server refused, goes on with the others, knows
/// when the message was handed over, and has an end whatever the server does.</summary>
/// <remarks>
/// Each answer must be whole within the server's timeout, and the conversation up to the final dot within a limit of its own,
/// which grows with the recipients and the message. Then the answer has <see cref="ReportMailServer.AnswerTimeout"/>.
/// </remarks>
internal sealed class ReportSmtpClient : SmtpClient
{
    /// <summary>A conversation may take so many times the timeout of a step: greeting, TLS and login have about that many.</summary>
    private const int Steps = 10;

    /// <summary>Some servers wait so long at each recipient, to slow down senders of spam.</summary>
    private static readonly TimeSpan ForEachRecipient = TimeSpan.FromSeconds(5);

    /// <summary>The slowest line that is waited for.</summary>
    private const int BytesASecond = 10_000;

    private static readonly TimeSpan ForGoodbye = TimeSpan.FromSeconds(5);

    /// <summary>What a timer takes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly SmtpConversation conversation;
    private readonly TimeSpan step;
    private readonly TimeSpan answer;
    private readonly long began = TimeProvider.System.GetTimestamp();
    private readonly X509Certificate2? certificate;
    private TimeSpan total;
    private Socket? socket;

    /// <param name="server">The mail server.</param>
    /// <param name="certificate">The certificate that is shown to it, and goes with the client; null for none.</param>
    public ReportSmtpClient(ReportMailServer server, X509Certificate2? certificate = null)
        : this(server, new SmtpConversation(SmtpPlace.NameOf(server)))
    {
        this.certificate = certificate;
        if (certificate is not null)
        {
            ClientCertificates = [certificate];
        }
    }

    private ReportSmtpClient(ReportMailServer server, SmtpConversation conversation)
        : base(conversation)
    {
        this.conversation = conversation;
        (step, answer) = (Least(server.Timeout, Longest), Least(server.AnswerTimeout, Longest));
        total = step * Steps;
        Timeout = (int)step.TotalMilliseconds;

        // MailKit's own check lets some well-known servers pass with certificates that do not hold.
        ServerCertificateValidationCallback = (_, _, _, problems) => problems == SslPolicyErrors.None;

        // Revocation lists of company authorities are often out of reach of a server, and the mail must not depend on them.
        CheckCertificateRevocation = false;
    }

    /// <summary>The refused recipients with the server's replies.</summary>
    public Dictionary<string, MailRefusal> Refused { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Is called before DATA and while the message goes out, the last time right before the final
    /// dot; it throws where the message must not be handed over.</summary>
    public Action Confirm { get; set; } = () => { };

    /// <summary>Whether the server has the whole message, so that only its answer can be missing.</summary>
    public bool HasHandedOver => conversation.IsWhole;

    /// <summary>The SASL mechanism of the login; null without one.</summary>
    public string? Mechanism => conversation.Mechanism;

    /// <summary>Connects; the socket is ours, so that it can be closed under whatever waits for it.</summary>
    public void Open(string host, int port, SecureSocketOptions options, CancellationToken cancel)
    {
        socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Within(
            token =>
            {
                socket.ConnectAsync(new DnsEndPoint(host, port), token).AsTask().GetAwaiter().GetResult();
                Connect(socket, host, port, options, token);
            },
            cancel);
    }

    /// <summary>A part of the conversation, stopped as well when the server is silent, or slower than it may be.</summary>
    /// <exception cref="OperationCanceledException">It was stopped, or the server took too long.</exception>
    public void Within(Action<CancellationToken> talk, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // MailKit looks at the token between reads only, and one of TLS goes on for as long as single bytes come
        using var abort = patience.Token.Register(() => socket?.Dispose());
        patience.CancelAfter(Patience());
        conversation.WentOn = () => patience.CancelAfter(Patience());
        try
        {
            talk(patience.Token);
        }
        catch (Exception problem) when (patience.IsCancellationRequested && problem is not (OperationCanceledException or ReportException))
        {
            throw new OperationCanceledException(problem.Message, problem, patience.Token);
        }
        finally
        {
            conversation.WentOn = null;
        }
    }

    /// <summary>Sends to those of the recipients that the server accepts; perhaps to none.</summary>
    /// <param name="message">The message.</param>
    /// <param name="size">Its bytes, about.</param>
    /// <param name="recipients">Who gets it.</param>
    /// <param name="cancel">Stops.</param>
    public void Submit(MimeMessage message, long size, IReadOnlyCollection<MailboxAddress> recipients, CancellationToken cancel)
    {
        total += (ForEachRecipient * recipients.Count) + TimeSpan.FromSeconds(size / BytesASecond);

        // In chunks there is no last line after which the server has everything.
        Capabilities &= ~(SmtpCapabilities.Chunking | SmtpCapabilities.BinaryMime);
        Within(token => Send(message, message.From.Mailboxes.First(), recipients, token, new Progress(this)), cancel);
    }

    /// <summary>Says goodbye; the server has the message by now, and what it answers changes nothing.</summary>
    public void Leave()
    {
        using var soon = new CancellationTokenSource(ForGoodbye);
        Within(token => Disconnect(quit: true, token), soon.Token);
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        Refused[mailbox.Address] = new MailRefusal($"{(int)response.StatusCode} {MailErrors.Said(response.Response)}",
            (int)response.StatusCode is >= 400 and < 500);

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => Confirm();

    protected override void OnNoRecipientsAccepted(MimeMessage message)
    {
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            socket?.Dispose();
            certificate?.Dispose();
        }
    }

    private TimeSpan Patience()
    {
        if (conversation.IsWhole)
        {
            return answer;
        }

        var left = total - TimeProvider.System.GetElapsedTime(began);
        return left < TimeSpan.Zero ? TimeSpan.Zero : Least(step, left);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed class Progress(ReportSmtpClient client) : ITransferProgress
    {
        public void Report(long bytesTransferred, long totalSize) => client.Confirm();

        public void Report(long bytesTransferred) => client.Confirm();
    }
}
