using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Fonts;
using SkiaSharp;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Counts the pages of a report, then draws them, part by part.</summary>
internal sealed class PdfDrawing(ReportPainter painter, FontSet regular, FontSet bold, SKSize size, string footer, int pagesOfPart, GarbageLimit garbage, CancellationToken cancellation)
{
    /// <summary>How many pages are drawn as a document of their own.</summary>
    internal const int PagesOfPart = 250;

    private readonly List<PageStart> starts = [default];
    private int total;

    /// <summary>Draws the report.</summary>
    /// <param name="file">Gets the PDF; empty.</param>
    /// <param name="metadata">Title, author and the like.</param>
    public void Draw(FileStream file, SKDocumentPdfMetadata metadata) =>
        WithPen(pen =>
        {
            Count(pen);
            using var parts = new PdfParts(file, metadata, starts.Count);
            parts.Draw(taken => Paint(taken, pen), taken => WithPen(another => Paint(taken, another)));
        });

    /// <summary>Does something with the fonts cut to the characters used. Fonts remember what they were asked for, so that each thread needs its own.</summary>
    private void WithPen(Action<TextPen> work)
    {
        using var regularCut = regular.Subset();
        using var boldCut = bold.Subset();
        using var pen = new TextPen(regularCut, boldCut);
        work(pen);
    }

    private void Count(TextPen pen)
    {
        using var pages = new PdfPages(null, pen, size, footer, 0, 0, cancellation);
        foreach (var start in painter.Paint(pages, default))
        {
            if (start.PagesBefore - starts[^1].PagesBefore >= pagesOfPart)
            {
                starts.Add(start);
            }
        }

        total = pages.Count;
    }

    private void Paint(IEnumerable<(int Number, SKDocument Document)> parts, TextPen pen)
    {
        foreach (var (number, document) in parts)
        {
            var end = number + 1 < starts.Count ? starts[number + 1] : default;
            using var pages = new PdfPages(document, pen, size, footer, total, starts[number].PagesBefore, cancellation);
            foreach (var start in painter.Paint(pages, starts[number]))
            {
                if (start == end)
                {
                    break;
                }
            }

            pages.End();
            garbage.Check();
        }
    }
}
