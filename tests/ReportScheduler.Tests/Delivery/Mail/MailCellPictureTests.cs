using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Tests.Exports;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Delivery.Mail;

/// <summary>Pictures of binary columns in the table of a mail.</summary>
public sealed class MailCellPictureTests : IDisposable
{
    private readonly ExportFolder folder = new();
    private readonly MailFixture fixture = new();
    private readonly ReportMailServer server =
        new() { Name = "pickup", PickupDirectory = "/nowhere", From = "Reports <reports@example.com>" };

    public void Dispose()
    {
        folder.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void A_picture_stands_in_its_cell_once_attached_and_what_is_none_is_said_in_words()
    {
        var png = Convert.ToHexString(TestPictures.Png(400, 300));
        var message = Compose($"select 1 as id, x'{png}' as photo union all select 2, x'00010203' union all select 3, x'{png}' "
            + "union all select 4, null");
        var images = Regex.Matches(message.HtmlBody!, "<img src=\"cid:(cell[^\"]+)\" width=\"(\\d+)\" height=\"(\\d+)\" alt=\"([^\"]+)\"");
        Assert.Equal(2, images.Count);
        Assert.Equal(["85", "64"], [images[0].Groups[2].Value, images[0].Groups[3].Value]);
        Assert.StartsWith("(PNG, ", images[0].Groups[4].Value, StringComparison.Ordinal);
        Assert.Contains("(binary, 4 bytes)", message.HtmlBody!, StringComparison.Ordinal);
        var part = Assert.Single(message.BodyParts.OfType<MimePart>(), part => part.ContentId == images[0].Groups[1].Value);
        Assert.Equal(("image/png", "picture-1.png"), (part.ContentType.MimeType, part.FileName));
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        Assert.Equal(85 * 3, CellPicture.Read(content.ToArray())!.PixelWidth);
        Assert.Contains("(PNG, ", message.TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_has_so_many_pictures_and_its_HTML_stays_small()
    {
        var rows = string.Join(" union all ", Enumerable.Range(1, PreviewPictures.Most + 10)
            .Select(size => $"select {size} as id, x'{Convert.ToHexString(TestPictures.Png(size + 10, 20))}' as photo"));
        fixture.Task.MailRows = PreviewPictures.Most + 10;
        var message = Compose(rows);
        Assert.Equal(PreviewPictures.Most, message.BodyParts.OfType<MimePart>().Count(part => part.ContentId?.StartsWith("cell",
            StringComparison.Ordinal) is true));
        Assert.True(Encoding.UTF8.GetByteCount(message.HtmlBody!) < 80 * 1024);
    }

    [Fact]
    public void A_mail_without_its_table_attaches_no_pictures()
    {
        fixture.Task.MailContent = [MailPart.Figures];
        var message = Compose($"select x'{Convert.ToHexString(TestPictures.Png(40, 30))}' as photo");
        Assert.DoesNotContain(message.BodyParts.OfType<MimePart>(), part => part.ContentId is not null);
    }

    private MimeMessage Compose(string sql)
    {
        var task = ExportFolder.Task(ReportFormat.Csv);
        (task.To, task.MailRows) = (["ada@example.com"], fixture.Task.MailRows);
        fixture.Export = folder.Sqlite(task, sql) with { Theme = fixture.Export.Theme };
        return MimeMessage.Load(fixture.Compose(server).MessagePath!);
    }
}
