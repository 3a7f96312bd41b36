using System.Globalization;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>A picture in a PDF, written at once.</summary>
internal sealed class PdfPicture
{
    private PdfPicture(int number, int width, int height) => (Number, Width, Height) = (number, width, height);

    public int Number { get; }

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>What the dictionary of a page calls it.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"X{Number}");

    /// <summary>A picture of pixels.</summary>
    /// <param name="objects">The file.</param>
    /// <param name="pixels">Red, green, blue and opacity of each, row by row from the top.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public static PdfPicture OfPixels(PdfObjects objects, ReadOnlySpan<byte> pixels, int width, int height)
    {
        var colors = new byte[width * height * 3];
        var opacity = new byte[width * height];
        var isOpaque = true;
        for (var pixel = 0; pixel < opacity.Length; pixel++)
        {
            pixels.Slice(pixel * 4, 3).CopyTo(colors.AsSpan(pixel * 3));
            opacity[pixel] = pixels[(pixel * 4) + 3];
            isOpaque &= opacity[pixel] == byte.MaxValue;
        }

        var picture = new PdfPicture(objects.Reserve(), width, height);
        var entries = Entries(width, height, "/DeviceRGB"u8);
        if (!isOpaque)
        {
            var mask = objects.Reserve();
            objects.WriteStream(mask, Entries(width, height, "/DeviceGray"u8).Span, opacity);
            entries.Add("/SMask "u8).AddReference(mask);
        }

        objects.WriteStream(picture.Number, entries.Span, colors);
        return picture;
    }

    /// <summary>A JPEG file as it is.</summary>
    /// <param name="objects">The file.</param>
    /// <param name="jpeg">Of three colours, or of greys.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="isGrey">Whether it has no colours.</param>
    public static PdfPicture OfJpeg(PdfObjects objects, ReadOnlySpan<byte> jpeg, int width, int height, bool isGrey)
    {
        var picture = new PdfPicture(objects.Reserve(), width, height);
        objects.WriteRawStream(picture.Number, Entries(width, height, isGrey ? "/DeviceGray"u8 : "/DeviceRGB"u8).Span,
            "/Filter/DCTDecode"u8, jpeg);
        return picture;
    }

    private static PdfBytes Entries(int width, int height, ReadOnlySpan<byte> space) =>
        new PdfBytes().Add("/Type/XObject/Subtype/Image/Width "u8).Add(width)
        .Add("/Height "u8).Add(height).Add("/BitsPerComponent 8/ColorSpace"u8).Add(space);
}
