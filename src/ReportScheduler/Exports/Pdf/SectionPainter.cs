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
    private readonly OpenGroups open = new(section.GoesOn);
    private readonly LaidRow header = new();
    private readonly LaidRow goesOn = new();
    private readonly List<LaidRow> rows = [];
    private readonly List<Slice> waiting = [];
    private readonly List<Slice> band = [];
    private RowPlace firstWaiting;
    private float bandHeight;
    private int used;

    private float HeaderHeight => Height(Math.Min(header.Height, (int)((pages.FullRoom / 2) / Look.LineHeight)));

    /// <summary>The room for rows on an empty page, below the line that says which groups go on.</summary>
    private float RoomThere => pages.FullRoom - HeaderHeight - (section.Groups is null ? 0 : Height(1));

    /// <summary>Paints the rows from a place on. Says where the next page begins before it goes there.</summary>
    /// <param name="from">The first row, or one that was said.</param>
    public IEnumerable<RowPlace> Paint(RowPlace from)
    {
        Lay(header, column => section.Columns[column].Source.Header, isBold: true, column => section.Columns[column].IsNumber);
        if (pages.Room < HeaderHeight + (2 * Height(1)))
        {
            pages.Next();
        }

        GoOn(from.Groups);
        var spool = section.Spool.ReadFrom(from.Offset);
        for (var row = from.Row; row < section.Spool.Rows; row++)
        {
            var offset = spool.Offset;
            var laid = Unused();
            var kind = Lay(laid, spool.Read());
            if (IsHead(kind))
            {
                Wait(laid, row, offset, kind);
                continue;
            }

            if (waiting.Count > 0)
            {
                if (MustBreak(laid, from))
                {
                    PaintBand();
                    yield return firstWaiting;
                    Continue([.. waiting.Select(head => head.Laid), laid], firstWaiting.Groups);
                }

                PlaceWaiting();
            }

            open.At(kind);
            var line = row == from.Row ? from.Line : 0;
            while (!Place(laid, ref line, row, kind))
            {
                yield return new RowPlace(row, line, offset, open.Text);
                Continue([laid], open.Text);
            }
        }

        foreach (var place in PaintTotals(from, spool.Offset))
        {
            yield return place;
        }

        PaintBand();
        if (section.Spool.Rows == 0)
        {
            pages.Y += Look.CellPaddingY;
            pages.Paragraph(NoRows, TextStyle.Note, pages.Width);
        }
    }

    /// <summary>Puts the totals of all rows below them.</summary>
    private IEnumerable<RowPlace> PaintTotals(RowPlace from, long end)
    {
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
            while (!Place(laid, ref line, row, kind: null))
            {
                yield return new RowPlace(row, line, end);
                Continue([laid], null);
            }
        }
    }

    private static float Height(int lines) => (lines * Look.LineHeight) + RowSpace;

    private static bool IsHead(SpooledKind? kind) => kind is >= SpooledKind.Head and < SpooledKind.Totals;

    /// <summary>The head of a group goes on the page together with the row below it.</summary>
    private void Wait(LaidRow laid, long row, long offset, SpooledKind kind)
    {
        var level = kind - SpooledKind.Head;
        if (waiting.Count == 0)
        {
            firstWaiting = new RowPlace(row, 0, offset, open.Above(level));
        }

        open.Enter(level, laid.Text);
        waiting.Add(new Slice(laid, 0, laid.Height, row, kind));
    }

    private bool MustBreak(LaidRow next, RowPlace from)
    {
        if (band.Count == 0 && pages.Y <= Look.Margin)
        {
            return false;
        }

        if (section.BreaksPages && waiting[0].Kind == SpooledKind.Head && firstWaiting.Row != from.Row)
        {
            return true;
        }

        var heads = waiting.Sum(head => Height(head.Lines));
        var together = heads + Height(next.Height);
        return (together <= RoomThere ? together : heads + Height(Math.Min(3, next.Height))) > pages.Room - HeaderHeight - bandHeight;
    }

    private void PlaceWaiting()
    {
        foreach (var head in waiting)
        {
            band.Add(head);
            bandHeight += Height(head.Lines);
        }

        waiting.Clear();
    }

    /// <summary>Puts a row on the page, or as much of it as fits when no page is high enough.</summary>
    /// <param name="laid">The row.</param>
    /// <param name="line">Its first line that is not placed yet.</param>
    /// <param name="row">Its number.</param>
    /// <param name="kind">What it is; null for the totals of all rows.</param>
    /// <returns>Whether all of it is placed; if not, the page has been painted.</returns>
    private bool Place(LaidRow laid, ref int line, long row, SpooledKind? kind)
    {
        while (line < laid.Height)
        {
            var rest = laid.Height - line;
            var room = pages.Room - HeaderHeight - bandHeight;
            var fitsHere = (int)((room - RowSpace) / Look.LineHeight);
            var fitsThere = (int)((RoomThere - RowSpace) / Look.LineHeight);
            if (rest > fitsHere && (rest <= fitsThere || fitsHere < 3) && (band.Count > 0 || pages.Y > Look.Margin))
            {
                if (band.Count > 0)
                {
                    PaintBand();
                }

                return false;
            }

            var lines = Math.Min(rest, Math.Max(1, fitsHere));
            band.Add(new Slice(laid, line, lines, row, kind));
            bandHeight += Height(lines);
            line += lines;
        }

        return true;
    }

    /// <summary>Draws the rows gathered for this page, once for each group of columns on a page of its own.</summary>
    private void PaintBand()
    {
        var top = pages.Y;
        for (var across = 0; across < section.Across.Count; across++)
        {
            if (across > 0)
            {
                pages.Next();
                top = pages.Y;
            }

            if (pages.IsDrawing)
            {
                Draw(section.Across[across], top);
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

    /// <summary>Goes to the next page, on which rows that are laid already go on.</summary>
    private void Continue(LaidRow[] kept, string? groups)
    {
        pages.Next();
        rows.RemoveAll(kept.Contains);
        rows.InsertRange(0, kept);
        used = kept.Length;
        GoOn(groups);
    }

    /// <summary>Says on top of the page which groups go on there.</summary>
    private void GoOn(string? groups)
    {
        open.Restore(groups);
        if (groups is null)
        {
            return;
        }

        goesOn.Clear();
        var text = open.Title;
        for (var column = 0; column < section.Columns.Count; column++)
        {
            goesOn.Add(column == 0 ? text : "", isNumber: false, pages.Pen.Fonts(true), pages.Width / Look.TextSize);
        }

        band.Add(new Slice(goesOn, 0, 1, -1, SpooledKind.Head));
        bandHeight += Height(1);
    }

    private void Lay(LaidRow laid, Func<int, string> text, bool isBold, Func<int, bool> isNumber, int[]? colors = null)
    {
        laid.Clear();
        for (var column = 0; column < section.Columns.Count; column++)
        {
            laid.Add(text(column), isNumber(column), pages.Pen.Fonts(isBold), section.Columns[column].TextWidth, colors?[column] ?? 0);
        }
    }

    private SpooledKind Lay(LaidRow laid, SpooledRow texts)
    {
        var isRow = texts.Kind == SpooledKind.Row;
        for (var column = 0; column < section.Columns.Count; column++)
        {
            // what stands at the head of a group, and before its totals, reaches over the empty cells behind it
            var reaches = !isRow && texts[column].Length > 0 && !texts.IsNumber(column);
            laid.Add(texts[column], texts.IsNumber(column), pages.Pen.Fonts(!isRow), reaches ? Reach(texts, column) / Look.TextSize : section.Columns[column].TextWidth, texts.Color(column));
        }

        for (var index = 0; isRow && pages.IsDrawing && index < texts.Marks.Length; index++)
        {
            laid.Add(section.Highlighted[index].Highlight!.Of(texts.Marks[index]));
        }

        return texts.Kind;
    }

    private float Reach(SpooledRow texts, int column)
    {
        var width = 0f;
        foreach (var each in section.Across.FirstOrDefault(across => across.Contains(section.Columns[column])) ?? [])
        {
            var place = places[each];
            if (place > column && texts[place].Length > 0)
            {
                break;
            }

            width += place >= column ? each.Width : 0;
        }

        return width - section.Columns[column].Indent - Look.CellPaddingX;
    }

    private void Draw(PdfColumn[] group, float top)
    {
        var width = group.Sum(column => column.Width);
        var y = top;
        pages.Fill(PdfPages.Left, y, width, HeaderHeight, Look.HeaderFill);
        y += HeaderHeight;
        foreach (var slice in band)
        {
            DrawGround(slice, group, y, width);
            y += Height(slice.Lines);
        }

        pages.Fill(PdfPages.Left, y, width, 0.5f, Look.Rule);
        y = top;
        DrawCells(new Slice(header, 0, (int)((HeaderHeight - RowSpace) / Look.LineHeight + 0.5f), 0, null), group, y, TextStyle.Header);
        y += HeaderHeight;
        foreach (var slice in band)
        {
            DrawCells(slice, group, y, slice.Kind == SpooledKind.Row ? TextStyle.Cell : TextStyle.Total);
            y += Height(slice.Lines);
        }
    }

    private void DrawGround(Slice slice, PdfColumn[] group, float y, float width)
    {
        var height = Height(slice.Lines);
        if (slice.Kind is null)
        {
            pages.Fill(PdfPages.Left, y, width, slice.Row == section.Spool.Rows ? 1 : 0, Look.HeaderFill);
        }
        else if (IsHead(slice.Kind))
        {
            pages.Fill(PdfPages.Left, y, width, height, slice.Kind == SpooledKind.Head ? Look.GroupFill : Look.Zebra);
        }
        else if (slice.Kind >= SpooledKind.Totals)
        {
            pages.Fill(PdfPages.Left, y, width, 0.5f, Look.Rule);
        }
        else if (slice.Row % 2 == 1 && section.Groups is null)
        {
            pages.Fill(PdfPages.Left, y, width, height, Look.Zebra);
        }

        if (slice.Laid.Looks.Count > 0)
        {
            highlights.Paint(slice.Laid.Looks, group, y, height, atStart: slice.First == 0);
        }
    }

    private void DrawCells(Slice slice, PdfColumn[] group, float y, TextStyle style)
    {
        var isHead = IsHead(slice.Kind) && slice.Laid != header;
        for (var line = 0; line < slice.Lines; line++)
        {
            var x = PdfPages.Left;
            var baseLine = y + Look.CellPaddingY + ((line + 1) * Look.LineHeight) - TextRise;
            foreach (var column in group)
            {
                // a head whose column is on another page across stands in the first column of this one
                var index = isHead && column == group[0] && slice.Laid.TextPlace is var text && !group.Contains(section.Columns[text]) ? text : places[column];
                pages.Pen.Set(slice.Laid.Line(index, slice.First + line), column.Styled(style, slice.Laid.Color(index)), x + column.Indent, column.Width - column.Indent - Look.CellPaddingX, baseLine, slice.Laid.IsNumber(index));
                x += column.Width;
            }
        }
    }

    /// <summary>A row, or the part of it that is on this page.</summary>
    /// <param name="Laid">The row.</param>
    /// <param name="First">Its first line here.</param>
    /// <param name="Lines">How many of its lines are here.</param>
    /// <param name="Row">Its number.</param>
    /// <param name="Kind">What it is; null for the totals of all rows and the header.</param>
    private readonly record struct Slice(LaidRow Laid, int First, int Lines, long Row, SpooledKind? Kind);
}
