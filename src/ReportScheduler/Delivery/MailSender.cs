using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using ReportScheduler.Store;

namespace ReportScheduler.Delivery;

/// <summary>Sends saved messages. What became of each recipient stands in the delivery.</summary>
internal static class MailSender
{
    /// <summary>One attempt, to every recipient for whom nothing is decided yet.</summary>
    /// <remarks>
    /// Afterwards the state is Sent (nobody waits and somebody has it), Pending (it may work later), Failed, or Uncertain
    /// (the connection was lost between the end of the message and the server's answer).
    /// </remarks>
    /// <exception cref="OperationCanceledException">It was stopped before the message was handed over; the delivery is Pending.</exception>
    public static void Send(ReportDelivery delivery, ReportMailServer server, ISecretProtector secrets, TimeProvider clock, CancellationToken cancel)
    {
        var waiting = delivery.Recipients.Where(recipient => recipient.State is not (DeliveryState.Sent or DeliveryState.Failed)).ToList();
        var refused = new Dictionary<string, SmtpResponse>();
        ReportException? problem = null;
        try
        {
            var message = Load(delivery);
            if (server.PickupDirectory is { } folder)
            {
                PickupFolder.Put(message, waiting.Where(recipient => recipient.Kind == RecipientKind.Bcc).Select(recipient => recipient.Address), folder);
            }
            else
            {
                using var client = MailSession.Open(server, secrets, cancel);
                refused = client.Refused;
                Submit(client, message, delivery.MessagePath ?? "", waiting, server, cancel);
            }
        }
        catch (ReportException caught)
        {
            problem = caught;
        }
        catch (OperationCanceledException)
        {
            delivery.State = DeliveryState.Pending;
            throw;
        }

        if (waiting.Count > 0 && waiting.All(recipient => refused.ContainsKey(recipient.Address)))
        {
            // What each of them was told says more than that nobody was left.
            problem = null;
        }

        foreach (var recipient in waiting)
        {
            Judge(recipient, refused.GetValueOrDefault(recipient.Address), problem);
        }

        Judge(delivery, server, problem, clock);
    }

    private static MimeMessage Load(ReportDelivery delivery)
    {
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(delivery.MessagePath ?? "");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw ReportError.MessageNotReadable(delivery.MessagePath ?? "", problem);
        }

        var carried = message.Attachments.OfType<MimePart>().Where(part => part.Content is { Stream.Length: > 0 })
            .Select(part => part.FileName).ToHashSet(StringComparer.Ordinal);
        var missing = delivery.Files.FirstOrDefault(file => !carried.Contains(Path.GetFileName(file)));
        return missing is null ? message : throw ReportError.AttachmentMissing(missing);
    }

    private static void Submit(
        ReportSmtpClient client, MimeMessage message, string path, List<DeliveryRecipient> recipients, ReportMailServer server, CancellationToken cancel)
    {
        var name = MailSession.NameOf(server);
        try
        {
            MessageSize.Fit(message, name, Limit(client, server));
            client.Submit(message, new FileInfo(path).Length, [.. recipients.Select(recipient => new MailboxAddress(null, recipient.Address))], cancel);
        }
        catch (SmtpCommandException problem)
        {
            throw ReportError.MailRefused(name, problem);
        }
        catch (ServiceNotAuthenticatedException problem)
        {
            throw ReportError.MailLoginNeeded(name, problem);
        }
        catch (NotSupportedException problem)
        {
            throw ReportError.MailAddressNotSupported(name, problem);
        }
        catch (Exception problem) when (client.HasHandedOver || problem is IOException or SmtpProtocolException or TimeoutException or OperationCanceledException
            or System.Net.Sockets.SocketException)
        {
            throw client.HasHandedOver ? ReportError.MailUncertain(name, server.AnswerTimeout, problem)
                : problem is OperationCanceledException && cancel.IsCancellationRequested ? problem
                : ReportError.MailServerUnreachable(name, problem);
        }

        Quit(client);
    }

    /// <summary>The server has the message by now; that it hangs up rudely changes nothing.</summary>
    private static void Quit(ReportSmtpClient client)
    {
        try
        {
            client.Leave();
        }
        catch (Exception problem) when (problem is IOException or SmtpProtocolException or SmtpCommandException or TimeoutException or OperationCanceledException or ReportException)
        {
        }
    }

    private static long? Limit(ReportSmtpClient client, ReportMailServer server)
    {
        long? said = client.Capabilities.HasFlag(SmtpCapabilities.Size) && client.MaxSize > 0 ? client.MaxSize : null;
        return said is null || server.MaxMessageSize < said ? server.MaxMessageSize : said;
    }

    private static void Judge(DeliveryRecipient recipient, SmtpResponse? refusal, ReportException? problem)
    {
        recipient.Error = refusal is null ? problem?.Message : $"{(int)refusal.StatusCode} {ReportError.Said(refusal.Response)}";
        recipient.State = refusal is not null ? (IsTransient(refusal.StatusCode) ? DeliveryState.Pending : DeliveryState.Failed)
            : problem is null ? DeliveryState.Sent
            : problem.ErrorId == nameof(ReportError.MailUncertain) ? DeliveryState.Uncertain
            : problem.IsTransient ? DeliveryState.Pending
            : DeliveryState.Failed;
    }

    private static void Judge(ReportDelivery delivery, ReportMailServer server, ReportException? problem, TimeProvider clock)
    {
        bool Any(DeliveryState state) => delivery.Recipients.Any(recipient => recipient.State == state);

        delivery.State = Any(DeliveryState.Uncertain) ? DeliveryState.Uncertain
            : Any(DeliveryState.Pending) ? DeliveryState.Pending
            : Any(DeliveryState.Sent) ? DeliveryState.Sent
            : DeliveryState.Failed;
        var refused = delivery.Recipients.Where(recipient => recipient.Error is not null).ToList();
        problem ??= refused.Count == 0 ? null : ReportError.RecipientsRefused(MailSession.NameOf(server), refused);
        (delivery.Error, delivery.ErrorId) = (problem?.Message, problem?.ErrorId);
        if (Any(DeliveryState.Sent))
        {
            delivery.SentAt ??= clock.GetUtcNow();
        }
    }

    private static bool IsTransient(SmtpStatusCode code) => (int)code is >= 400 and < 500;
}
