using System.Globalization;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The list of contents of a long report: its datasets and groups, each with its page and a link to it.</summary>
/// <remarks>
/// It stands below the title, in room that is drawn on last: only then are the pages known. A short list leaves the rest of its page to
/// the table; a long one, or one of which nobody knows yet how many lines it has, has the page to itself.
/// </remarks>
internal sealed class ContentsList
{
    private const float LineHeight = 18;
    private const float Indent = 14;
    private const float Between = 28;
    private const float NumberWidth = 36;

    /// <summary>With less room the list begins a page of its own.</summary>
    private const float LeastRoom = 160;

    /// <summary>The narrowest column.</summary>
    private const float LeastWidth = 220;

    /// <summary>A list that takes less of a page leaves the rest to the table.</summary>
    private const float ShortPart = 1f / 3;

    private readonly PdfPages pages;
    private readonly StructureElement list;
    private readonly float room;

    private ContentsList(PdfPages pages, int? lines)
    {
        this.pages = pages;
        if (pages.Room < LeastRoom)
        {
            pages.Next();
        }

        var document = pages.Document.Structure.Document;
        pages.Paragraph(document.Add("H2"), "/H2"u8, pages.Words["contents"], TextStyle.Heading, pages.Width);
        list = document.Add("TOC");
        pages.Y += 6;
        var perColumn = (int)((pages.Bottom - Look.Margin) * ShortPart / LineHeight);
        var columns = lines is null ? 0 : (lines.Value + perColumn - 1) / perColumn;
        if (lines is { } known && columns <= MostColumns)
        {
            room = (known + columns - 1) / columns * LineHeight;
            pages.LeaveRoom(room);
            pages.Y += Look.SectionGap;
        }
        else
        {
            room = pages.Room;
            pages.LeaveRoom(room);
            pages.Next();
        }
    }

    private int MostColumns => Math.Max(1, (int)((pages.Width + Between) / (LeastWidth + Between)));

    /// <summary>Leaves room for the list.</summary>
    /// <param name="pages">Where.</param>
    /// <param name="lines">About how many lines it has; null for more than there is to be seen by now.</param>
    public static ContentsList Begin(PdfPages pages, int? lines) => new(pages, lines);

    /// <summary>Draws the list on its page.</summary>
    public void Paint()
    {
        var perColumn = Math.Max(1, (int)(room / LineHeight));
        var lines = ContentsLine.Of(pages.Document.Outline.Bookmarks, perColumn * MostColumns);
        var columns = (lines.Count + perColumn - 1) / perColumn;
        // as many in each, so that none is nearly empty
        perColumn = (lines.Count + columns - 1) / Math.Max(1, columns);
        var width = (pages.Width - ((columns - 1) * Between)) / Math.Max(1, columns);
        var top = pages.Y;
        StructureElement? item = null;
        StructureElement? nested = null;
        for (var place = 0; place < lines.Count; place++)
        {
            var line = lines[place];
            if (line.Level == 0)
            {
                nested?.Close();
                item?.Close();
                (item, nested) = (list.Add("TOCI"), null);
            }
            else
            {
                nested ??= item!.Add("TOC");
            }

            var left = PdfPages.Left + (place / perColumn * (width + Between));
            var y = top + (place % perColumn * LineHeight);
            var own = line.Level == 0 ? item! : nested!.Add("TOCI");
            var hasBelow = place + 1 < lines.Count && lines[place + 1].Level > line.Level;
            Paint(line, own, hasBelow ? TextStyle.Total : TextStyle.Cell, new Area(left, y, left + width, y + LineHeight));
            if (line.Level > 0)
            {
                own.Close();
            }
        }

        nested?.Close();
        item?.Close();
        list.Close();
    }

    private void Paint(ContentsLine line, StructureElement item, TextStyle style, Area area)
    {
        var (pen, page) = (pages.Pen, pages.Page);
        pages.Artifact(() => pen.Fill(area.Left, area.Bottom - Look.Hairline, area.Width, Look.Hairline, Look.Line));
        var reference = item.Add("Reference");
        var link = reference.Add("Link");
        var left = area.Left + (line.Level * Indent);
        var baseLine = area.Bottom - 6;
        var room = area.Right - left - NumberWidth;
        var words = new LaidRow();
        words.Add(line.Words, RowTextKind.Text, pen.Fonts(style.IsBold), room / Look.TextSize, mostLines: 1);
        page.Content.Open("/Link"u8, link.Mark(page), onlyText: true);
        // the space is for those who have it read aloud
        pen.Set($"{words.Line(0, 0)} ", style, left, room, baseLine, atRight: false);
        pen.Set(line.Target.PageNumber.ToString(CultureInfo.InvariantCulture), style, area.Right - NumberWidth, NumberWidth,
            baseLine, atRight: true);
        page.Content.Close(onlyText: true);
        var from = pages.At(area.Left, area.Width);
        PdfLink.Add(pages.Document, page, link, line.Target, (from, area.Top, from + area.Width, area.Bottom));
        link.Close();
        reference.Close();
    }
}
