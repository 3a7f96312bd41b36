using System.Runtime.ExceptionServices;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>A stream of a PDF on its way through another thread: plain, then compressed. Used again for another one.</summary>
internal sealed class CompressedStream : IDisposable
{
    private readonly PdfBytes entries = new();
    private readonly PdfBytes plain = new();
    private readonly MemoryStream compressed = new();
    private ExceptionDispatchInfo? failure;

    /// <summary>The number of its object.</summary>
    public int Number { get; private set; }

    /// <summary>Of its dictionary, but length and filter.</summary>
    public ReadOnlySpan<byte> Entries => entries.Span;

    /// <summary>Its bytes, once they are compressed.</summary>
    public ReadOnlySpan<byte> Bytes => compressed.GetBuffer().AsSpan(0, (int)compressed.Length);

    public void Set(int number, ReadOnlySpan<byte> ofDictionary, ReadOnlySpan<byte> data)
    {
        Number = number;
        entries.Clear();
        entries.Add(ofDictionary);
        plain.Clear();
        plain.Add(data);
    }

    /// <summary>Compresses it. What is thrown is kept: it would end the process.</summary>
    public void Compress()
    {
        try
        {
            Flate.Compress(plain.Span, compressed);
        }
        catch (Exception error)
        {
            failure = ExceptionDispatchInfo.Capture(error);
        }
    }

    /// <summary>Throws what compressing it has thrown.</summary>
    public void Check() => failure?.Throw();

    public void Dispose() => compressed.Dispose();
}
