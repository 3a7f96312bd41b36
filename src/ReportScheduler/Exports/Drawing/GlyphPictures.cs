using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.PdfFile;
using SkiaSharp;

namespace ReportScheduler.Exports.Drawing;

/// <summary>Glyphs that are pictures, as emoji are, each in the PDF once.</summary>
internal sealed class GlyphPictures(PdfObjects objects)
{
    /// <summary>The size they are drawn in: enough for print.</summary>
    private const int Pixels = 96;

    private readonly Dictionary<(FontFace Face, ushort Glyph), (PdfPicture Picture, SKRect Bounds)?> known = [];

    /// <summary>The picture of a glyph, and its place in em; null when it is empty.</summary>
    public (PdfPicture Picture, SKRect Bounds)? Of(FontFace face, ushort glyph)
    {
        if (!known.TryGetValue((face, glyph), out var picture))
        {
            picture = Draw(face, glyph);
            known.Add((face, glyph), picture);
        }

        return picture;
    }

    private (PdfPicture Picture, SKRect Bounds)? Draw(FontFace face, ushort glyph)
    {
        using var font = face.OfSize(Pixels);
        var widths = new float[1];
        var bounds = new SKRect[1];
        font.GetGlyphWidths([glyph], widths, bounds);
        var area = SKRectI.Ceiling(bounds[0], outwards: true);
        if (area.Width <= 0 || area.Height <= 0)
        {
            return null;
        }

        using var bitmap = new SKBitmap(new SKImageInfo(area.Width, area.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(bitmap);
        using var builder = new SKTextBlobBuilder();
        builder.AddPositionedRun([glyph], font, [new SKPoint(-area.Left, -area.Top)]);
        using var blob = builder.Build();
        using var paint = new SKPaint { IsAntialias = true };
        canvas.Clear();
        canvas.DrawText(blob, 0, 0, paint);
        canvas.Flush();
        using var image = SKImage.FromBitmap(bitmap);
        var pixels = new byte[area.Width * area.Height * 4];
        unsafe
        {
            fixed (byte* target = pixels)
            {
                image.ReadPixels(new SKImageInfo(area.Width, area.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul), (nint)target,
                    area.Width * 4, 0, 0);
            }
        }

        var places =
            new SKRect(area.Left / (float)Pixels, area.Top / (float)Pixels, area.Right / (float)Pixels, area.Bottom / (float)Pixels);
        return (PdfPicture.OfPixels(objects, pixels, area.Width, area.Height), places);
    }
}
