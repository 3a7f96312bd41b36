using SkiaSharp;

namespace ReportScheduler.Tests.Support;

/// <summary>Pictures for tests.</summary>
internal static class TestPictures
{
    /// <summary>A PNG picture of noise.</summary>
    public static byte[] Png(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        new Random(1).NextBytes(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
