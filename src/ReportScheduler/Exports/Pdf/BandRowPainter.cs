using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Sets the text of the rows of a page, and says what it is for programs that read it aloud.</summary>
/// <param name="section">The table.</param>
/// <param name="pages">Where it paints.</param>
/// <param name="tables">The structure of the table of each page across.</param>
/// <param name="places">The columns of each page across, as places among all.</param>
/// <param name="padding">Above and below the text of a row.</param>
internal sealed class BandRowPainter(PdfSection section, PdfPages pages, TableStructure[] tables, int[][] places, float padding)
{
    /// <summary>From the bottom of a line to its base line.</summary>
    private const float TextRise = 3.2f;

    private static readonly byte[] ScopeOfColumn = "/O/Table/Scope/Column"u8.ToArray();

    private readonly bool[] hasHeader = new bool[tables.Length];
    private readonly SparklinePainter sparks = new(pages.Pen, pages.Theme.Light.Accent.Value);

    public void PaintHeader(LaidRow header, int group, float top)
    {
        var content = pages.Page.Content;
        var isFirst = !hasHeader[group];
        hasHeader[group] = true;
        var part = isFirst ? tables[group].Part("THead") : null;
        var row = part?.Add("TR");
        if (!isFirst)
        {
            content.OpenArtifact(onlyText: true);
        }

        var x = PdfPages.Left;
        for (var place = 0; place < section.Groups[group].Length; place++)
        {
            var column = section.Groups[group][place];
            var cell = row?.Add("TH");
            if (cell is not null)
            {
                cell.Attributes = ScopeOfColumn;
                content.Open("/TH"u8, cell.Mark(pages.Page), onlyText: true);
            }

            // a header of one line stands on the rule beside one of two
            var down = (header.Height - header.Lines(places[group][place])) * Look.LineHeight;
            PaintCell(header, group, place, x, top + down, TextStyle.Header);
            x += column.Width;
            if (cell is not null)
            {
                content.Close(onlyText: true);
                cell.Close();
            }
        }

        if (!isFirst)
        {
            content.Close(onlyText: true);
        }

        row?.Close();
        part?.Close();
    }

    public void Paint(List<BandRow> band, int group, float top)
    {
        var y = top;
        foreach (var slice in band)
        {
            switch (slice.Row)
            {
                case RowKind.Total: PaintTotals(slice.Laid, group, y); break;
                case RowKind.Data: PaintRow(slice.Laid, group, y); break;
                case RowKind.GoesOn:
                    pages.Page.Content.OpenArtifact(onlyText: true);
                    PaintCell(slice.Laid, 0, group, 0, PdfPages.Left, y, TextStyle.Total);
                    pages.Page.Content.Close(onlyText: true);
                    break;
                default: PaintOfGroup(slice, group, y); break;
            }

            y += Height(slice.Laid.Height);
        }
    }

    private void PaintRow(LaidRow laid, int group, float y)
    {
        var content = pages.Page.Content;
        var columns = section.Groups[group];
        tables[group].BeginRow(pages.Page);
        var x = PdfPages.Left;
        for (var place = 0; place < columns.Length; place++)
        {
            var index = places[group][place];
            var isEmpty = laid.Lines(index) == 1 && laid.Line(index, 0).IsEmpty;
            if (laid.Kind(index) == RowTextKind.Text && laid.Address(index) is { } address)
            {
                PaintLink(laid, group, place, x, y, address);
                x += columns[place].Width;
                continue;
            }

            if (laid.Kind(index) == RowTextKind.Picture)
            {
                PaintPicture(laid.Picture(index), group, place, x, y);
                x += columns[place].Width;
                continue;
            }

            var mark = tables[group].Cell(place, pages.Page, isEmpty);
            if (!isEmpty)
            {
                content.Open("/TD"u8, mark, onlyText: true);
                PaintCell(laid, group, place, x, y, laid.Kind(index) == RowTextKind.Nothing ? TextStyle.Nothing : TextStyle.Cell);
                content.Close(onlyText: true);
            }

            x += columns[place].Width;
        }
    }

    private void PaintOfGroup(BandRow slice, int group, float y)
    {
        var laid = slice.Laid;
        tables[group].BeginRow(pages.Page);
        var x = PdfPages.Left;
        for (var place = 0; place < section.Groups[group].Length; place++)
        {
            // a head whose column is on another page across stands in the first column of this one
            var index = place == 0 && slice.Row == RowKind.Head && !places[group].Contains(laid.TextPlace)
                ? laid.TextPlace
                : places[group][place];
            var isEmpty = laid.Line(index, 0).IsEmpty;
            var mark = tables[group].Cell(place, pages.Page, isEmpty);
            if (!isEmpty)
            {
                pages.Page.Content.Open("/TD"u8, mark, onlyText: true);
                PaintCell(laid, index, group, place, x, y, TextStyle.Total);
                pages.Page.Content.Close(onlyText: true);
            }

            x += section.Groups[group][place].Width;
        }
    }

    private void PaintLink(LaidRow laid, int group, int place, float x, float y, Uri address)
    {
        var element = tables[group].CellWith(place, "Link");
        pages.Page.Content.Open("/Link"u8, element.Mark(pages.Page), onlyText: true);
        PaintCell(laid, group, place, x, y, TextStyle.Link with { Color = pages.Theme.Light.Accent.Value });
        pages.Page.Content.Close(onlyText: true);
        var width = section.Groups[group][place].Width;
        var left = pages.At(x, width);
        PdfLink.Add(pages.Document, pages.Page, element, address,
            (left, y, left + width, y + Height(laid.Lines(places[group][place]))));
        element.Close();
    }

    private void PaintPicture(RowPicture picture, int group, int place, float x, float y)
    {
        var column = section.Groups[group][place];
        var scale = Math.Min(1, (column.Width - column.Indent - Look.CellPaddingX) / picture.Width);
        var (width, height) = (picture.Width * scale, picture.Height * scale);
        var left = pages.At(x + column.Indent, width);
        var (bottom, top) = (y + padding + height, y + padding);
        var figure = tables[group].CellWith(place, "Figure");
        var content = pages.Page.Content;
        content.Open("/Figure"u8, figure.Mark(pages.Page), onlyText: false);
        if (picture.Spark is { } spark)
        {
            // the pen mirrors pages itself
            sparks.Paint(spark, x + column.Indent, top, width, height);
        }
        else
        {
            content.Show(picture.Picture!.Name, picture.Picture.Number, left, bottom, width, height);
        }

        content.Close(onlyText: false);
        figure.AlternativeText = picture.Words;
        figure.Attributes = new PdfBytes().Add("/O/Layout/Placement/Block/BBox["u8).Add(left).Add((byte)' ')
            .Add(pages.Page.Height - bottom).Add((byte)' ').Add(left + width).Add((byte)' ').Add(pages.Page.Height - top)
            .Add("]"u8).Span.ToArray();
        figure.Close();
    }

    private void PaintTotals(LaidRow laid, int group, float y)
    {
        var part = tables[group].Part("TFoot");
        var row = part.Add("TR");
        var x = PdfPages.Left;
        for (var place = 0; place < section.Groups[group].Length; place++)
        {
            var cell = row.Add("TD");
            if (!laid.Line(places[group][place], 0).IsEmpty)
            {
                pages.Page.Content.Open("/TD"u8, cell.Mark(pages.Page), onlyText: true);
                PaintCell(laid, group, place, x, y, TextStyle.Total);
                pages.Page.Content.Close(onlyText: true);
            }

            cell.Close();
            x += section.Groups[group][place].Width;
        }

        row.Close();
        part.Close();
    }

    private void PaintCell(LaidRow laid, int group, int place, float x, float y, TextStyle style) =>
        PaintCell(laid, places[group][place], group, place, x, y, style);

    private void PaintCell(LaidRow laid, int index, int group, int place, float x, float y, TextStyle style)
    {
        var column = section.Groups[group][place];
        // digits stand below one another at the right; where pages are mirrored, that is where text begins
        var isAtRight = !pages.IsRightToLeft
            && (laid.Kind(index) == RowTextKind.Number || (laid.Kind(index) == RowTextKind.Nothing && column.IsNumber));
        var styled = column.Styled(style, laid.Color(index));
        for (var line = 0; line < laid.Lines(index); line++)
        {
            var baseLine = y + padding + ((line + 1) * Look.LineHeight) - TextRise;
            pages.Pen.Set(laid.Line(index, line), styled, x + column.Indent, column.Width - column.Indent - Look.CellPaddingX, baseLine,
                isAtRight);
        }
    }

    private float Height(int lines) => RowHeight.Of(lines, padding);
}
