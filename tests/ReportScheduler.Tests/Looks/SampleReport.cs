using System.IO.Compression;
using MimeKit;

namespace ReportScheduler.Tests.Looks;

/// <summary>The files and the mail of a report.</summary>
internal sealed class SampleReport(string[] files, string mailPath)
{
    public MimeMessage Mail { get; } = MimeMessage.Load(mailPath);

    public string Html => System.IO.File.ReadAllText(File(".html"));

    /// <summary>The HTML of the mail with its pictures inside, so that a browser shows it.</summary>
    public string MailHtml => Mail.BodyParts.OfType<MimePart>().Where(part => part.ContentId is not null).Aggregate(Mail.HtmlBody!,
        (html, part) => html.Replace($"cid:{part.ContentId}", $"data:{part.ContentType.MimeType};base64,{Data(part)}",
            StringComparison.Ordinal));

    public string File(string extension) => files.Single(file => file.EndsWith(extension, StringComparison.Ordinal));

    /// <summary>The parts of the workbook whose name has a word in it.</summary>
    public IEnumerable<string> WorkbookParts(string word)
    {
        using var book = ZipFile.OpenRead(File(".xlsx"));
        foreach (var entry in book.Entries.Where(entry => entry.FullName.Contains(word, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            yield return reader.ReadToEnd();
        }
    }

    private static string Data(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return Convert.ToBase64String(content.ToArray());
    }
}
