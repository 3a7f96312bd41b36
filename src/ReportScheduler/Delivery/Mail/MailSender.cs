using ReportScheduler.Delivery.Places;
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
    /// <param name="drops">The copies of the same run's files: a mail that is too large names them.</param>
    /// <param name="server">Through which it goes.</param>
    /// <param name="secrets">For the password, or the tokens of an identity.</param>
    /// <param name="clock">Says when it was sent.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="confirm">Called right before it is handed over; throws where it must not be. Null for nothing.</param>
    public static void Send(
        ReportDelivery delivery, IReadOnlyCollection<ReportDelivery> drops, ReportMailServer server, IStoreSecrets secrets,
        TimeProvider clock, CancellationToken cancel, Action? confirm = null)
    {
        var way = MailTransports.Of(server);
        var mail = new MailHandover(
            new OutgoingMessage(delivery, drops, way.NameOf(server)),
            [.. delivery.Recipients.Where(recipient => recipient.State is not (DeliveryState.Sent or DeliveryState.Failed))],
            delivery.MessageId,
            delivery.IsInDoubt) { Confirm = confirm ?? (() => { }) };
        ReportException? problem = null;
        try
        {
            way.Send(mail, new MailAccess(server, secrets), cancel);
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

        Judge(delivery, mail, way.NameOf(server), problem, clock.GetUtcNow());
    }

    private static void Judge(ReportDelivery delivery, MailHandover mail, string server, ReportException? problem, DateTimeOffset now)
    {
        if (mail.Recipients.Count > 0 && mail.Recipients.All(recipient => mail.Refused.ContainsKey(recipient.Address)))
        {
            // What each of them was told says more than that nobody was left.
            problem = null;
        }

        foreach (var recipient in mail.Recipients)
        {
            Judge(recipient, mail.Refused.TryGetValue(recipient.Address, out var refusal) ? refusal : null, problem);
        }

        Judge(delivery, server, problem, now);
        delivery.Note = delivery.State == DeliveryState.Failed ? null : mail.Message.Note ?? delivery.Note;

        delivery.IsInDoubt &= delivery.State == DeliveryState.Pending;
        delivery.NotBefore = now + Pause(delivery, mail);
    }

    /// <summary>How long the server is left alone: one that lets a mail wait for its
    /// whole timeout does not do so to the next ones at once.</summary>
    private static TimeSpan? Pause(ReportDelivery delivery, MailHandover mail) => delivery.ErrorId switch
    {
        nameof(MailErrors.MailServerSilent) or nameof(MailErrors.MailUncertain) => RetrySchedule.First,
        _ when delivery.State == DeliveryState.Pending && mail.RetryAfter is { } asked =>
            asked < RetrySchedule.Longest ? asked : RetrySchedule.Longest,
        _ => null,
    };

    private static void Judge(DeliveryRecipient recipient, MailRefusal? refusal, ReportException? problem)
    {
        recipient.Error = refusal?.Error ?? problem?.Message;
        recipient.State = refusal is { } refused ? (refused.IsTransient ? DeliveryState.Pending : DeliveryState.Failed)
            : problem is null ? DeliveryState.Sent
            : problem.ErrorId == nameof(MailErrors.MailUncertain) ? DeliveryState.Uncertain
            : problem.IsTransient ? DeliveryState.Pending
            : DeliveryState.Failed;
    }

    private static void Judge(ReportDelivery delivery, string server, ReportException? problem, DateTimeOffset now)
    {
        bool Any(DeliveryState state) => delivery.Recipients.Any(recipient => recipient.State == state);

        delivery.State = Any(DeliveryState.Uncertain) ? DeliveryState.Uncertain
            : Any(DeliveryState.Pending) ? DeliveryState.Pending
            : Any(DeliveryState.Sent) ? DeliveryState.Sent
            : DeliveryState.Failed;
        var refused = delivery.Recipients.Where(recipient => recipient.Error is not null).ToList();
        problem ??= refused.Count == 0 ? null : MailErrors.RecipientsRefused(server, refused);
        (delivery.Error, delivery.ErrorId) = (problem?.Message, problem?.ErrorId);
        if (Any(DeliveryState.Sent))
        {
            delivery.SentAt ??= now;
        }
    }
}
