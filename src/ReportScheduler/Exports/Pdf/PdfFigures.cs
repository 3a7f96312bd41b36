using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.PdfFile;
using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The key figures at the head of a PDF, whose room is left before the rows come and filled behind them.</summary>
internal static class PdfFigures
{
    private const float LabelLine = 10;
    private const float ValueLine = 30;
    private const float Gap = 8;
    private const float Between = 28;

    /// <summary>Leaves the room.</summary>
    /// <returns>Fills it.</returns>
    public static Action Reserve(PdfPages pages, Func<IReadOnlyList<KeyFigure>> figures)
    {
        var (document, page, y, width) = (pages.Document, pages.Page, pages.Y, pages.Width);
        const float height = Look.FiguresHeight - Gap;
        var form = document.Objects.Reserve();
        var figure = document.Structure.Document.Add("Figure");
        page.Content.Open("/Figure"u8, figure.Mark(page), onlyText: false);
        page.Content.Show($"X{form}", form, PdfPages.Left, y + height);
        page.Content.Close(onlyText: false);
        var (bottom, top) = (page.Height - y - height, page.Height - y);
        pages.Y += Look.FiguresHeight;
        return () =>
        {
            var shown = figures();
            pages.IntoForm(form, width, height, () => Paint(pages, shown, width), isMirrored: true);
            figure.AlternativeText = string.Join(", ", shown.Select(one => $"{one.Label}: {one.Value}"));
            figure.Attributes = new PdfBytes().Add("/O/Layout/Placement/Block/BBox["u8).Add(PdfPages.Left).Add((byte)' ').Add(bottom)
                .Add((byte)' ')
                .Add(PdfPages.Left + width).Add((byte)' ').Add(top).Add("]"u8).Span.ToArray();
            figure.Close();
        };
    }

    private static void Paint(PdfPages pages, IReadOnlyList<KeyFigure> figures, float width)
    {
        float Measure(string text, float size, bool isBold) => pages.Pen.Fonts(isBold).Measure(text) * size;
        var tiles = figures.Select(figure => Math.Max(Measure(figure.Label, Look.NoteSize, isBold: false),
            Measure(figure.Value, Look.FigureSize, isBold: true)) + Between).ToList();
        // side by side as wide as they are; where that is too much, each has the same share
        var isTooWide = tiles.Sum() - Between > width;
        var left = 0f;
        for (var i = 0; i < figures.Count; i++)
        {
            var tile = isTooWide ? width / figures.Count : tiles[i];
            Line(pages, figures[i].Label, TextStyle.Note, left, tile - Gap, LabelLine);
            var style = new TextStyle(Look.FigureSize, Color(figures[i].Tone, pages.Theme.Light), IsBold: true);
            Line(pages, figures[i].Value, style, left, tile - Gap, ValueLine);
            left += tile;
        }
    }

    private static void Line(PdfPages pages, string text, TextStyle style, float left, float width, float baseLine)
    {
        // a long number is set smaller, and not cut
        var natural = pages.Pen.Fonts(style.IsBold).Measure(text) * style.Size;
        style = natural > width && style.IsBold ? style with { Size = style.Size * width / natural } : style;
        var laid = new LaidRow();
        laid.Add(text, RowTextKind.Text, pages.Pen.Fonts(style.IsBold), (width + 1) / style.Size, mostLines: 1);
        pages.Pen.Set(laid.Line(0, 0), style, left, width, baseLine, atRight: false);
    }

    private static int Color(FigureTone tone, Shades shades) =>
        (tone switch { FigureTone.Good => shades.Good, FigureTone.Bad => shades.Bad, _ => shades.Ink }).Value;
}
