using SkiaSharp;

namespace ReportScheduler.Exports.Themes;

/// <summary>The logo of a report, a PNG or JPEG picture that can be read.</summary>
/// <param name="Data">The picture as it was given.</param>
/// <param name="Width">In its own pixels.</param>
/// <param name="Height">In its own pixels.</param>
internal sealed record LogoPicture(byte[] Data, int Width, int Height)
{
    /// <summary>How high and wide it is shown on a screen at most, in CSS pixels.</summary>
    public const int MostHeight = 48;

    /// <inheritdoc cref="MostHeight"/>
    public const int MostWidth = 220;

    // sharp on screens of twice as many pixels
    private const int Scale = 2;

    /// <summary>Null for what is no PNG or JPEG picture, or cannot be read to its end.</summary>
    public static LogoPicture? Read(byte[] data)
    {
        using var copy = SKData.CreateCopy(data);
        using var codec = SKCodec.Create(copy);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg))
        {
            return null;
        }

        using var bitmap = Decode(codec);
        return bitmap is null ? null : new LogoPicture(data, bitmap.Width, bitmap.Height);
    }

    /// <summary>The picture for HTML and mail, no larger than it is seen, with its measures in CSS pixels.</summary>
    public (byte[] Data, string MediaType, int Width, int Height) ForScreen()
    {
        var scale = Math.Min(1, Math.Min((double)MostHeight / Height, (double)MostWidth / Width));
        var (width, height) = (Math.Max(1, (int)Math.Round(Width * scale)), Math.Max(1, (int)Math.Round(Height * scale)));
        using var copy = SKData.CreateCopy(Data);
        using var codec = SKCodec.Create(copy);
        var type = codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? "image/jpeg" : "image/png";
        if (Width <= width * Scale && Height <= height * Scale)
        {
            return (Data, type, width, height);
        }

        using var bitmap = Decode(codec)!;
        using var small = bitmap.Resize(
            bitmap.Info.WithSize(width * Scale, height * Scale), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var png = small.Encode(SKEncodedImageFormat.Png, 100);
        return (png.ToArray(), "image/png", width, height);
    }

    private static SKBitmap? Decode(SKCodec codec)
    {
        var bitmap = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888).WithAlphaType(SKAlphaType.Unpremul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
        {
            return bitmap;
        }

        bitmap.Dispose();
        return null;
    }
}
