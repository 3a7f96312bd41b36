using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Paints the table of a section over as many pages as it takes, or counts them.</summary>
internal sealed class SectionPainter(PdfSection section, PdfPages pages)
{
    public const string NoRows = "No rows.";
    private const float RowSpace = 2 * Look.CellPaddingY;

    /// <summary>From the bottom of a line to its base line.</summary>
    private const float TextRise = 2.8f;

    private readonly Dictionary<PdfColumn, int> places =
        section.Columns.Select((column, place) => (column, place)).ToDictionary(pair => pair.column, pair => pair.place);
    private readonly HighlightPainter highlights = new(section, pages);
    private readonly LaidRow header = new();
    private readonly List<LaidRow> rows = [];
    private readonly List<Slice> band = [];
    private float bandHeight;
    private int used;

    private float HeaderHeight => Height(Math.Min(header.Height, (int)((pages.FullRoom / 2) / Look.LineHeight)));

    /// <summary>Paints the rows from a place on. Says where the next page begins before it goes there.</summary>
    /// <param name="from">The first row, or one that was said.</param>
    public IEnumerable<RowPlace> Paint(RowPlace from)
    {
        Lay(header, column => section.Columns[column].Source.Header, isBold: true, column => section.Columns[column].IsNumber);
        if (pages.Room < HeaderHeight + (2 * Height(1)))
        {
            pages.Next();
        }

        var spool = section.Spool.ReadFrom(from.Offset);
        for (var row = from.Row; row < section.Spool.Rows; row++)
        {
            var offset = spool.Offset;
            var laid = Unused();
            Lay(laid, spool.Read());
            var line = row == from.Row ? from.Line : 0;
            while (!Place(laid, ref line, row, isTotal: false))
            {
                yield return new RowPlace(row, line, offset);
                Continue(laid);
            }
        }

        for (var number = 0; number < section.Totals.Count; number++)
        {
            var total = section.Totals[number];
            var row = section.Spool.Rows + number;
            if (row < from.Row)
            {
                continue;
            }

            var laid = Unused();
            Lay(laid, column => total.Texts[column] ?? "", isBold: true, column => section.Columns[column].IsNumber || (total.Texts[column] is not null && column != total.LabelPlace), total.Colors);
            var line = row == from.Row ? from.Line : 0;
            while (!Place(laid, ref line, row, isTotal: true))
            {
                yield return new RowPlace(row, line, spool.Offset);
                Continue(laid);
            }
        }

        PaintBand();
        if (section.Spool.Rows == 0)
        {
            pages.Y += Look.CellPaddingY;
            pages.Paragraph(NoRows, TextStyle.Note, pages.Width);
        }
    }

    private static float Height(int lines) => (lines * Look.LineHeight) + RowSpace;

    /// <summary>Puts a row on the page, or as much of it as fits when no page is high enough.</summary>
    /// <param name="laid">The row.</param>
    /// <param name="line">Its first line that is not placed yet.</param>
    /// <param name="row">Its number.</param>
    /// <param name="isTotal">Whether it is the totals.</param>
    /// <returns>Whether all of it is placed; if not, the page has been painted.</returns>
    private bool Place(LaidRow laid, ref int line, long row, bool isTotal)
    {
        while (line < laid.Height)
        {
            var rest = laid.Height - line;
            var room = pages.Room - HeaderHeight - bandHeight;
            var fitsHere = (int)((room - RowSpace) / Look.LineHeight);
            var fitsThere = (int)((pages.FullRoom - HeaderHeight - RowSpace) / Look.LineHeight);
            if (rest > fitsHere && (rest <= fitsThere || fitsHere < 3) && (band.Count > 0 || pages.Y > Look.Margin))
            {
                if (band.Count > 0)
                {
                    PaintBand();
                }

                return false;
            }

            var lines = Math.Min(rest, Math.Max(1, fitsHere));
            band.Add(new Slice(laid, line, lines, row, isTotal));
            bandHeight += Height(lines);
            line += lines;
        }

        return true;
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

            if (pages.IsDrawing)
            {
                Draw(section.Groups[group], top);
            }
        }

        pages.Y = top + HeaderHeight + bandHeight;
        band.Clear();
        bandHeight = 0;
        used = 0;
    }

    /// <summary>A row of the last page is free for use again, but not the one that goes on on the next.</summary>
    private LaidRow Unused()
    {
        if (used == rows.Count)
        {
            rows.Add(new LaidRow());
        }

        var laid = rows[used++];
        laid.Clear();
        return laid;
    }

    /// <summary>Goes to the next page, on which the row goes on.</summary>
    private void Continue(LaidRow laid)
    {
        pages.Next();
        var index = rows.IndexOf(laid);
        (rows[0], rows[index]) = (rows[index], rows[0]);
        used = 1;
    }

    private void Lay(LaidRow laid, Func<int, string> text, bool isBold, Func<int, bool> isNumber, int[]? colors = null)
    {
        laid.Clear();
        for (var column = 0; column < section.Columns.Count; column++)
        {
            laid.Add(text(column), isNumber(column), pages.Pen.Fonts(isBold), section.Columns[column].TextWidth, colors?[column] ?? 0);
        }
    }

    private void Lay(LaidRow laid, SpooledRow texts)
    {
        for (var column = 0; column < section.Columns.Count; column++)
        {
            laid.Add(texts[column], texts.IsNumber(column), pages.Pen.Fonts(false), section.Columns[column].TextWidth, texts.Color(column));
        }

        for (var index = 0; pages.IsDrawing && index < texts.Marks.Length; index++)
        {
            laid.Add(section.Highlighted[index].Highlight!.Of(texts.Marks[index]));
        }
    }

    private void Draw(PdfColumn[] group, float top)
    {
        var width = group.Sum(column => column.Width);
        var y = top;
        pages.Fill(PdfPages.Left, y, width, HeaderHeight, Look.HeaderFill);
        y += HeaderHeight;
        foreach (var slice in band)
        {
            var height = Height(slice.Lines);
            if (slice.IsTotal)
            {
                pages.Fill(PdfPages.Left, y, width, slice.Row == section.Spool.Rows ? 1 : 0, Look.HeaderFill);
            }
            else if (slice.Row % 2 == 1)
            {
                pages.Fill(PdfPages.Left, y, width, height, Look.Zebra);
            }

            if (slice.Laid.Looks.Count > 0)
            {
                highlights.Paint(slice.Laid.Looks, group, y, height, atStart: slice.First == 0);
            }

            y += height;
        }

        pages.Fill(PdfPages.Left, y, width, 0.5f, Look.Rule);
        y = top;
        DrawCells(new Slice(header, 0, (int)((HeaderHeight - RowSpace) / Look.LineHeight + 0.5f), 0, false), group, y, TextStyle.Header);
        y += HeaderHeight;
        foreach (var slice in band)
        {
            DrawCells(slice, group, y, slice.IsTotal ? TextStyle.Total : TextStyle.Cell);
            y += Height(slice.Lines);
        }
    }

    private void DrawCells(Slice slice, PdfColumn[] group, float y, TextStyle style)
    {
        for (var line = 0; line < slice.Lines; line++)
        {
            var x = PdfPages.Left;
            var baseLine = y + Look.CellPaddingY + ((line + 1) * Look.LineHeight) - TextRise;
            foreach (var column in group)
            {
                var index = places[column];
                pages.Pen.Set(slice.Laid.Line(index, slice.First + line), column.Styled(style, slice.Laid.Color(index)), x + column.Indent, column.Width - column.Indent - Look.CellPaddingX, baseLine, slice.Laid.IsNumber(index));
                x += column.Width;
            }
        }
    }

    /// <summary>A row, or the part of it that is on this page.</summary>
    private readonly record struct Slice(LaidRow Laid, int First, int Lines, long Row, bool IsTotal);
}
