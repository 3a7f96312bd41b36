using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.PdfFile;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The pages of the document, one after the other, with their footer.</summary>
/// <param name="document">The PDF.</param>
/// <param name="pen">Draws into it.</param>
/// <param name="footer">Stands at the foot of each page.</param>
/// <param name="words">The phrases of the report.</param>
internal sealed class PdfPages(PdfDocument document, PdfPen pen, string footer, ReportWords words)
{
    private const int LikelyPages = 88;

    /// <summary>What stands below the base line of the footer, in points.</summary>
    private const float BelowBaseLine = 6;

    private readonly PageWords pageWords = new(words["page"]);
    private readonly Dictionary<float, int> feet = [];
    private PdfPage? page;
    private (PdfPage Page, int Number, float Y)? aside;

    public PdfDocument Document => document;

    /// <summary>The colours.</summary>
    public Theme Theme { get; init; } = Theme.Standard;

    public ReportWords Words => words;

    public PdfPen Pen => pen;

    /// <summary>Whether columns begin at the right.</summary>
    public bool IsRightToLeft { get; init; }

    /// <summary>Where something as wide as this begins on the page.</summary>
    public float At(float left, float width) => IsRightToLeft ? Page.Width - left - width : left;

    /// <summary>Draws into a form of its own, whose places are not those of the page.</summary>
    public void IntoForm(int form, float width, float height, Action draw, bool isMirrored = false)
    {
        var (content, mirror) = (pen.Content, pen.Mirror);
        (pen.Content, pen.Mirror) = (new PdfContent(height), isMirrored && IsRightToLeft ? width : null);
        draw();
        document.WriteForm(form, pen.Content, width);
        (pen.Content, pen.Mirror) = (content, mirror);
    }

    /// <summary>The page that is drawn.</summary>
    public PdfPage Page => page!;

    public bool IsOpen => page is not null;

    /// <summary>Where the next thing goes, from the top.</summary>
    public float Y { get; set; }

    /// <summary>Of the paper, from the next page on. In points.</summary>
    public (float Width, float Height) Size { get; set; }

    public static float Left => Look.Margin;

    public float Width => WidthOf(page?.Width ?? Size.Width);

    public float Bottom => (page?.Height ?? Size.Height) - Look.Margin - Look.FooterHeight;

    public float Room => Bottom - Y;

    /// <summary>How wide a page is between its margins.</summary>
    public static float WidthOf(float paper) => paper - (2 * Look.Margin);

    public void Next()
    {
        End();
        Open(document.BeginPage(Size.Width, Size.Height), Look.Margin);
    }

    /// <summary>Leaves room on the page that is drawn on after the last one; what follows goes on below it.</summary>
    /// <param name="height">Of the room, in points.</param>
    public void LeaveRoom(float height)
    {
        aside = (Page, document.Pages, Y);
        Y += height;
    }

    /// <summary>Adds a bookmark of what stands on this page.</summary>
    /// <param name="title">What it says.</param>
    /// <param name="level">0, or 1 below the last one of 0.</param>
    /// <param name="y">Where it stands, from the top.</param>
    public void Bookmark(string title, int level, float y) =>
        document.Outline.Add(title, level, Page.Number, document.Pages, Page.Height - y + 4);

    /// <summary>Finishes the page that is open, if one is.</summary>
    public void End()
    {
        if (page is not null && page == aside?.Page)
        {
            document.SetAside();
        }
        else if (page is not null)
        {
            PaintFoot(page, document.Pages);
            document.EndPage();
        }

        page = null;
    }

    private void Open(PdfPage opened, float y)
    {
        page = opened;
        pen.Content = opened.Content;
        pen.Mirror = IsRightToLeft ? opened.Width : null;
        Y = y;
    }

    private void PaintFoot(PdfPage page, int pageNumber)
    {
        // the number of the page stands at the right everywhere
        pen.Mirror = null;
        var y = page.Height - Look.Margin;
        var number = pageWords.Number(pageNumber);
        var numberWidth = Measure(number);
        var foot = Foot(Width - numberWidth - PageCount.MostWidth);
        // its place does not hang on that of the text before: readers compare the places of both parts of the line
        page.Content.LeaveText();
        page.Content.OpenArtifact(onlyText: true);
        var right = Left + Width;
        if (pageWords.NumberIsLast)
        {
            pen.Set(number, TextStyle.Note, Left, Width, y, atRight: true);
            right -= numberWidth;
        }
        else if (!pen.IsPlain(number))
        {
            // shaped text has to be told where it begins: the rest follows it, and ends about where it should
            right -= Measure(pageWords.Rest(LikelyPages));
            pen.Set(number, TextStyle.Note, Left, right - Left, y, atRight: true);
        }
        else
        {
            document.Count.MoveBefore(page.Content, right, y, numberWidth);
            pen.Continue(number, TextStyle.Note);
        }

        page.Content.Close(onlyText: true);
        page.Content.OpenArtifact();
        document.Count.Show(page.Content, right, y);
        page.Content.Show($"X{foot}", foot, Left, y + BelowBaseLine);
        page.Content.Close(onlyText: false);
    }

    /// <summary>Ends the last page, and writes what stands behind the number of each.</summary>
    /// <param name="finishAside">Draws on the page that was set aside, if one was.</param>
    public void Complete(Action? finishAside)
    {
        End();
        if (aside is var (first, number, y))
        {
            Open(first, y);
            finishAside?.Invoke();
            PaintFoot(first, number);
            document.EndAside();
            page = null;
        }

        var rest = pageWords.Rest(document.Pages);
        var width = Measure(rest);
        pen.Content = new PdfContent(0);
        pen.Mirror = null;
        var isBehind = pageWords.NumberIsLast || pen.IsPlain(pageWords.Number(1));
        pen.Set(rest, TextStyle.Note, isBehind ? -width : 0, width, 0, atRight: false);
        pen.Content.End();
        document.Count.Write(pen.Content, width);
    }

    /// <summary>The form of what all pages as wide as this one have at their foot: a rule, and the footer.</summary>
    private int Foot(float room)
    {
        if (feet.TryGetValue(Width, out var form))
        {
            return form;
        }

        var foot = new LaidRow();
        foot.Add(footer, RowTextKind.Text, pen.Fonts(false), room / Look.NoteSize, mostLines: 1);
        form = document.Objects.Reserve();
        feet.Add(Width, form);
        IntoForm(form, Width, Look.FooterHeight, () =>
        {
            pen.Fill(0, 0, Width, Look.Hairline, Look.Line);
            // text of a right-to-left script goes to the right of its room
            pen.Set(foot.Line(0, 0), TextStyle.Note, 0, IsRightToLeft ? Math.Min(room, Measure(foot.Line(0, 0).ToString())) : room,
                Look.FooterHeight - BelowBaseLine, atRight: false);
        });
        return form;
    }

    /// <summary>Draws what readers skip.</summary>
    public void Artifact(Action draw)
    {
        Page.Content.OpenArtifact();
        draw();
        Page.Content.Close(onlyText: false);
    }

    /// <summary>Wrapped text over a width; goes on on the next page where it must.</summary>
    /// <param name="element">What the text is.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="text">The text.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="width">Its room.</param>
    public void Paragraph(StructureElement element, ReadOnlySpan<byte> tag, string text, TextStyle style, float width)
    {
        var laid = new LaidRow();
        laid.Add(text, RowTextKind.Text, pen.Fonts(style.IsBold), width / style.Size);
        for (var line = 0; line < laid.Height; line++)
        {
            if (Room < style.LineHeight)
            {
                Next();
            }

            Y += style.LineHeight;
            Page.Content.Open(tag, element.Mark(Page), onlyText: true);
            pen.Set(laid.Line(0, line), style, Left, width, Y - (style.LineHeight - style.Size), atRight: false);
            Page.Content.Close(onlyText: true);
        }

        element.Close();
    }

    private float Measure(string text) => pen.Fonts(false).Measure(text) * Look.NoteSize;
}
