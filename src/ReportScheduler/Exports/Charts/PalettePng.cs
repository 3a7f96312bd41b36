using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace ReportScheduler.Exports.Charts;

/// <summary>A picture of few colours as a PNG file with a palette: a third of one with full colours.</summary>
internal static class PalettePng
{
    private const int MostColors = 256;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static byte[] Of(SKBitmap bitmap)
    {
        var pixels = bitmap.Pixels;
        var (palette, shift) = Palette(pixels);
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, bitmap.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], bitmap.Height);
        // eight bits of a palette, deflated, no filter, not interlaced
        (header[8], header[9], header[10], header[11], header[12]) = (8, 3, 0, 0, 0);
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "PLTE"u8, [.. palette.OrderBy(color => color.Value.Place)
            .SelectMany(color => new[] { color.Value.Color.Red, color.Value.Color.Green, color.Value.Color.Blue })]);
        Chunk(file, "IDAT"u8, Deflated(bitmap, pixels, palette, shift));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    // Shades of edges that the eye does not tell apart share a place.
    // The shade that most pixels have stands for the others: the colour of a series stays what it is.
    private static (Dictionary<uint, (byte Place, SKColor Color)> Palette, int Shift) Palette(SKColor[] pixels)
    {
        var counts = new Dictionary<SKColor, int>();
        foreach (var pixel in pixels)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, pixel, out _)++;
        }

        var colors = counts.OrderByDescending(color => color.Value).ThenBy(color => (uint)color.Key).Select(color => color.Key).ToList();
        for (var shift = 0; ; shift++)
        {
            var palette = new Dictionary<uint, (byte Place, SKColor Color)>();
            foreach (var pixel in colors)
            {
                if (palette.Count < MostColors)
                {
                    palette.TryAdd(Key(pixel, shift), ((byte)palette.Count, pixel));
                }
                else if (!palette.ContainsKey(Key(pixel, shift)))
                {
                    palette.Clear();
                    break;
                }
            }

            if (palette.Count > 0)
            {
                return (palette, shift);
            }
        }
    }

    private static uint Key(SKColor color, int shift) =>
        ((uint)(color.Red >> shift) << 16) | ((uint)(color.Green >> shift) << 8) | (uint)(color.Blue >> shift);

    private static byte[] Deflated(SKBitmap bitmap, SKColor[] pixels, Dictionary<uint, (byte Place, SKColor Color)> palette, int shift)
    {
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.SmallestSize))
        {
            var line = new byte[bitmap.Width + 1];
            for (var y = 0; y < bitmap.Height; y++)
            {
                for (var x = 0; x < bitmap.Width; x++)
                {
                    line[x + 1] = palette[Key(pixels[(y * bitmap.Width) + x], shift)].Place;
                }

                deflate.Write(line);
            }
        }

        return data.ToArray();
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(name);
        file.Write(data);
        var sum = new Crc32();
        sum.Append(name);
        sum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, sum.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
