using System.Globalization;
using ReportScheduler.Exports.Drawing;
using SkiaSharp;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The pages of the document, one after the other, with their footer. Without a PDF to draw on it only counts them.</summary>
/// <param name="pdf">The PDF; null to count.</param>
/// <param name="pen">Sets the text.</param>
/// <param name="size">Of a page, in points.</param>
/// <param name="footer">Stands at the foot of each page.</param>
/// <param name="total">How many pages the whole report has.</param>
/// <param name="before">How many pages precede the first of these.</param>
/// <param name="cancellation">Ends the work at the next page.</param>
internal sealed class PdfPages(SKDocument? pdf, TextPen pen, SKSize size, string footer, int total, int before, CancellationToken cancellation) : IDisposable
{
    private readonly SKPaint fill = new();
    private LaidRow? foot;
    private bool isOpen;

    /// <summary>How many pages there are up to here.</summary>
    public int Count { get; private set; } = before;

    /// <summary>Where the next thing goes, from the top.</summary>
    public float Y { get; set; }

    public TextPen Pen => pen;

    public static float Left => Look.Margin;

    public float Width => WidthOf(size);

    public float Bottom => size.Height - Look.Margin - Look.FooterHeight;

    public float Room => Bottom - Y;

    /// <summary>The room on an empty page.</summary>
    public float FullRoom => Bottom - Look.Margin;

    public bool IsDrawing => pdf is not null;

    /// <summary>How wide a page is between its margins.</summary>
    public static float WidthOf(SKSize size) => size.Width - (2 * Look.Margin);

    public void Next()
    {
        cancellation.ThrowIfCancellationRequested();
        End();
        Count++;
        Y = Look.Margin;
        pen.MoveTo(pdf?.BeginPage(size.Width, size.Height));
        isOpen = true;
    }

    /// <summary>Finishes the page that is open, if one is.</summary>
    public void End()
    {
        if (!isOpen || pdf is null)
        {
            return;
        }

        var y = size.Height - Look.Margin;
        var page = string.Create(CultureInfo.InvariantCulture, $"Page {Count} of {total}");
        var room = Width - (pen.Fonts(false).Measure($"Page {total} of {total}") * Look.NoteSize) - 12;
        Line(y - 11);
        if (foot is null)
        {
            foot = new LaidRow();
            foot.Add(footer, isNumber: false, pen.Fonts(false), room / Look.NoteSize);
        }

        pen.Set(foot.Line(0, 0), TextStyle.Note, Left, room, y, atRight: false);
        pen.Set(page, TextStyle.Note, Left, Width, y, atRight: true);
        pen.MoveTo(null);
        pdf.EndPage();
        isOpen = false;
    }

    public void Fill(float x, float y, float width, float height, SKColor color)
    {
        fill.Color = color;
        pen.Canvas?.DrawRect(x, y, width, height, fill);
    }

    public void Fill(SKPath path, SKColor color)
    {
        fill.Color = color;
        pen.Canvas?.DrawPath(path, fill);
    }

    public void Dispose() => fill.Dispose();

    /// <summary>A thin line over the whole width.</summary>
    public void Line(float y) => Fill(Left, y, Width, 0.5f, Look.Rule);

    /// <summary>Wrapped text over a width; goes on on the next page where it must.</summary>
    public void Paragraph(string text, TextStyle style, float width)
    {
        var laid = new LaidRow();
        laid.Add(text, isNumber: false, pen.Fonts(style.IsBold), width / style.Size);
        for (var line = 0; line < laid.Height; line++)
        {
            if (Room < style.LineHeight)
            {
                Next();
            }

            Y += style.LineHeight;
            pen.Set(laid.Line(0, line), style, Left, width, Y - (style.LineHeight - style.Size), atRight: false);
        }
    }
}
