using MimeKit;
using ReportScheduler.Secrets;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Tries a mail server as a report would use it.</summary>
internal static class MailProbe
{
    /// <summary>Connects and logs in, or looks whether a folder can be written to; then sends a test mail if asked.</summary>
    /// <exception cref="ReportException">What is wrong.</exception>
    public static MailReach Try(ReportMailServer server, IStoreSecrets secrets, string? to, TimeProvider clock, CancellationToken cancel)
    {
        var reach = MailTransports.Of(server).Try(new MailAccess(server, secrets), cancel);
        if (to is not null)
        {
            SendTest(server, secrets, MailAddresses.Parse(to), clock, cancel);
        }

        return reach;
    }

    private static void SendTest(ReportMailServer server, IStoreSecrets secrets, MailboxAddress to, TimeProvider clock,
        CancellationToken cancel)
    {
        using var message = MailComposer.New(server, clock.GetUtcNow());
        message.Subject = "ReportScheduler test mail";
        message.To.Add(to);
        message.Body = new TextPart(
            "plain") { Text = $"This is the test mail of the report mail server '{server.Name}'. Reports will arrive like this one.\n" };
        var path = Path.Combine(Path.GetTempPath(), $"report-test-{Guid.NewGuid():n}.eml");
        try
        {
            message.WriteTo(path, CancellationToken.None);
            var delivery = new ReportDelivery { MessageId = message.MessageId, MessagePath = path,
                Recipients = [new DeliveryRecipient { Address = to.Address }] };
            MailSender.Send(delivery, [], server, secrets, clock, cancel);
            if (delivery.State != DeliveryState.Sent)
            {
                throw MailErrors.TestMailFailed(to.Address, delivery.Error ?? "");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
