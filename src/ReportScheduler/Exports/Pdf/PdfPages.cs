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

    private readonly PageWords pageWords = new(words["page"]);
    private LaidRow? foot;
    private PdfPage? page;

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
        page = document.BeginPage(Size.Width, Size.Height);
        pen.Content = page.Content;
        pen.Mirror = IsRightToLeft ? page.Width : null;
        Y = Look.Margin;
    }

    /// <summary>Finishes the page that is open, if one is.</summary>
    public void End()
    {
        if (page is null)
        {
            return;
        }

        // the number of the page stands at the right everywhere
        pen.Mirror = null;
        var y = page.Height - Look.Margin;
        var number = pageWords.Number(document.Pages);
        var numberWidth = Measure(number);
        var room = Width - numberWidth - PageCount.MostWidth;
        page.Content.OpenArtifact();
        pen.Fill(Left, y - 14, Width, Look.Hairline, Look.Line);
        page.Content.Close(onlyText: false);
        page.Content.OpenArtifact(onlyText: true);
        if (foot is null)
        {
            foot = new LaidRow();
            foot.Add(footer, RowTextKind.Text, pen.Fonts(false), room / Look.NoteSize, mostLines: 1);
        }

        // text of a right-to-left script goes to the right of its room
        pen.Set(foot.Line(0, 0), TextStyle.Note, Left, IsRightToLeft ? Math.Min(room, Measure(foot.Line(0, 0).ToString())) : room, y,
            atRight: false);
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
        page.Content.Close(onlyText: false);
        document.EndPage();
        page = null;
    }

    /// <summary>Ends the last page, and writes what stands behind the number of each.</summary>
    public void Complete()
    {
        End();
        var rest = pageWords.Rest(document.Pages);
        var width = Measure(rest);
        pen.Content = new PdfContent(0);
        pen.Mirror = null;
        var isBehind = pageWords.NumberIsLast || pen.IsPlain(pageWords.Number(1));
        pen.Set(rest, TextStyle.Note, isBehind ? -width : 0, width, 0, atRight: false);
        pen.Content.End();
        document.Count.Write(pen.Content, width);
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
