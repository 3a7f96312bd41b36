using System.Globalization;
using MimeKit;
using MimeKit.Utils;
using ReportScheduler.Exports;
using ReportScheduler.Runs;
using ReportScheduler.Schedules;
using ReportScheduler.Tasks;

namespace ReportScheduler.Delivery;

/// <summary>Makes the one message of a run and saves it in the run's folder. Every attempt sends that file.</summary>
internal static class MailComposer
{
    private const string DefaultSubject = "{{ task.name }} {{ run.due_at | date: '%Y-%m-%d' }}";

    /// <summary>Fills the delivery: its recipients, Message-Id and saved message.</summary>
    /// <param name="delivery">The delivery, with the files that the message must carry.</param>
    /// <param name="task">The task.</param>
    /// <param name="run">The run, with its folder.</param>
    /// <param name="export">The first rows.</param>
    /// <param name="server">Who it is from.</param>
    /// <param name="redirectTo">The only address that gets it; null for the task's recipients.</param>
    /// <param name="clock">Says the date of the message.</param>
    public static void Compose(
        ReportDelivery delivery, ReportTask task, ReportRun run, ExportResult export, ReportMailServer server, string? redirectTo, TimeProvider clock)
    {
        var zone = Zones.Find(task.TimeZone);
        var culture = task.Culture is null ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(task.Culture);
        var model = new TemplateModel(task, run, culture, zone, export.Datasets);
        var message = new MimeMessage { Date = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone) };
        var from = MailAddresses.Parse(server.From);
        message.From.Add(from);
        message.MessageId = MimeUtils.GenerateMessageId(from.Domain.Length > 0 ? from.Domain : "localhost");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Report-Run", run.Id);
        Address(message, delivery, task, redirectTo);
        var subject = ReportTemplate.Parse(task.Subject ?? DefaultSubject, nameof(task.Subject)).Render(model).Trim();
        if (subject.Any(char.IsControl))
        {
            throw ReportError.SubjectNotUsable(subject);
        }

        message.Subject = redirectTo is null ? subject : $"[{Recipients(task)} recipients redirected] {subject}";
        message.Body = Body(task, model, export, redirectTo);
        delivery.MessageId = message.MessageId;
        delivery.MessagePath = Path.Combine(run.Folder!, "message.eml");
        message.WriteTo(delivery.MessagePath);
    }

    private static int Recipients(ReportTask task) => task.To.Length + task.Cc.Length + task.Bcc.Length;

    private static void Address(MimeMessage message, ReportDelivery delivery, ReportTask task, string? redirectTo)
    {
        var recipients = new List<DeliveryRecipient>();
        foreach (var (kind, addresses) in redirectTo is null
            ? new[] { (RecipientKind.To, task.To), (RecipientKind.Cc, task.Cc), (RecipientKind.Bcc, task.Bcc) }
            : [(RecipientKind.To, new[] { redirectTo })])
        {
            foreach (var mailbox in addresses.Select(MailAddresses.Parse))
            {
                recipients.Add(new DeliveryRecipient { Address = mailbox.Address, Kind = kind, State = DeliveryState.Pending });
                if (kind == RecipientKind.To)
                {
                    message.To.Add(mailbox);
                }
                else if (kind == RecipientKind.Cc)
                {
                    message.Cc.Add(mailbox);
                }
            }
        }

        // One copy each, however often somebody stands in the lists.
        delivery.Recipients = [.. recipients.DistinctBy(recipient => recipient.Address, StringComparer.OrdinalIgnoreCase)];
        foreach (var mailbox in task.ReplyTo.Select(MailAddresses.Parse))
        {
            message.ReplyTo.Add(mailbox);
        }
    }

    private static MimeEntity Body(ReportTask task, TemplateModel model, ExportResult export, string? redirectTo)
    {
        var text = new MailText(task, model, export, redirectTo);
        var body = new BodyBuilder { TextBody = text.Plain(), HtmlBody = text.Html() };
        foreach (var file in export.Files)
        {
            body.Attachments.Add(file);
        }

        return body.ToMessageBody();
    }
}
