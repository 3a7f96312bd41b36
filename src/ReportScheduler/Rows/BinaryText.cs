using System.Globalization;
using ReportScheduler.Words;

namespace ReportScheduler.Rows;

/// <summary>Binary data in words, <c>(JPEG, 12 KB)</c>: nobody reads its bytes.</summary>
internal static class BinaryText
{
    /// <summary>How the file of a picture begins.</summary>
    private static readonly (string Name, byte[] Start)[] Pictures =
    [
        ("JPEG", [0xFF, 0xD8, 0xFF]),
        ("PNG", [0x89, (byte)'P', (byte)'N', (byte)'G']),
        ("GIF", [(byte)'G', (byte)'I', (byte)'F', (byte)'8']),
        ("TIFF", [(byte)'I', (byte)'I', 42, 0]),
        ("TIFF", [(byte)'M', (byte)'M', 0, 42]),
        ("BMP", [(byte)'B', (byte)'M']),
    ];

    // Access wraps its pictures: Northwind's have a header of 78 bytes.
    private static readonly byte[] Wrapped = [0x15, 0x1C];
    private const int Wrapper = 78;

    public static string Of(ReadOnlySpan<byte> bytes, CultureInfo culture) =>
        $"({Kind(bytes, culture)}, {SizeText.Of(bytes.Length, culture)})";

    /// <summary>A picture that browsers show: its media type and where it begins; null for other data.</summary>
    public static (string MediaType, int Start)? Picture(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.Length > Wrapper && bytes.StartsWith(Wrapped) ? Wrapper : 0;
        return Kind(bytes, CultureInfo.InvariantCulture) switch
        {
            "JPEG" => ("image/jpeg", start),
            "PNG" => ("image/png", start),
            "GIF" => ("image/gif", start),
            "BMP" => ("image/bmp", start),
            "WebP" => ("image/webp", start),
            _ => null,
        };
    }

    private static string Kind(ReadOnlySpan<byte> bytes, CultureInfo culture)
    {
        if (bytes.Length > Wrapper && bytes.StartsWith(Wrapped))
        {
            bytes = bytes[Wrapper..];
        }

        if (bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8))
        {
            return "WebP";
        }

        foreach (var (name, start) in Pictures)
        {
            if (bytes.StartsWith(start))
            {
                return name;
            }
        }

        return ReportWords.Of(culture)["binary"];
    }
}
