using MimeKit;

namespace ReportScheduler.Benchmarks.Gallery;

/// <summary>The HTML of a mail as a file that a browser opens, with its pictures inside.</summary>
internal static class MailPage
{
    public static string Of(string path)
    {
        using var message = MimeMessage.Load(path);
        var html = message.HtmlBody ?? "";
        foreach (var part in message.BodyParts.OfType<MimePart>().Where(part => part.ContentId is not null))
        {
            using var content = new MemoryStream();
            part.Content!.DecodeTo(content);
            html = html.Replace($"cid:{part.ContentId}",
                $"data:{part.ContentType.MimeType};base64,{Convert.ToBase64String(content.ToArray())}", StringComparison.Ordinal);
        }

        var page = Path.Combine(Path.GetDirectoryName(path)!, "mail.htm");
        File.WriteAllText(page, html);
        return page;
    }
}
