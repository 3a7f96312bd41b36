using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;
using SkiaSharp;

namespace ReportScheduler.Exports.Pdf;

/// <summary>What stands above the first table: logo, title, description, parameters and the time of the data.</summary>
internal sealed class PdfHead : IDisposable
{
    private const float PixelsPerPoint = 4;

    private readonly SKImage? logo;

    public PdfHead(ReportDocument document)
    {
        Title = document.Task.Name;
        Description = document.Task.Description ?? "";
        Notes = [.. Facts(document)];
        logo = OpenLogo(document);
    }

    public string Title { get; }

    public string Description { get; }

    public IReadOnlyList<string> Notes { get; }

    public void Paint(PdfPages pages)
    {
        var width = pages.Width;
        var top = pages.Y;
        if (logo is not null)
        {
            var scale = Math.Min(Look.LogoHeight / logo.Height, Look.LogoWidth / logo.Width);
            var right = PdfPages.Left + pages.Width;
            pages.Pen.Canvas?.DrawImage(logo, new SKRect(right - (logo.Width * scale), top, right, top + (logo.Height * scale)), new SKSamplingOptions(SKCubicResampler.Mitchell));
            width -= (logo.Width * scale) + 12;
        }

        pages.Paragraph(Title, TextStyle.Title, width);
        if (Description.Length > 0)
        {
            pages.Paragraph(Description, TextStyle.Cell, width);
        }

        foreach (var note in Notes)
        {
            pages.Paragraph(note, TextStyle.Note, width);
        }

        pages.Y = Math.Max(pages.Y, logo is null ? 0 : top + Look.LogoHeight) + 10;
    }

    public void Dispose() => logo?.Dispose();

    private static IEnumerable<string> Facts(ReportDocument document)
    {
        if (document.Parameters.Count > 0)
        {
            yield return string.Join("   ", document.Parameters);
        }

        yield return document.DataNote;
    }

    private static SKImage? OpenLogo(ReportDocument document)
    {
        if (document.Task.Logo is not { } path)
        {
            return null;
        }

        using var data = File.Exists(path) ? SKData.Create(path) : null;
        var image = data is null ? null : Decode(data);
        if (image is null)
        {
            document.Warn($"The logo '{path}' is not a PNG or JPEG picture that can be read; the PDF has none.");
        }

        return image;
    }

    /// <summary>A picture, no larger than it can be seen or printed; null when it cannot be read to its end.</summary>
    private static SKImage? Decode(SKData data)
    {
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return null;
        }

        using var bitmap = new SKBitmap(codec.Info);
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            return null;
        }

        var scale = Math.Min(Look.LogoHeight / bitmap.Height, Look.LogoWidth / bitmap.Width) * PixelsPerPoint;
        if (scale > 0.5f)
        {
            return SKImage.FromEncodedData(data);
        }

        using var small = bitmap.Resize(
            bitmap.Info.WithSize(Math.Max(1, (int)(bitmap.Width * scale)), Math.Max(1, (int)(bitmap.Height * scale))), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return small is null ? SKImage.FromEncodedData(data) : SKImage.FromBitmap(small);
    }
}
