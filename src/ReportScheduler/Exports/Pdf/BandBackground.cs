using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Draws what is below the text of the rows of a page: colours, stripes and rules.</summary>
internal sealed class BandBackground
{
    private readonly PdfSection section;
    private readonly PdfPages pages;
    private readonly MarkSpool spool;
    private readonly HighlightPainter highlights;
    private readonly int[][] places;
    private readonly int[] highlightOf;
    private readonly bool isRangeKnown;
    private readonly float padding;

    /// <param name="section">The table.</param>
    /// <param name="pages">Where it paints.</param>
    /// <param name="spool">Keeps the cells whose colours are known after the last row.</param>
    /// <param name="places">The columns of each page across, as places among all.</param>
    /// <param name="padding">Above and below the text of a row.</param>
    public BandBackground(PdfSection section, PdfPages pages, MarkSpool spool, int[][] places, float padding)
    {
        (this.section, this.pages, this.spool, this.places, this.padding) = (section, pages, spool, places, padding);
        highlights = new HighlightPainter(pages.Pen);
        highlightOf = [.. section.Columns.Select(column => Array.IndexOf([.. section.Highlighted], column))];
        isRangeKnown = section.IsComplete;
    }

    /// <summary>Draws the cells whose colours hang on all others, once these have been seen.</summary>
    public void PaintMarks()
    {
        foreach (var (form, height, width, cells) in spool.Read())
        {
            pages.IntoForm(form, width, height, () =>
            {
                foreach (var (column, mark, cell) in cells)
                {
                    highlights.Paint(section.Highlighted[column].Highlight!.Of(mark), cell);
                }
            }, isMirrored: true);
        }
    }

    /// <summary>Draws what is below the text of the rows of a page.</summary>
    /// <param name="band">The rows.</param>
    /// <param name="group">Which columns.</param>
    /// <param name="top">Where the first row begins.</param>
    public void Paint(List<BandRow> band, int group, float top)
    {
        var columns = section.Groups[group];
        var width = columns.Sum(column => column.Width);
        var form = 0;
        pages.Page.Content.OpenArtifact();
        var y = top;
        foreach (var slice in band)
        {
            var height = Height(slice.Laid.Height);
            if (slice.Laid.Fill is { } fill)
            {
                pages.Pen.Fill(PdfPages.Left, y, width, height, fill);
            }
            else if (slice.Row is RowKind.Head or RowKind.GoesOn)
            {
                pages.Pen.Fill(PdfPages.Left, y, width, height, slice.Level == 0 ? pages.Theme.Light.Group.Value : Look.Stripe);
                Bookmark(slice, group, y);
            }
            else if (slice.Number % 2 == 1 && slice.Row == RowKind.Data && section.Grouping is null
                && section.Columns.Count > Look.ColumnsWithoutStripes)
            {
                pages.Pen.Fill(PdfPages.Left, y, width, height, Look.Stripe);
            }

            if (slice.Laid.Marks.Count > 0)
            {
                PaintMarks(slice.Laid.Marks, group, y, height, ref form);
            }

            y += height;
        }

        if (form != 0)
        {
            spool.EndPage(form, pages.Page.Width, pages.Page.Height);
            pages.Page.Content.Show($"X{form}", form, 0, pages.Page.Height);
        }

        PaintRules(band, top, width);
        pages.Page.Content.Close(onlyText: false);
    }

    private void Bookmark(BandRow slice, int group, float y)
    {
        if (slice is { Row: RowKind.Head, Level: 0 } && group == 0)
        {
            pages.Bookmark(slice.Laid.Line(slice.Laid.TextPlace, 0).ToString(), 1, y);
        }
    }

    private void PaintRules(List<BandRow> band, float top, float width)
    {
        var y = top;
        pages.Pen.Fill(PdfPages.Left, y - Look.HeaderRule, width, Look.HeaderRule, Look.Ink);
        for (var index = 0; index < band.Count; index++)
        {
            y += Height(band[index].Laid.Height);
            if (index + 1 < band.Count && band[index + 1].Row == RowKind.Total && band[index].Row != RowKind.Total)
            {
                pages.Pen.Fill(PdfPages.Left, y - Look.TotalRule, width, Look.TotalRule, Look.Ink);
            }
            else
            {
                pages.Pen.Fill(PdfPages.Left, y - Look.Hairline, width, Look.Hairline, Look.Line);
            }
        }
    }

    /// <summary>Draws the marks of a row, or keeps them where they hang on rows that have not been seen.</summary>
    private void PaintMarks(List<HighlightMark> marks, int group, float y, float height, ref int form)
    {
        var x = PdfPages.Left;
        var columns = section.Groups[group];
        for (var place = 0; place < columns.Length; place++)
        {
            var cell = new Area(x, y, x + columns[place].Width, y + height);
            x = cell.Right;
            if (highlightOf[places[group][place]] is not (>= 0 and var index))
            {
                continue;
            }

            var highlight = columns[place].Highlight!;
            if (isRangeKnown || !highlight.NeedsRange)
            {
                highlights.Paint(highlight.Of(marks[index]), cell);
                continue;
            }

            form = form == 0 ? pages.Document.Objects.Reserve() : form;
            spool.Add(index, marks[index], cell);
        }
    }

    private float Height(int lines) => RowHeight.Of(lines, padding);
}
