using System.Globalization;
using MimeKit;
using MimeKit.Utils;
using ReportScheduler.Exports;
using ReportScheduler.Templates;
using ReportScheduler.Time;
using ReportScheduler.Words;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Makes the one message of a run and saves it in the run's folder. Every attempt sends that file.</summary>
internal static class MailComposer
{
    public const string DefaultSubject = "{{ task.name }} {{ run.due_at | date: '%Y-%m-%d' }}";

    /// <summary>What Gmail and most others take; Exchange Online begins with 35 MB.</summary>
    private const long LargestUsual = 25 * 1024 * 1024;

    /// <summary>A key that is an address says nothing to who reads it.</summary>
    private const string SubjectOfPart =
        "{{ task.name }} {% unless split.key contains '@' %}{{ split.key }} {% endunless %}{{ run.due_at | date: '%Y-%m-%d' }}";

    /// <summary>Fills the delivery: its recipients, Message-Id and saved message.</summary>
    /// <param name="delivery">The delivery, with the files that the message must carry, and its Message-Id or null for any.</param>
    /// <param name="task">The task.</param>
    /// <param name="run">The run, with its folder.</param>
    /// <param name="export">The first rows.</param>
    /// <param name="server">Who it is from.</param>
    /// <param name="redirectTo">The only address that gets it; null for the task's recipients.</param>
    /// <param name="clock">Says the date of the message.</param>
    /// <exception cref="ReportException">An address or a template cannot be used, or the subject has a line end in it.</exception>
    public static void Compose(
        ReportDelivery delivery, ReportTask task, ReportRun run, ExportResult export, ReportMailServer server, string? redirectTo,
        TimeProvider clock)
    {
        var zone = Zones.Find(task.TimeZone);
        var culture = ReportCulture.Of(task.Culture);
        var model = new TemplateModel(task, run, culture, zone, export);
        var subject = ReportTemplate.Parse(task.Subject ?? (export.Split is null ? DefaultSubject : SubjectOfPart), nameof(task.Subject))
            .Render(model).Trim();
        // a key is data, and one with a line end must not keep the others from their parts
        subject = export.Split is null ? subject : string.Concat(subject.Select(letter => IsLineEnd(letter) ? ' ' : letter));
        if (subject.Any(IsLineEnd))
        {
            throw MailErrors.SubjectNotUsable(subject);
        }

        using var message = New(server, TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone));
        if (delivery.MessageId is { } id)
        {
            message.MessageId = id;
        }

        Address(message, delivery, task, redirectTo);
        var words = ReportWords.Of(culture);
        message.Subject = (redirectTo is null ? "" : "[redirected] ") + (run.IsRecovery ? $"{words["recoveredSubject"]} " : "")
            + (run.MissingConnections.Length > 0 ? $"{words["incompleteSubject"]} " : "") + subject;
        MailHeaders.List(message, task.Name, ListOf(task, MailAddresses.Parse(server.From)));
        message.Headers.Add("X-Report-Run", run.Id);
        message.Headers.Add(HeaderId.ContentLanguage, culture.Name.Length == 0 ? "en" : culture.Name);
        message.Body = Body(new MailText(task, run, model, export, culture, server, redirectTo), delivery.Files);
        Save(message, delivery, run.Folder!, export.Split is null ? "message.eml" : $"message-{delivery.Id}.eml");
        if (server.MaxMessageSize is null && new FileInfo(delivery.MessagePath!).Length is var size && size > LargestUsual)
        {
            string Size(long bytes) => SizeText.Of(bytes, CultureInfo.InvariantCulture);
            run.Warnings = [.. run.Warnings, $"The mail has {Size(size)}, and many servers take no more than {Size(LargestUsual)}. "
                + "Give -Destination, which leaves the files in a folder, and Set-ReportMailServer -MaxMessageSize: "
                + "a mail that would be larger names the folder then."];
        }
    }

    /// <summary>An empty message that says a program wrote it (RFC 3834), so that no absence note answers it.</summary>
    public static MimeMessage New(ReportMailServer server, DateTimeOffset date)
    {
        var from = MailAddresses.Parse(server.From);
        var message = new MimeMessage { Date = date, MessageId = MimeUtils.GenerateMessageId(from.Domain) };
        message.From.Add(from);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        // Exchange looks at this one, and at nothing else
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        return message;
    }

    /// <summary>Saves the message, whole or not at all.</summary>
    public static void Save(MimeMessage message, ReportDelivery delivery, string folder, string fileName)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        MailHeaders.Encode(message);
        delivery.MessageId = message.MessageId;
        delivery.MessagePath = Path.Combine(folder, fileName);
        try
        {
            message.WriteTo(delivery.MessagePath + ".tmp");
            File.Move(delivery.MessagePath + ".tmp", delivery.MessagePath, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw MailErrors.MessageNotWritten(delivery.MessagePath, problem);
        }
    }

    private static bool IsLineEnd(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';

    private static void Address(MimeMessage message, ReportDelivery delivery, ReportTask task, string? redirectTo)
    {
        var recipients = new List<DeliveryRecipient>();
        void Add(RecipientKind kind, IEnumerable<string> addresses, InternetAddressList? header)
        {
            foreach (var mailbox in addresses.Select(MailAddresses.Parse))
            {
                recipients.Add(new DeliveryRecipient { Address = mailbox.Address, Kind = kind });
                header?.Add(mailbox);
            }
        }

        Add(RecipientKind.To, redirectTo is null ? task.To : [redirectTo], message.To);
        if (redirectTo is null)
        {
            Add(RecipientKind.Cc, task.Cc, message.Cc);
            Add(RecipientKind.Bcc, task.Bcc, header: null);
        }

        // One copy each, however often somebody stands in the lists.
        delivery.Recipients = [.. recipients.DistinctBy(recipient => recipient.Address, StringComparer.OrdinalIgnoreCase)];
        message.ReplyTo.AddRange(task.ReplyTo.Select(MailAddresses.Parse));
    }

    /// <summary>Each task has a list of its own, in the domain of the sender.</summary>
    private static string ListOf(ReportTask task, MailboxAddress from)
    {
        var label = string.Concat(task.Id.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'))
            .Trim('-');
        var domain = from.GetAddress(idnEncode: true).Split('@')[^1];
        return $"{(label.Length == 0 ? "task" : label)}.reports.{domain}";
    }

    private static MimeEntity Body(MailText text, IEnumerable<string> files)
    {
        var body = new BodyBuilder { TextBody = text.Plain(), HtmlBody = text.Html() };
        if (text.Logo is { } logo && body.HtmlBody.Contains(logo.ContentId, StringComparison.Ordinal))
        {
            body.LinkedResources.Add(logo.FileName, logo.Data, ContentType.Parse(logo.MediaType)).ContentId = logo.ContentId;
        }

        foreach (var (id, name, picture) in text.CellPictures.All
            .Where(cell => body.HtmlBody.Contains(cell.ContentId, StringComparison.Ordinal)))
        {
            body.LinkedResources.Add(name, picture.Data, new ContentType("image", picture.IsJpeg ? "jpeg" : "png")).ContentId = id;
        }

        foreach (var picture in text.Pictures)
        {
            body.LinkedResources.Add(picture.FileName, picture.Chart.Png, new ContentType("image", "png")).ContentId = picture.ContentId;
            if (picture.Chart.DarkPng is { } dark)
            {
                body.LinkedResources.Add($"dark {picture.FileName}", dark, new ContentType("image", "png")).ContentId =
                    picture.DarkContentId;
            }
        }

        foreach (var file in files)
        {
            try
            {
                // Base64 whatever is in it: a mail server may change the line ends of text.
                var type = ExportFormats.WithExtension(Path.GetExtension(file))?.MediaType;
                ((MimePart)(type is null
                    ? body.Attachments.Add(file)
                    : body.Attachments.Add(file, ContentType.Parse(type)))).ContentTransferEncoding = ContentEncoding.Base64;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw MailErrors.AttachmentNotReadable(file, problem);
            }
        }

        return body.ToMessageBody();
    }
}
