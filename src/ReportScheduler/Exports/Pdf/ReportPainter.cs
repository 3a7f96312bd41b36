using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Paints the report from its head to its last table, each row once and in the order in which they come.</summary>
/// <param name="head">What stands above the first table.</param>
/// <param name="pages">Where it paints.</param>
/// <param name="folder">Gives the place for a file that is needed for a while.</param>
internal sealed class ReportPainter(PdfHead head, PdfPages pages, Func<string> folder) : IDisposable
{
    /// <summary>Room that a heading wants below it for some of its table, in points.</summary>
    private const float HeadingRoom = 80;

    /// <summary>A report of so few rows is on one page with its chart, which is lower then.</summary>
    private const int FewRows = 25;
    private const float LeastChartHeight = 130;
    private const float LeastPadding = 3;

    private readonly List<IDisposable> spools = [];
    private SectionPainter? table;
    private StructureElement? part;
    private Action? finish;

    /// <summary>Paints what stands above a table, and the rows that waited.</summary>
    /// <param name="section">The dataset; its first rows have been seen.</param>
    /// <param name="hasHeading">Whether its name stands above it.</param>
    /// <param name="size">The paper, in points.</param>
    public void Begin(PdfSection section, bool hasHeading, (float Width, float Height) size)
    {
        var isFirst = !pages.IsOpen && pages.Document.Pages == 0;
        var isOtherPaper = pages.Size != size;
        pages.Size = size;
        if (isFirst || isOtherPaper)
        {
            pages.Next();
        }
        else
        {
            pages.Y += Look.SectionGap;
        }

        if (isFirst)
        {
            head.Paint(pages);
        }

        section.Arrange(pages.Width);
        part = pages.Document.Structure.Document.Add("Sect");
        if (hasHeading && pages.Room < HeadingRoom)
        {
            pages.Next();
        }

        pages.Document.Outline.Add(hasHeading ? section.Name : head.Title, 0, pages.Page.Number, pages.Page.Height - pages.Y + 4);
        if (hasHeading)
        {
            pages.Paragraph(part.Add("H2"), "/H2"u8, section.Name, TextStyle.Heading, pages.Width);
            pages.Y += 4;
        }

        var spool = new MarkSpool(folder());
        spools.Add(spool);
        var rows = section.Release();
        var (chartHeight, padding) = Fit(section, rows.Count);
        if (section.Chart is { } chart && (chart.HasPoints || !section.IsComplete))
        {
            PaintChart(chart, section.Groups, chartHeight);
        }

        table = new SectionPainter(section, pages, spool, part, padding);
        table.Begin();
        foreach (var row in rows)
        {
            table.Add(row);
        }
    }

    public void Add(RowText row) => table!.Add(row);

    /// <summary>Paints the end of a table, and its chart into the room that was left for it.</summary>
    public void End()
    {
        table!.End();
        table.PaintMarks();
        // the forms were drawn elsewhere
        pages.Pen.Content = pages.Page.Content;
        finish?.Invoke();
        finish = null;
        part!.Close();
    }

    public void Dispose() => spools.ForEach(spool => spool.Dispose());

    /// <summary>How high the chart is, and how much air rows have, so that a short report stays on one page.</summary>
    private (float ChartHeight, float Padding) Fit(PdfSection section, int rows)
    {
        var all = (Look.ChartHeight, Look.CellPaddingY);
        if (section.Chart is not { HasPoints: true } || !section.IsComplete || rows > FewRows || section.Groups.Count > 1)
        {
            return all;
        }

        var lines = rows + 1 + section.TotalLines;
        foreach (var padding in (ReadOnlySpan<float>)[Look.CellPaddingY, LeastPadding])
        {
            // a row may have more lines than one: that it then goes on on the next page is no loss
            var left = pages.Room - (lines * SectionPainter.Height(1, padding));
            if (left >= LeastChartHeight)
            {
                return (Math.Min(left, Look.ChartHeight), padding);
            }
        }

        return all;
    }

    private void PaintChart(ChartData chart, IReadOnlyList<PdfColumn[]> groups, float chartHeight)
    {
        if (pages.Room < chartHeight)
        {
            pages.Next();
        }

        var width = Math.Min(pages.Width, groups.Max(group => group.Sum(column => column.Width)));
        var height = chartHeight - Look.SectionGap;
        var (document, page, y, left) = (pages.Document, pages.Page, pages.Y, pages.At(PdfPages.Left, width));
        var form = document.Objects.Reserve();
        var figure = part!.Add("Figure");
        page.Content.Open("/Figure"u8, figure.Mark(page), onlyText: false);
        page.Content.Show($"X{form}", form, left, y + height);
        page.Content.Close(onlyText: false);
        var (bottom, top) = (page.Height - y - height, page.Height - y);
        finish = () =>
        {
            pages.IntoForm(form, width, height, () =>
            {
                if (chart.HasPoints)
                {
                    new ChartPainter(chart).Paint(pages.Pen, new Area(0, 0, width, height));
                }
            });
            figure.AlternativeText = chart.HasPoints ? ChartPicture.Describe(chart) : chart.Dataset;
            figure.Attributes = new PdfBytes().Add("/O/Layout/Placement/Block/BBox["u8).Add(left).Add((byte)' ').Add(bottom)
                .Add((byte)' ')
                .Add(left + width).Add((byte)' ').Add(top).Add("]"u8).Span.ToArray();
            figure.Close();
        };
        pages.Y += chartHeight;
    }
}
