using System.Runtime.ExceptionServices;
using ReportScheduler.Exports.Drawing;
using SkiaSharp;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The documents that a report is drawn as, which become one PDF.</summary>
/// <remarks>
/// Skia keeps every page of a document in memory until the document is closed. A long report is therefore drawn as several documents, each on disk
/// beside the file, and joined: its memory does not follow its length, and two threads can draw.
/// </remarks>
internal sealed class PdfParts : IDisposable
{
    private readonly FileStream file;
    private readonly SKDocumentPdfMetadata metadata;
    private readonly PdfJoin? join;
    private readonly FileStream?[] parts;
    private readonly bool[] isDrawn;
    private Exception? failure;
    private int taken;
    private int joined;

    /// <param name="file">Gets the PDF; empty.</param>
    /// <param name="metadata">Title, author and the like.</param>
    /// <param name="count">How many parts there are.</param>
    public PdfParts(FileStream file, SKDocumentPdfMetadata metadata, int count)
    {
        (this.file, this.metadata) = (file, metadata);
        parts = new FileStream?[count];
        isDrawn = new bool[count];
        join = count > 1 ? new PdfJoin(file) : null;
    }

    /// <summary>Draws the parts and writes the file.</summary>
    /// <param name="draw">Draws each part that it is given, by its number from zero, on its document. Is called on this thread.</param>
    /// <param name="help">Does the same on another thread; is called when there are several parts.</param>
    public void Draw(Action<IEnumerable<(int Number, SKDocument Document)>> draw, Action<IEnumerable<(int Number, SKDocument Document)>> help)
    {
        var second = join is null ? null : new Thread(() => Take(help)) { IsBackground = true, Name = Path.GetFileName(file.Name) };
        second?.Start();
        Take(draw);
        second?.Join();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        join?.Complete();
    }

    public void Dispose()
    {
        foreach (var part in parts)
        {
            try
            {
                part?.Dispose();
            }
            catch (IOException)
            {
                // the last buffer does not fit on a full disk either; the file goes anyway
            }
        }
    }

    private void Take(Action<IEnumerable<(int Number, SKDocument Document)>> work)
    {
        try
        {
            work(Parts());
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref failure, error, null);
        }
    }

    private IEnumerable<(int Number, SKDocument Document)> Parts()
    {
        while (failure is null && Interlocked.Increment(ref taken) - 1 is var number && number < parts.Length)
        {
            var stream = join is null ? file : parts[number] = Open(number);
            using var output = new SkiaOutput(stream);
            using var document = SKDocument.CreatePdf(output, metadata);
            yield return (number, document);
            document.Close();
            output.ThrowIfFailed();
            if (join is not null)
            {
                Join(number, join);
            }
        }
    }

    /// <summary>Appends the part, and those behind it that are drawn, as soon as those before it are.</summary>
    private void Join(int number, PdfJoin whole)
    {
        lock (parts)
        {
            isDrawn[number] = true;
            for (; joined < parts.Length && isDrawn[joined]; joined++)
            {
                whole.Append(parts[joined]!);
                parts[joined]!.Dispose();
            }
        }
    }

    private FileStream Open(int number) => new($"{file.Name}.pages{number}", new FileStreamOptions
    {
        Mode = FileMode.Create,
        Access = FileAccess.ReadWrite,
        BufferSize = 1 << 14,
        Options = FileOptions.DeleteOnClose,
    });
}
