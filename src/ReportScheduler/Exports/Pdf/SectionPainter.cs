using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Paints the table of a section over as many pages as it takes, row by row.</summary>
internal sealed class SectionPainter
{
    private readonly PdfSection section;
    private readonly PdfPages pages;
    private readonly StructureElement parent;
    private readonly TableStructure[] tables;
    private readonly BandBackground background;
    private readonly BandRowPainter painter;
    private readonly LaidRow header = new();
    private readonly List<LaidRow> rows = [];
    private readonly List<BandRow> band = [];
    private readonly List<BandRow> waiting = [];
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
        (this.section, this.pages, this.parent, Padding) = (section, pages, parent, padding);
        open = new OpenGroups(pages.Words["continued"]);
        tables = [.. section.Groups.Select(group => new TableStructure(pages.Document.Objects, parent, group.Length))];
        int[][] places = [.. section.Groups.Select(group => group.Select(column => Array.IndexOf([.. section.Columns], column)).ToArray())];
        background = new BandBackground(section, pages, spool, places, padding);
        painter = new BandRowPainter(section, pages, tables, places, padding);
        for (var column = 0; column < section.Columns.Count; column++)
        {
            Lay(header, column, section.Columns[column].Header, section.Columns[column].IsNumber ? RowTextKind.Number : RowTextKind.Text,
                isBold: true);
        }
    }

    /// <summary>Above and below the text of a row.</summary>
    public float Padding { get; }

    public float HeaderHeight => Height(header.Height);

    /// <summary>Draws the cells whose colours hang on all others, once these have been seen.</summary>
    public void PaintMarks() => background.PaintMarks();

    /// <summary>Goes to the next page where there is no room for the first rows.</summary>
    public void Begin()
    {
        if (pages.Room < HeaderHeight + (2 * Height(1)))
        {
            pages.Next();
        }
    }

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
        waiting.Add(new BandRow(laid, count++, row.Row, row.Level));
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

    private float Height(int lines) => RowHeight.Of(lines, Padding);

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
        var height = Height(laid.Height);
        foreach (var head in waiting)
        {
            height += Height(head.Laid.Height);
        }

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
        Put(new BandRow(laid, count++, kind, level));
    }

    private void Put(BandRow slice)
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

        Put(new BandRow(goesOn, 0, RowKind.GoesOn, 0));
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

            background.Paint(band, group, top + HeaderHeight);
            painter.PaintHeader(header, group, top);
            pages.Document.ShareBeginning();
            painter.Paint(band, group, top + HeaderHeight);
        }

        pages.Y = top + HeaderHeight + bandHeight;
        band.Clear();
        bandHeight = 0;
        used = 0;
    }
}
