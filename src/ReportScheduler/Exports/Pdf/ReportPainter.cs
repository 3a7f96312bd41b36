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

    /// <summary>How wide the page is where two charts stand side by side.</summary>
    private const float PairWidth = 500;

    private readonly List<IDisposable> spools = [];
    private SectionPainter? table;
    private StructureElement? part;
    private ContentsList? contents;
    private readonly List<Action> finish = [];

    /// <summary>Whether a list of contents stands below the title.</summary>
    public bool HasContents { get; set; }

    /// <summary>About how many lines that list has; null when nobody knows.</summary>
    public int? ContentsLines { get; set; }

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
            if (HasContents)
            {
                contents = ContentsList.Begin(pages, ContentsLines);
            }
        }

        section.Arrange(pages.Width);
        part = pages.Document.Structure.Document.Add("Sect");
        if (hasHeading && (pages.Room < HeadingRoom || (!isFirst && IsBetterOnNext(section))))
        {
            pages.Next();
        }

        pages.Bookmark(hasHeading ? section.Name : head.Title, 0, pages.Y);
        if (hasHeading)
        {
            pages.Paragraph(part.Add("H2"), "/H2"u8, section.Name, TextStyle.Heading, pages.Width);
            pages.Y += 4;
        }

        var spool = new MarkSpool(folder());
        spools.Add(spool);
        var rows = section.Release();
        var (chartHeight, padding) = Fit(section, rows.Count);
        ChartData[] charts = [.. section.Charts.Where(chart => chart.HasPoints || !section.IsComplete)];
        for (var index = 0; index < charts.Length;)
        {
            // two stand side by side where each has room
            var isPair = index + 1 < charts.Length && pages.Width >= PairWidth;
            PaintCharts([.. charts.Skip(index).Take(isPair ? 2 : 1)], section.Groups, chartHeight);
            index += isPair ? 2 : 1;
        }

        table = new SectionPainter(section, pages, spool, part, padding);
        table.Begin();
        foreach (var row in rows)
        {
            table.Add(row);
        }
    }

    public void Add(RowText row) => table!.Add(row);

    /// <summary>Paints the end of a table, and its charts into the room that was left for it.</summary>
    public void End()
    {
        table!.End();
        table.PaintMarks();
        // the forms were drawn elsewhere
        pages.Pen.Content = pages.Page.Content;
        finish.ForEach(draw => draw());
        finish.Clear();
        part!.Close();
        table = null;
    }

    /// <summary>Ends the report, after its last table.</summary>
    public void Complete() => pages.Complete(contents is { } list ? list.Paint : null);

    public void Dispose() => spools.ForEach(spool => spool.Dispose());

    /// <summary>Whether a chart and its few rows are on one page when they begin the next.</summary>
    private bool IsBetterOnNext(PdfSection section)
    {
        var needed = (HeadingRoom / 2) + LeastChartHeight
            + ((section.Rows + 1 + section.TotalLines) * RowHeight.Of(1, LeastPadding));
        return section.IsComplete && section.Rows <= FewRows && section.Groups.Count == 1
            && section.Charts.Count(chart => chart.HasPoints) == 1 && pages.Room < needed && needed < pages.Bottom - Look.Margin;
    }

    /// <summary>How high the chart is, and how much air rows have, so that a short report stays on one page.</summary>
    private (float ChartHeight, float Padding) Fit(PdfSection section, int rows)
    {
        var all = (Look.ChartHeight, Look.CellPaddingY);
        var charts = section.Charts.Count(chart => chart.HasPoints);
        if (charts == 0 || !section.IsComplete || rows > FewRows || section.Groups.Count > 1)
        {
            return all;
        }

        var lineups = pages.Width >= PairWidth ? (charts + 1) / 2 : charts;

        var lines = rows + 1 + section.TotalLines;
        foreach (var padding in (ReadOnlySpan<float>)[Look.CellPaddingY, LeastPadding])
        {
            // a row may have more lines than one: that it then goes on on the next page is no loss
            var left = (pages.Room - (lines * RowHeight.Of(1, padding))) / lineups;
            if (left >= LeastChartHeight)
            {
                return (Math.Min(left, Look.ChartHeight), padding);
            }
        }

        return all;
    }

    private void PaintCharts(ChartData[] charts, IReadOnlyList<PdfColumn[]> groups, float chartHeight)
    {
        if (pages.Room < chartHeight)
        {
            pages.Next();
        }

        var table = groups.Max(group => group.Sum(column => column.Width));
        var width = charts.Length > 1 ? (pages.Width - Look.SectionGap) / 2 : Math.Min(pages.Width, table);
        for (var index = 0; index < charts.Length; index++)
        {
            Reserve(charts[index], PdfPages.Left + (index * (width + Look.SectionGap)), width, chartHeight - Look.SectionGap);
        }

        pages.Y += chartHeight;
    }

    // A form is drawn when all rows have been seen.
    private void Reserve(ChartData chart, float from, float width, float height)
    {
        var (document, page, y, left) = (pages.Document, pages.Page, pages.Y, pages.At(from, width));
        var form = document.Objects.Reserve();
        var figure = part!.Add("Figure");
        page.Content.Open("/Figure"u8, figure.Mark(page), onlyText: false);
        page.Content.Show($"X{form}", form, left, y + height);
        page.Content.Close(onlyText: false);
        var (bottom, top) = (page.Height - y - height, page.Height - y);
        finish.Add(() =>
        {
            var drawing = chart.HasPoints ? chart.Drawing() : null;
            pages.IntoForm(form, width, height, () =>
            {
                if (drawing is not null)
                {
                    new ChartPainter(drawing).Paint(pages.Pen, new Area(0, 0, width, height));
                }
            });
            figure.AlternativeText = drawing is not null ? ChartPicture.Describe(drawing) : chart.Dataset;
            figure.Attributes = new PdfBytes().Add("/O/Layout/Placement/Block/BBox["u8).Add(left).Add((byte)' ').Add(bottom)
                .Add((byte)' ')
                .Add(left + width).Add((byte)' ').Add(top).Add("]"u8).Span.ToArray();
            figure.Close();
        });
    }
}
