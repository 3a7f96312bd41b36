using System.IO.Compression;
using MailKit.Net.Smtp;
using MimeKit;
using ReportScheduler.Store;

namespace ReportScheduler.Delivery;

/// <summary>Sends saved messages. What became of each recipient stands in the delivery.</summary>
internal static class MailSender
{
    /// <summary>One attempt, to every recipient who does not have it yet.</summary>
    /// <remarks>Afterwards the state is Sent (somebody has it), Pending (it may work later), Failed, or Uncertain.</remarks>
    public static void Send(ReportDelivery delivery, ReportMailServer server, ISecretProtector secrets, TimeProvider clock, CancellationToken cancel)
    {
        var waiting = delivery.Recipients.Where(recipient => recipient.State != DeliveryState.Sent).ToList();
        try
        {
            var message = Load(delivery);
            var refused = server.PickupDirectory is { } folder
                ? Pickup(message, waiting, folder)
                : Submit(message, waiting, server, secrets, cancel);
            Judge(delivery, server, waiting, refused, clock);
        }
        catch (ReportException problem)
        {
            var state = problem.ErrorId == nameof(ReportError.MailUncertain) ? DeliveryState.Uncertain
                : problem.IsTransient ? DeliveryState.Pending
                : DeliveryState.Failed;
            Fail(delivery, waiting, problem, state);
        }
        catch (OperationCanceledException)
        {
            delivery.State = DeliveryState.Pending;
            throw;
        }
    }

    private static MimeMessage Load(ReportDelivery delivery)
    {
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(delivery.MessagePath ?? "");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            throw ReportError.MessageNotReadable(delivery.MessagePath ?? "", problem);
        }

        var carried = message.Attachments.OfType<MimePart>().Select(part => part.FileName).ToHashSet(StringComparer.Ordinal);
        var missing = delivery.Files.FirstOrDefault(file => !carried.Contains(Path.GetFileName(file)));
        return missing is null ? message : throw ReportError.AttachmentMissing(missing);
    }

    /// <summary>A pickup folder takes a message as a file, whole or not at all.</summary>
    private static Dictionary<string, SmtpResponse> Pickup(MimeMessage message, List<DeliveryRecipient> recipients, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var hidden = recipients.Where(recipient => recipient.Kind == RecipientKind.Bcc).ToList();
            message.Bcc.AddRange(hidden.Select(recipient => new MailboxAddress(null, recipient.Address)));
            var name = message.Headers["X-Report-Run"] ?? Guid.NewGuid().ToString("n");
            var fresh = Path.Combine(folder, $".{name}.tmp");
            message.WriteTo(fresh);
            File.Move(fresh, Path.Combine(folder, $"{name}.eml"), overwrite: true);
            return [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw ReportError.DropFailed(folder, problem);
        }
    }

    private static Dictionary<string, SmtpResponse> Submit(
        MimeMessage message, List<DeliveryRecipient> recipients, ReportMailServer server, ISecretProtector secrets, CancellationToken cancel)
    {
        var name = $"{server.SmtpHost}:{server.Port}";
        using var client = MailSession.Open(server, secrets, cancel);
        var handedOver = new HandedOver();
        try
        {
            message = Fitting(message, name, Limit(client, server));
            client.Send(message, message.From.Mailboxes.First(), recipients.Select(recipient => new MailboxAddress(null, recipient.Address)), cancel, handedOver);
        }
        catch (SmtpCommandException problem) when (problem.ErrorCode == SmtpErrorCode.RecipientNotAccepted || client.Refused.Count == recipients.Count)
        {
            return client.Refused;
        }
        catch (SmtpCommandException problem)
        {
            var reply = $"{(int)problem.StatusCode} {problem.Message}";
            throw ReportError.MailRefused(name, reply, problem, (int)problem.StatusCode is >= 400 and < 500);
        }
        catch (Exception problem) when (problem is IOException or SmtpProtocolException or TimeoutException or System.Net.Sockets.SocketException
            || problem is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            throw handedOver.IsWhole ? ReportError.MailUncertain(name, problem) : ReportError.MailServerUnreachable(name, problem);
        }

        Quit(client);
        return client.Refused;
    }

    /// <summary>The server has the message by now; that it hangs up rudely changes nothing.</summary>
    private static void Quit(SmtpClient client)
    {
        try
        {
            client.Disconnect(quit: true);
        }
        catch (Exception problem) when (problem is IOException or SmtpProtocolException or SmtpCommandException or TimeoutException)
        {
        }
    }

    private static long Limit(SmtpClient client, ReportMailServer server)
    {
        var said = client.Capabilities.HasFlag(SmtpCapabilities.Size) && client.MaxSize > 0 ? client.MaxSize : long.MaxValue;
        return Math.Min(said, server.MaxMessageSize ?? long.MaxValue);
    }

    /// <summary>The message itself when it fits, else with its attachments zipped.</summary>
    private static MimeMessage Fitting(MimeMessage message, string server, long limit)
    {
        if (limit == long.MaxValue || Size(message) <= limit)
        {
            return message;
        }

        if (message.Body is Multipart { Count: > 1 } body)
        {
            var parts = message.Attachments.OfType<MimePart>().ToList();
            var zip = new MemoryStream();
            using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var part in parts)
                {
                    using var entry = archive.CreateEntry(part.FileName ?? "attachment", CompressionLevel.Optimal).Open();
                    part.Content!.DecodeTo(entry);
                    body.Remove(part);
                }
            }

            zip.Position = 0;
            body.Add(new MimePart("application", "zip")
            {
                Content = new MimeContent(zip),
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
                ContentTransferEncoding = ContentEncoding.Base64,
                FileName = "report.zip",
            });
        }

        var size = Size(message);
        return size <= limit ? message : throw ReportError.MessageTooLarge(server, size, limit);
    }

    private static long Size(MimeMessage message)
    {
        using var counter = new MimeKit.IO.MeasuringStream();
        message.WriteTo(counter);
        return counter.Length;
    }

    private static void Judge(
        ReportDelivery delivery, ReportMailServer server, List<DeliveryRecipient> waiting, Dictionary<string, SmtpResponse> refused, TimeProvider clock)
    {
        foreach (var recipient in waiting)
        {
            var reply = refused.GetValueOrDefault(recipient.Address);
            recipient.Error = reply is null ? null : $"{(int)reply.StatusCode} {reply.Response}";
            recipient.State = reply is null ? DeliveryState.Sent
                : (int)reply.StatusCode is >= 400 and < 500 ? DeliveryState.Pending
                : DeliveryState.Failed;
        }

        if (refused.Count == 0)
        {
            (delivery.State, delivery.Error, delivery.ErrorId) = (DeliveryState.Sent, null, null);
        }
        else
        {
            var problem = ReportError.RecipientsRefused(
                $"{server.SmtpHost}:{server.Port}",
                string.Join("; ", delivery.Recipients.Where(recipient => recipient.Error is not null).Select(recipient => $"the recipient '{recipient.Address}': {recipient.Error}")),
                delivery.Recipients.Any(recipient => recipient.State == DeliveryState.Pending));
            (delivery.Error, delivery.ErrorId) = (problem.Message, problem.ErrorId);
            delivery.State = problem.IsTransient ? DeliveryState.Pending
                : delivery.Recipients.Any(recipient => recipient.State == DeliveryState.Sent) ? DeliveryState.Sent
                : DeliveryState.Failed;
        }

        if (delivery.Recipients.Any(recipient => recipient.State == DeliveryState.Sent))
        {
            delivery.SentAt ??= clock.GetUtcNow();
        }
    }

    private static void Fail(ReportDelivery delivery, List<DeliveryRecipient> waiting, ReportException problem, DeliveryState state)
    {
        foreach (var recipient in waiting)
        {
            recipient.State = state;
            recipient.Error = problem.Message;
        }

        (delivery.State, delivery.Error, delivery.ErrorId) = (state, problem.Message, problem.ErrorId);
    }
}
