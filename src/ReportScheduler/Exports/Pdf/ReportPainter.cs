using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Drawing;
using SkiaSharp;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Paints the report from its head to its last table, or from a page in the middle on.</summary>
internal sealed class ReportPainter(PdfHead head, IReadOnlyList<PdfSection> sections)
{
    /// <summary>Room that a heading wants below it for some of its table, in points.</summary>
    private const float HeadingRoom = 80;

    /// <summary>Paints page after page, as long as it is asked for more. Says where the next page begins before it goes there, inside tables.</summary>
    /// <param name="pages">The pages, none of which is open.</param>
    /// <param name="from">Where to begin: the first page, or one that was said.</param>
    public IEnumerable<PageStart> Paint(PdfPages pages, PageStart from)
    {
        pages.Next();
        if (from.IsFirst)
        {
            head.Paint(pages);
        }

        for (var index = from.Section; index < sections.Count; index++)
        {
            var isContinued = index == from.Section && !from.IsFirst;
            if (!isContinued)
            {
                PaintAbove(index, pages);
            }

            foreach (var row in new SectionPainter(sections[index], pages).Paint(isContinued ? from.Row : default))
            {
                yield return new PageStart(pages.Count, index, row);
            }
        }
    }

    /// <summary>Paints what stands above a table: its name, where there are several, and its chart.</summary>
    private void PaintAbove(int index, PdfPages pages)
    {
        if (index > 0)
        {
            pages.Y += Look.SectionGap;
        }

        if (sections.Count > 1)
        {
            if (pages.Room < HeadingRoom)
            {
                pages.Next();
            }

            pages.Paragraph(sections[index].Name, TextStyle.Heading, pages.Width);
            pages.Y += 4;
        }

        if (sections[index].Chart is { HasPoints: true } chart)
        {
            PaintChart(chart, pages);
        }
    }

    private static void PaintChart(ChartData chart, PdfPages pages)
    {
        if (pages.Room < Look.ChartHeight)
        {
            pages.Next();
        }

        if (pages.IsDrawing)
        {
            new ChartPainter(chart).Paint(pages.Pen, SKRect.Create(PdfPages.Left, pages.Y, pages.Width, Look.ChartHeight - Look.SectionGap));
        }

        pages.Y += Look.ChartHeight;
    }
}
