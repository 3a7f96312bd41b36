using System.Runtime.CompilerServices;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Paints the table of a section over as many pages as it takes, row by row.</summary>
internal sealed class SectionPainter
{
    /// <summary>From the bottom of a line to its base line.</summary>
    private const float TextRise = 3.2f;

    private static readonly byte[] ScopeOfColumn = "/O/Table/Scope/Column"u8.ToArray();

    private readonly PdfSection section;
    private readonly PdfPages pages;
    private readonly MarkSpool spool;
    private readonly StructureElement parent;
    private readonly HighlightPainter highlights;
    private readonly TableStructure[] tables;
    private readonly bool[] hasHeader;
    private readonly int[][] places;
    private readonly int[] highlightOf;
    private readonly bool isRangeKnown;
    private readonly LaidRow header = new();
    private readonly List<LaidRow> rows = [];
    private readonly List<Slice> band = [];
    private readonly List<Slice> waiting = [];
    private readonly SparklinePainter sparks;
    private readonly OpenGroups open;
    private readonly LaidRow goesOn = new();
    private string? above;
    private float bandHeight;
    private int used;
    private long count;

    /// <param name="section">What it paints; its columns have their widths.</param>
    /// <param name="pages">Where it paints.</param>
    /// <param name="spool">Keeps the cells whose colours are known after the last row.</param>
    /// <param name="parent">What the table is a part of.</param>
    /// <param name="padding">Above and below the text of a row.</param>
    public SectionPainter(PdfSection section, PdfPages pages, MarkSpool spool, StructureElement parent, float padding)
    {
        (this.section, this.pages, this.spool, this.parent, Padding) = (section, pages, spool, parent, padding);
        highlights = new HighlightPainter(pages.Pen);
        sparks = new SparklinePainter(pages.Pen, pages.Theme.Light.Accent.Value);
        open = new OpenGroups(pages.Words["continued"]);
        tables = [.. section.Groups.Select(group => new TableStructure(pages.Document.Objects, parent, group.Length))];
        hasHeader = new bool[tables.Length];
        places = [.. section.Groups.Select(group => group.Select(column => Array.IndexOf([.. section.Columns], column)).ToArray())];
        highlightOf = [.. section.Columns.Select(column => Array.IndexOf([.. section.Highlighted], column))];
        isRangeKnown = section.IsComplete;
        for (var column = 0; column < section.Columns.Count; column++)
        {
            Lay(header, column, section.Columns[column].Header, section.Columns[column].IsNumber ? RowTextKind.Number : RowTextKind.Text,
                isBold: true);
        }
    }

    /// <summary>Above and below the text of a row.</summary>
    public float Padding { get; }

    public float HeaderHeight => Height(header.Height);

    /// <summary>How high rows are when each has so many lines.</summary>
    public static float Height(int lines, float padding) => (lines * Look.LineHeight) + (2 * padding);

    /// <summary>Goes to the next page where there is no room for the first rows.</summary>
    public void Begin()
    {
        if (pages.Room < HeaderHeight + (2 * Height(1)))
        {
            pages.Next();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(RowText row)
    {
        var laid = Unused();
        if (row.Row != RowKind.Data)
        {
            AddOfGroup(laid, row);
            return;
        }

        for (var column = 0; column < section.Columns.Count; column++)
        {
            Lay(laid, column, row[column], row.Kind(column), isBold: false, row.Color(column));
            if (row.Picture(column) is { } picture)
            {
                laid.Show(picture, Look.LineHeight);
            }
        }

        laid.Marks.AddRange(row.Marks);
        laid.Fill = row.Fill;
        Place(laid, RowKind.Data, 0);
    }

    // The head of a group goes on the page together with the row below it.
    private void AddOfGroup(LaidRow laid, RowText row)
    {
        laid.Clear();
        for (var column = 0; column < section.Columns.Count; column++)
        {
            var reaches = row[column].Length > 0 && row.Kind(column) == RowTextKind.Text;
            laid.Add(row[column], row.Kind(column), pages.Pen.Fonts(true),
                reaches ? Reach(row, column) / Look.TextSize : section.Columns[column].TextWidth, 0, Look.MostLines);
        }

        if (row.Row == RowKind.Subtotal)
        {
            open.AtTotals(row.Level);
            Place(laid, row.Row, row.Level);
            return;
        }

        above = waiting.Count == 0 ? open.Above(row.Level) : above;
        open.Enter(row.Level, laid.Line(laid.TextPlace, 0).ToString());
        waiting.Add(new Slice(laid, count++, row.Row, row.Level));
    }

    // What stands at the head of a group, and before its totals, reaches over the empty cells behind it.
    private float Reach(RowText row, int column)
    {
        var width = 0f;
        foreach (var each in section.Groups.FirstOrDefault(group => group.Contains(section.Columns[column])) ?? [])
        {
            var place = Array.IndexOf([.. section.Columns], each);
            if (place > column && row[place].Length > 0)
            {
                break;
            }

            width += place >= column ? each.Width : 0;
        }

        return width - section.Columns[column].Indent - Look.CellPaddingX;
    }

    /// <summary>Paints the totals and what is left, after the last row.</summary>
    public void End()
    {
        foreach (var total in section.Totals)
        {
            var laid = Unused();
            for (var column = 0; column < section.Columns.Count; column++)
            {
                var isNumber = section.Columns[column].IsNumber || (total.Texts[column] is not null && column != total.LabelPlace);
                Lay(laid, column, total.Texts[column] ?? "", isNumber ? RowTextKind.Number : RowTextKind.Text, isBold: true,
                    total.Colors[column]);
            }

            Place(laid, RowKind.Total, 0);
        }

        PaintBand();
        foreach (var table in tables)
        {
            table.Close();
        }

        if (section.Rows == 0)
        {
            pages.Y += Look.CellPaddingY;
            pages.Paragraph(parent.Add("P"), "/P"u8, pages.Words["noRows"], TextStyle.Note, pages.Width);
        }
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

    private float Height(int lines) => Height(lines, Padding);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Lay(LaidRow laid, int column, ReadOnlySpan<char> text, RowTextKind kind, bool isBold, int color = 0)
    {
        if (column == 0)
        {
            laid.Clear();
        }

        laid.Add(text, kind, pages.Pen.Fonts(isBold), section.Columns[column].TextWidth, color, Look.MostLines);
    }

    /// <summary>Puts a row on the page, or on the next one.</summary>
    private void Place(LaidRow laid, RowKind kind, int level)
    {
        var height = Height(laid.Height) + waiting.Sum(head => Height(head.Laid.Height));
        var isNewPage = section.BreaksPages && waiting.Count > 0 && waiting[0].Level == 0;
        if ((isNewPage || height > pages.Room - HeaderHeight - bandHeight) && band.Count > 0)
        {
            PaintBand();
            pages.Next();
            LaidRow[] kept = [.. waiting.Select(head => head.Laid), laid];
            rows.RemoveAll(kept.Contains);
            rows.InsertRange(0, kept);
            used = kept.Length;
            GoOn(kind == RowKind.Total ? null : waiting.Count > 0 ? above : open.Title);
        }

        foreach (var head in waiting)
        {
            Put(head);
        }

        waiting.Clear();
        Put(new Slice(laid, count++, kind, level));
    }

    private void Put(Slice slice)
    {
        band.Add(slice);
        bandHeight += Height(slice.Laid.Height);
    }

    private void GoOn(string? groups)
    {
        if (groups is null)
        {
            return;
        }

        goesOn.Clear();
        for (var column = 0; column < section.Columns.Count; column++)
        {
            goesOn.Add(column == 0 ? groups : "", RowTextKind.Text, pages.Pen.Fonts(true), pages.Width / Look.TextSize, 0, mostLines: 1);
        }

        Put(new Slice(goesOn, 0, RowKind.GoesOn, 0));
    }

    /// <summary>A row of the last page is free for use again.</summary>
    private LaidRow Unused()
    {
        if (used == rows.Count)
        {
            rows.Add(new LaidRow());
        }

        return rows[used++];
    }

    /// <summary>Draws the rows gathered for this page, once for each group of columns on a page of its own.</summary>
    private void PaintBand()
    {
        var top = pages.Y;
        for (var group = 0; group < section.Groups.Count; group++)
        {
            if (group > 0)
            {
                pages.Next();
                top = pages.Y;
            }

            PaintBelow(group, top);
            PaintHeader(group, top);
            PaintRows(group, top + HeaderHeight);
        }

        pages.Y = top + HeaderHeight + bandHeight;
        band.Clear();
        bandHeight = 0;
        used = 0;
    }

    /// <summary>Draws what is below the text: colours and rules.</summary>
    private void PaintBelow(int group, float top)
    {
        var columns = section.Groups[group];
        var width = columns.Sum(column => column.Width);
        var form = 0;
        pages.Page.Content.OpenArtifact();
        var y = top + HeaderHeight;
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

        PaintRules(top, width);
        pages.Page.Content.Close(onlyText: false);
    }

    private void Bookmark(Slice slice, int group, float y)
    {
        if (slice is { Row: RowKind.Head, Level: 0 } && group == 0)
        {
            pages.Document.Outline.Add(slice.Laid.Line(slice.Laid.TextPlace, 0).ToString(), 1, pages.Page.Number,
                pages.Page.Height - y + 4);
        }
    }

    private void PaintRules(float top, float width)
    {
        var y = top + HeaderHeight;
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

    private void PaintHeader(int group, float top)
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

    private void PaintRows(int group, float top)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    private void PaintOfGroup(Slice slice, int group, float y)
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
        PdfLink.Add(pages.Document, pages.Page, element, address, pages.At(x, width), y, width,
            Height(laid.Lines(places[group][place])));
        element.Close();
    }

    private void PaintPicture(RowPicture picture, int group, int place, float x, float y)
    {
        var column = section.Groups[group][place];
        var scale = Math.Min(1, (column.Width - column.Indent - Look.CellPaddingX) / picture.Width);
        var (width, height) = (picture.Width * scale, picture.Height * scale);
        var left = pages.At(x + column.Indent, width);
        var (bottom, top) = (y + Padding + height, y + Padding);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PaintCell(LaidRow laid, int group, int place, float x, float y, TextStyle style) =>
        PaintCell(laid, places[group][place], group, place, x, y, style);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PaintCell(LaidRow laid, int index, int group, int place, float x, float y, TextStyle style)
    {
        var column = section.Groups[group][place];
        // digits stand below one another at the right; where pages are mirrored, that is where text begins
        var isAtRight = !pages.IsRightToLeft
            && (laid.Kind(index) == RowTextKind.Number || (laid.Kind(index) == RowTextKind.Nothing && column.IsNumber));
        var styled = column.Styled(style, laid.Color(index));
        for (var line = 0; line < laid.Lines(index); line++)
        {
            var baseLine = y + Padding + ((line + 1) * Look.LineHeight) - TextRise;
            pages.Pen.Set(laid.Line(index, line), styled, x + column.Indent, column.Width - column.Indent - Look.CellPaddingX, baseLine,
                isAtRight);
        }
    }

    /// <summary>A row on this page.</summary>
    private readonly record struct Slice(LaidRow Laid, long Number, RowKind Row, int Level);
}
