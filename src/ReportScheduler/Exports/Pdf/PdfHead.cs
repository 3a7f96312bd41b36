using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.PdfFile;
using SkiaSharp;

namespace ReportScheduler.Exports.Pdf;

/// <summary>What stands above the first table: logo, title, description, parameters and the time of the data.</summary>
internal sealed class PdfHead : IDisposable
{
    private const float PixelsPerPoint = 4;

    private readonly byte[]? jpeg;
    private readonly SKBitmap? logo;
    private readonly Func<IReadOnlyList<KeyFigure>>? figures;
    private Action? finish;

    public PdfHead(ReportDocument document)
    {
        Title = document.Task.Name;
        Description = document.Task.Description ?? "";
        Notes = [.. Facts(document)];
        figures = document.Figures;
        logo = OpenLogo(document, out jpeg);
    }

    public string Title { get; }

    public string Description { get; }

    public IReadOnlyList<string> Notes { get; }

    public void Paint(PdfPages pages)
    {
        var width = pages.Width;
        var top = pages.Y;
        if (pages.Theme.IsBranded)
        {
            pages.Artifact(() => pages.Pen.Fill(
                PdfPages.Left, top - Look.BrandGap, pages.Width, Look.BrandLine, pages.Theme.Light.Accent.Value));
        }

        if (logo is not null)
        {
            var scale = Math.Min(Look.LogoHeight / logo.Height, Look.LogoWidth / logo.Width);
            var (wide, high) = (logo.Width * scale, logo.Height * scale);
            var picture = Picture(logo, pages.Document.Objects);
            pages.Artifact(
                () => pages.Page.Content.Show(picture.Name, picture.Number,
                    pages.At(PdfPages.Left + pages.Width - wide, wide), top + high, wide, high));
            width -= wide + 12;
        }

        var document = pages.Document.Structure.Document;
        pages.Paragraph(document.Add("H1"), "/H1"u8, Title, TextStyle.Title, width);
        if (Description.Length > 0)
        {
            pages.Paragraph(document.Add("P"), "/P"u8, Description, TextStyle.Cell, width);
        }

        foreach (var note in Notes)
        {
            pages.Paragraph(document.Add("P"), "/P"u8, note, TextStyle.Note, width);
        }

        pages.Y = Math.Max(pages.Y, logo is null ? 0 : top + Look.LogoHeight) + 12;
        finish = figures is null ? null : PdfFigures.Reserve(pages, figures);
    }

    /// <summary>Draws the key figures into their room, when all rows have passed.</summary>
    public void Finish() => finish?.Invoke();

    public void Dispose() => logo?.Dispose();

    private static IEnumerable<string> Facts(ReportDocument document)
    {
        if (document.Parameters.Count > 0)
        {
            yield return PeriodText.Line(document.Parameters, document.Task, document.Culture);
        }

        yield return document.DataNote;
    }

    private static SKBitmap? OpenLogo(ReportDocument document, out byte[]? jpeg)
    {
        jpeg = null;
        if (document.Theme.Logo is not { } picture)
        {
            return null;
        }

        using var data = SKData.CreateCopy(picture.Data);
        return Decode(data, out jpeg);
    }

    /// <summary>A picture, no larger than it can be seen or printed; null when it cannot be read to its end.</summary>
    private static SKBitmap? Decode(SKData data, out byte[]? jpeg)
    {
        jpeg = null;
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return null;
        }

        var bitmap = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888).WithAlphaType(SKAlphaType.Unpremul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            bitmap.Dispose();
            return null;
        }

        var scale = Math.Min(Look.LogoHeight / bitmap.Height, Look.LogoWidth / bitmap.Width) * PixelsPerPoint;
        if (scale > 0.5f)
        {
            jpeg = codec.EncodedFormat == SKEncodedImageFormat.Jpeg
                && codec.EncodedOrigin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default ? data.ToArray() : null;
            return bitmap;
        }

        var small = bitmap.Resize(
            bitmap.Info.WithSize(Math.Max(1, (int)(bitmap.Width * scale)), Math.Max(1, (int)(bitmap.Height * scale))),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        if (small is null)
        {
            return bitmap;
        }

        bitmap.Dispose();
        return small;
    }

    /// <summary>A JPEG of colours as it is, everything else as its pixels.</summary>
    private PdfPicture Picture(SKBitmap bitmap, PdfObjects objects) =>
        jpeg is not null && JpegKind.Components(jpeg) is var components && components is 1 or 3
            ? PdfPicture.OfJpeg(objects, jpeg, bitmap.Width, bitmap.Height, components == 1)
            : PdfPicture.OfPixels(objects, bitmap.GetPixelSpan(), bitmap.Width, bitmap.Height);
}
