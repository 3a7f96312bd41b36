using SkiaSharp;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The PDF that is drawn on, a page at a time.</summary>
/// <remarks>
/// Skia keeps every page of a document in memory until the document is closed. A long report is therefore drawn as several documents, each on disk
/// beside the file, and joined: its memory does not follow its length.
/// </remarks>
internal sealed class PdfFile : IDisposable
{
    internal const int PagesOfPart = 500;

    private readonly FileStream file;
    private readonly SKDocumentPdfMetadata metadata;
    private readonly PdfJoin? join;
    private FileStream target;
    private SKDocument part;
    private int pages;

    /// <param name="file">Gets the PDF; empty.</param>
    /// <param name="metadata">Title, author and the like.</param>
    /// <param name="pages">How many pages there will be.</param>
    public PdfFile(FileStream file, SKDocumentPdfMetadata metadata, int pages)
    {
        (this.file, this.metadata) = (file, metadata);
        join = pages > PagesOfPart ? new PdfJoin(file) : null;
        (target, part) = Open();
    }

    public SKCanvas BeginPage(SKSize size)
    {
        if (join is not null && pages == PagesOfPart)
        {
            Finish(join);
            (target, part) = Open();
        }

        pages++;
        return part.BeginPage(size.Width, size.Height);
    }

    public void EndPage() => part.EndPage();

    /// <summary>Writes the end of the file. Without it the file is of no use.</summary>
    public void Complete()
    {
        if (join is null)
        {
            part.Close();
            return;
        }

        Finish(join);
        join.Complete();
    }

    public void Dispose()
    {
        part.Dispose();
        if (target != file)
        {
            target.Dispose();
        }
    }

    private void Finish(PdfJoin whole)
    {
        part.Close();
        whole.Append(target);
        Dispose();
        pages = 0;
    }

    private (FileStream Target, SKDocument Part) Open()
    {
        var stream = join is null ? file : new FileStream($"{file.Name}.pages", new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            BufferSize = 1 << 16,
            Options = FileOptions.DeleteOnClose,
        });
        return (stream, SKDocument.CreatePdf(stream, metadata));
    }
}
