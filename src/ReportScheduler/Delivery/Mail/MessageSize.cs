using System.Globalization;
using System.IO.Compression;
using MimeKit;
using ReportScheduler.Words;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Makes messages smaller that a server does not take.</summary>
internal static class MessageSize
{
    public const string ZipName = "report.zip";

    /// <summary>Puts the attachments into one zip archive.</summary>
    public static void Zip(MimeMessage message)
    {
        var attachments = message.Attachments.OfType<MimePart>().ToList();
        if (message.Body is not Multipart body || attachments.Count == 0)
        {
            return;
        }

        var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in attachments)
            {
                using var entry = archive.CreateEntry(part.FileName ?? "attachment", CompressionLevel.SmallestSize).Open();
                part.Content!.DecodeTo(entry);
                body.Remove(part);
            }
        }

        content.Position = 0;
        body.Add(new MimePart("application", "zip")
        {
            Content = new MimeContent(content),
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            ContentTransferEncoding = ContentEncoding.Base64,
            FileName = ZipName,
        });
    }

    /// <summary>Takes the attachments out and says in the text where the files are.</summary>
    public static void RemoveFiles(MimeMessage message, IReadOnlyCollection<string> places)
    {
        if (message.Body is Multipart body)
        {
            foreach (var part in message.Attachments.ToList())
            {
                body.Remove(part);
            }
        }

        // the message is read from its file, which says its language
        var culture = CultureInfo.GetCultureInfo(message.Headers[HeaderId.ContentLanguage] ?? "en");
        var reason = ReportWords.Of(culture)[places.Count == 1 ? "fileTooLarge" : "filesTooLarge"];
        foreach (var text in message.BodyParts.OfType<TextPart>().Where(text => text.IsPlain || text.IsHtml))
        {
            text.SetText(System.Text.Encoding.UTF8, text.IsHtml
                ? MailHtml.Standard.AtTheTop(MailText.WithoutAttachments(text.Text, culture), reason, places)
                : $"{reason}\n{string.Concat(places.Select(place => $"    {place}\n"))}\n"
                    + $"{MailText.WithoutAttachments(text.Text, culture)}");
        }
    }

    public static long Measure(MimeMessage message)
    {
        using var counter = new MimeKit.IO.MeasuringStream();
        message.WriteTo(counter);
        return counter.Length;
    }
}
