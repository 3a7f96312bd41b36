using System.IO.Compression;
using MimeKit;

namespace ReportScheduler.Delivery;

/// <summary>Keeps messages within what a server takes.</summary>
internal static class MessageSize
{
    public const string ZipName = "report.zip";

    /// <summary>Leaves a message that fits as it is; zips the attachments of one that does not.</summary>
    /// <param name="message">The message; it may be changed.</param>
    /// <param name="server">The server's name, for messages.</param>
    /// <param name="limit">Bytes; null for no limit.</param>
    /// <exception cref="ReportException">It is too large zipped as well; both sizes are named.</exception>
    public static void Fit(MimeMessage message, string server, long? limit)
    {
        if (limit is not { } most || Measure(message) <= most)
        {
            return;
        }

        var attachments = message.Attachments.OfType<MimePart>().ToList();
        if (message.Body is Multipart body && attachments.Count > 0)
        {
            Zip(body, attachments);
        }

        var size = Measure(message);
        if (size > most)
        {
            throw ReportError.MessageTooLarge(server, size, most);
        }
    }

    private static void Zip(Multipart body, List<MimePart> attachments)
    {
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

    private static long Measure(MimeMessage message)
    {
        using var counter = new MimeKit.IO.MeasuringStream();
        message.WriteTo(counter);
        return counter.Length;
    }
}
