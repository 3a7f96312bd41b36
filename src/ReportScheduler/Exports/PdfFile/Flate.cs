using System.IO.Compression;
using System.Reflection;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>Compresses the streams of a PDF.</summary>
internal static class Flate
{
    // As small as Optimal within a few hundredths and twice as fast; choosing it needs .NET 9, and the module runs on .NET 8 as well.
    private const int Level = 4;

    /// <summary>A zlib stream over another one, which stays open.</summary>
    public static readonly Func<Stream, Stream> Open = AtLevel()
        ?? (stream => new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true));

    /// <summary>Compresses bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="target">Gets them, and nothing else.</param>
    /// <param name="isThorough">Whether size counts more than time.</param>
    public static void Compress(ReadOnlySpan<byte> bytes, MemoryStream target, bool isThorough = false)
    {
        target.SetLength(0);
        using var deflate = Into(target, isThorough);
        deflate.Write(bytes);
    }

    /// <summary>A zlib stream over another one, which stays open.</summary>
    /// <param name="target">Gets the compressed bytes.</param>
    /// <param name="isThorough">Whether size counts more than time.</param>
    public static Stream Into(Stream target, bool isThorough) =>
        isThorough ? new ZLibStream(target, CompressionLevel.SmallestSize, leaveOpen: true) : Open(target);

    private static Func<Stream, Stream>? AtLevel()
    {
        if (typeof(ZLibStream).Assembly.GetType("System.IO.Compression.ZLibCompressionOptions") is not { } type
            || typeof(ZLibStream).GetConstructor([typeof(Stream), type, typeof(bool)]) is not { } constructor)
        {
            return null;
        }

        var options = Activator.CreateInstance(type);
        type.GetProperty("CompressionLevel", BindingFlags.Public | BindingFlags.Instance)!.SetValue(options, Level);
        var open = ConstructorInvoker.Create(constructor);
        return stream => (Stream)open.Invoke(stream, options, true);
    }
}
