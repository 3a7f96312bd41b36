using System.Text.Json.Nodes;
using MimeKit;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The saved message in the forms that Microsoft Graph takes.</summary>
internal static class GraphMessage
{
    /// <summary>The name space of headers of the Internet among the properties of a message.</summary>
    private const string Header = "String {00020386-0000-0000-C000-000000000046} Name ";

    private static readonly string[] KeptHeaders = ["Auto-Submitted", "X-Auto-Response-Suppress", "List-Id"];

    /// <summary>Addresses the message to those who have not got it. Blind copies
    /// stand in the Bcc header, which Exchange takes off.</summary>
    public static void Address(MimeMessage message, IReadOnlyList<DeliveryRecipient> recipients)
    {
        var wanted = recipients.Select(recipient => recipient.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var list in new[] { message.To, message.Cc })
        {
            foreach (var mailbox in list.Mailboxes.Where(mailbox => !wanted.Contains(mailbox.Address)).ToList())
            {
                list.Remove(mailbox);
            }
        }

        message.Bcc.AddRange(recipients.Where(recipient => recipient.Kind == RecipientKind.Bcc)
            .Select(recipient => new MailboxAddress(null, recipient.Address)));
    }

    /// <summary>The whole message as Graph takes it: MIME in base64, as text.</summary>
    public static byte[] Mime(MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var mime = new MemoryStream();
        message.WriteTo(format, mime);
        return System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(mime.GetBuffer(), 0, (int)mime.Length));
    }

    /// <summary>Takes the files out.</summary>
    /// <returns>Their names, types and bytes.</returns>
    public static IReadOnlyList<GraphFile> TakeFiles(MimeMessage message)
    {
        var files = message.Attachments.OfType<MimePart>().ToList();
        foreach (var part in files)
        {
            (message.Body as Multipart)?.Remove(part);
        }

        return [.. files.Select(File)];
    }

    /// <summary>The message as JSON, for what sendMail cannot do with MIME.</summary>
    public static JsonObject Json(MimeMessage message)
    {
        var files = message.BodyParts.OfType<MimePart>()
            .Where(part => part.IsAttachment || part is { ContentId: not null } and not TextPart);
        return new JsonObject
        {
            ["subject"] = message.Subject,
            ["internetMessageId"] = $"<{message.MessageId}>",
            ["body"] = new JsonObject { ["contentType"] = message.HtmlBody is null ? "text" : "html",
                ["content"] = message.HtmlBody ?? message.TextBody },
            ["toRecipients"] = People(message.To),
            ["ccRecipients"] = People(message.Cc),
            ["bccRecipients"] = People(message.Bcc),
            ["replyTo"] = People(message.ReplyTo),
            ["attachments"] = new JsonArray([.. files.Select(part => Attachment(File(part), part.IsAttachment ? null : part.ContentId))]),
            ["singleValueExtendedProperties"] =
                new JsonArray([.. message.Headers.Where(header => KeptHeaders.Contains(header.Field, StringComparer.OrdinalIgnoreCase))
                .Select(header => new JsonObject { ["id"] = Header + header.Field, ["value"] = header.Value.Trim() })]),
        };
    }

    /// <summary>A file as JSON.</summary>
    /// <param name="file">The file.</param>
    /// <param name="contentId">How the text refers to it, where it stands in the text; null for an attachment.</param>
    public static JsonObject Attachment(GraphFile file, string? contentId = null) => new()
    {
        ["@odata.type"] = "#microsoft.graph.fileAttachment",
        ["name"] = file.Name,
        ["contentType"] = file.MediaType,
        ["isInline"] = contentId is not null,
        ["contentId"] = contentId,
        ["contentBytes"] = Convert.ToBase64String(file.Bytes),
    };

    private static GraphFile File(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        return new GraphFile(part.FileName ?? part.ContentId ?? "attachment", part.ContentType.MimeType, bytes.ToArray());
    }

    private static JsonArray People(InternetAddressList people) => new([.. people.Mailboxes.Select(person => new JsonObject
    {
        ["emailAddress"] =
            new JsonObject { ["address"] = person.Address, ["name"] = string.IsNullOrEmpty(person.Name) ? null : person.Name },
    })]);
}
