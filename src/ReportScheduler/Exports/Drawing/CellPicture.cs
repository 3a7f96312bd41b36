using ReportScheduler.Rows;
using SkiaSharp;

namespace ReportScheduler.Exports.Drawing;

/// <summary>A picture that a value holds (PNG, JPEG, GIF, BMP, WebP), no larger than it is seen in a table.</summary>
/// <param name="Data">The file of the picture, a JPEG or a PNG.</param>
/// <param name="IsJpeg">Whether it is a JPEG.</param>
/// <param name="Pixels">Red, green, blue and opacity of each pixel, row by row from the top.</param>
/// <param name="PixelWidth">In pixels of the file.</param>
/// <param name="PixelHeight">In pixels of the file.</param>
/// <param name="Width">As it is shown, in CSS pixels.</param>
/// <param name="Height">As it is shown, in CSS pixels.</param>
internal sealed record CellPicture(
    byte[] Data, bool IsJpeg, byte[] Pixels, int PixelWidth, int PixelHeight, int Width, int Height)
{
    /// <summary>How high and wide it is shown at most, in CSS pixels.</summary>
    public const int MostHeight = 64;

    /// <inheritdoc cref="MostHeight"/>
    public const int MostWidth = 160;

    // sharp on screens of twice as many pixels, and in print
    private const int Scale = 3;
    private const int Quality = 88;
    private const int MostBytes = 1 << 24;
    private const long MostPixels = 50_000_000;

    /// <summary>Null for what is no picture, cannot be read to its end, or is larger than 16 MB or 50 million pixels.</summary>
    public static CellPicture? Read(byte[] bytes)
    {
        if (bytes.Length > MostBytes || BinaryText.Picture(bytes) is not (var mediaType, var start))
        {
            return null;
        }

        using var data = SKData.CreateCopy(bytes.AsSpan(start));
        using var codec = SKCodec.Create(data);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height is 0 or > MostPixels)
        {
            return null;
        }

        using var bitmap = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888).WithAlphaType(SKAlphaType.Unpremul));
        return codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success ? Of(bitmap, mediaType == "image/jpeg") : null;
    }

    private static CellPicture Of(SKBitmap bitmap, bool isJpeg)
    {
        var scale = Math.Min(1, Math.Min((double)MostHeight / bitmap.Height, (double)MostWidth / bitmap.Width));
        var (width, height) = (Math.Max(1, (int)Math.Round(bitmap.Width * scale)), Math.Max(1, (int)Math.Round(bitmap.Height * scale)));
        if (bitmap.Width <= width * Scale && bitmap.Height <= height * Scale)
        {
            return Of(bitmap, isJpeg, width, height);
        }

        using var small = bitmap.Resize(bitmap.Info.WithSize(width * Scale, height * Scale),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return Of(small, isJpeg, width, height);
    }

    private static CellPicture Of(SKBitmap bitmap, bool isJpeg, int width, int height)
    {
        using var encoded = bitmap.Encode(isJpeg ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png, Quality);
        return new CellPicture(encoded.ToArray(), isJpeg, bitmap.GetPixelSpan().ToArray(), bitmap.Width, bitmap.Height, width, height);
    }
}
