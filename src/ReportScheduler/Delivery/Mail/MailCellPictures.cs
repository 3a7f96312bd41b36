using System.Globalization;
using System.Security.Cryptography;
using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The pictures in the cells of a mail's tables; one that comes again is attached once.</summary>
internal sealed class MailCellPictures(string runId)
{
    private readonly Dictionary<string, (string Name, CellPicture Picture)> byId = new(StringComparer.Ordinal);

    /// <summary>The ids by which the HTML part names them (RFC 2392), their names and pictures.</summary>
    public IEnumerable<(string ContentId, string FileName, CellPicture Picture)> All =>
        byId.Select(picture => (picture.Key, picture.Value.Name, picture.Value.Picture));

    /// <summary>A picture as an element of a cell.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="words">What stands in its place where pictures are not shown.</param>
    public string Html(CellPicture picture, string words)
    {
        var id = $"cell{Convert.ToHexString(SHA256.HashData(picture.Data).AsSpan(0, 8))}.{runId}@reportscheduler";
        byId.TryAdd(id, ($"picture-{byId.Count + 1}.{(picture.IsJpeg ? "jpg" : "png")}", picture));
        return string.Create(CultureInfo.InvariantCulture, $"<img src=\"cid:{id}\" width=\"{picture.Width}\" height=\"{picture.Height}\" "
            + $"alt=\"{MailHtml.Escape(words)}\" style=\"display:block;border:0\">");
    }
}
