using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using ReportScheduler.Secrets;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Sends saved messages. What became of each recipient stands in the delivery.</summary>
internal static class MailSender
{
    /// <summary>One attempt, to every recipient for whom nothing is decided yet.</summary>
    /// <remarks>
    /// Afterwards the state is Sent (nobody waits and somebody has it), Pending (it may work later), Failed, or Uncertain
    /// (the connection was lost between the end of the message and the server's answer).
    /// </remarks>
    /// <exception cref="OperationCanceledException">It was stopped before the message was handed over; the delivery is Pending.</exception>
    /// <param name="delivery">The mail.</param>
    /// <param name="drops">The file drops of the same run: a mail that is too large names the copies.</param>
    /// <param name="server">Through which it goes.</param>
    /// <param name="secrets">For the password.</param>
    /// <param name="clock">Says when it was sent.</param>
    /// <param name="cancel">Stops.</param>
    public static void Send(
        ReportDelivery delivery, IReadOnlyCollection<ReportDelivery> drops, ReportMailServer server, ISecretProtector secrets, TimeProvider clock, CancellationToken cancel)
    {
        var outgoing = new OutgoingMessage(delivery, drops, MailSession.NameOf(server));
        var waiting = delivery.Recipients.Where(recipient => recipient.State is not (DeliveryState.Sent or DeliveryState.Failed)).ToList();
        var refused = new Dictionary<string, SmtpResponse>(StringComparer.OrdinalIgnoreCase);
        ReportException? problem = null;
        try
        {
            if (server.PickupDirectory is { } folder)
            {
                using var message = outgoing.Load();
                PickupFolder.Put(message, waiting.Where(recipient => recipient.Kind == RecipientKind.Bcc).Select(recipient => recipient.Address), folder);
            }
            else
            {
                // what cannot be sent needs no connection
                outgoing.Load().Dispose();
                Submit(outgoing, waiting, refused, server, secrets, cancel);
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
        delivery.Note = delivery.State == DeliveryState.Failed ? null : outgoing.Note ?? delivery.Note;
    }

    /// <summary>Opens a connection for each form of the message: a refusal may have ended the last one.</summary>
    private static void Submit(
        OutgoingMessage outgoing, List<DeliveryRecipient> recipients, Dictionary<string, SmtpResponse> refused, ReportMailServer server, ISecretProtector secrets, CancellationToken cancel)
    {
        for (var isTaken = false; !isTaken;)
        {
            refused.Clear();
            using var client = MailSession.Open(server, secrets, cancel);
            client.Refused = refused;
            isTaken = Submit(client, outgoing, recipients, server, cancel);
        }
    }

    /// <returns>False when the message was too large and is now smaller.</returns>
    private static bool Submit(
        ReportSmtpClient client, OutgoingMessage outgoing, List<DeliveryRecipient> recipients, ReportMailServer server, CancellationToken cancel)
    {
        var name = MailSession.NameOf(server);
        try
        {
            var (message, size) = outgoing.Fit(Limit(client, server));
            using var sent = message;
            client.Submit(message, size, [.. recipients.Select(recipient => new MailboxAddress(null, recipient.Address))], cancel);
        }
        catch (SmtpCommandException problem)
        {
            return outgoing.Shrink(problem) ? false : throw MailErrors.MailRefused(name, problem);
        }
        catch (ServiceNotAuthenticatedException problem)
        {
            throw MailErrors.MailLoginNeeded(name, problem);
        }
        catch (NotSupportedException problem)
        {
            throw MailErrors.MailAddressNotSupported(name, problem);
        }
        catch (Exception problem) when (client.HasHandedOver || problem is IOException or SmtpProtocolException or TimeoutException or OperationCanceledException
            or System.Net.Sockets.SocketException)
        {
            throw client.HasHandedOver ? MailErrors.MailUncertain(name, server.AnswerTimeout, problem)
                : problem is OperationCanceledException && cancel.IsCancellationRequested ? problem
                : MailErrors.MailServerUnreachable(name, problem);
        }

        Quit(client);
        return true;
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
        recipient.Error = refusal is null ? problem?.Message : $"{(int)refusal.StatusCode} {MailErrors.Said(refusal.Response)}";
        recipient.State = refusal is not null ? (IsTransient(refusal.StatusCode) ? DeliveryState.Pending : DeliveryState.Failed)
            : problem is null ? DeliveryState.Sent
            : problem.ErrorId == nameof(MailErrors.MailUncertain) ? DeliveryState.Uncertain
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
        problem ??= refused.Count == 0 ? null : MailErrors.RecipientsRefused(MailSession.NameOf(server), refused);
        (delivery.Error, delivery.ErrorId) = (problem?.Message, problem?.ErrorId);
        if (Any(DeliveryState.Sent))
        {
            delivery.SentAt ??= clock.GetUtcNow();
        }
    }

    private static bool IsTransient(SmtpStatusCode code) => (int)code is >= 400 and < 500;
}
