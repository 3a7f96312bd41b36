using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>The streams of the pages of a PDF, which the floor deflates again at the same level.</summary>
internal static partial class PdfPages
{
    private const string File = "pages.bin";

    /// <summary>Inflates the streams of the pages into a file beside the PDF.</summary>
    public static void Unpack(string pdf)
    {
        var bytes = System.IO.File.ReadAllBytes(pdf);
        using var target = new BinaryWriter(System.IO.File.Create(Path.Combine(Path.GetDirectoryName(pdf)!, File)));
        foreach (Match stream in PageStream().Matches(Encoding.Latin1.GetString(bytes)))
        {
            var length = int.Parse(stream.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            using var inflate = new ZLibStream(new MemoryStream(bytes, stream.Index + stream.Length, length), CompressionMode.Decompress);
            using var page = new MemoryStream();
            inflate.CopyTo(page);
            target.Write((int)page.Length);
            target.Write(page.GetBuffer(), 0, (int)page.Length);
        }
    }

    public static void Deflate(string path)
    {
        using var source = new BinaryReader(System.IO.File.OpenRead(Path.Combine(Path.GetDirectoryName(path)!, File)));
        using var target = System.IO.File.Create(path);
        var compressed = new MemoryStream();
        while (source.BaseStream.Position < source.BaseStream.Length)
        {
            Flate.Compress(source.ReadBytes(source.ReadInt32()), compressed);
            target.Write(compressed.GetBuffer(), 0, (int)compressed.Length);
        }
    }

    // the dictionaries of other streams say their type
    [GeneratedRegex(@"obj\n<</Filter/FlateDecode/Length (\d+)>>stream\n")]
    private static partial Regex PageStream();
}
