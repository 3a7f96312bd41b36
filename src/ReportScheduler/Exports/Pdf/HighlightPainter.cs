using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;
using SkiaSharp;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Draws what makes cells stand out, below their text: colours, bars and arrows.</summary>
internal sealed class HighlightPainter(PdfSection section, PdfPages pages)
{
    private const float Gap = 1;
    private readonly Dictionary<PdfColumn, int> places =
        section.Highlighted.Select((column, place) => (column, place)).ToDictionary(pair => pair.column, pair => pair.place);

    /// <summary>Draws the looks of a row, or of the part of it that is on this page.</summary>
    /// <param name="looks">Of each highlighted column.</param>
    /// <param name="group">The columns on this page.</param>
    /// <param name="y">The top of the row.</param>
    /// <param name="height">How high it is here.</param>
    /// <param name="atStart">Whether its first line is here: only there stands the arrow.</param>
    public void Paint(IReadOnlyList<HighlightLook> looks, PdfColumn[] group, float y, float height, bool atStart)
    {
        var x = PdfPages.Left;
        foreach (var column in group)
        {
            if (places.TryGetValue(column, out var place) && !looks[place].IsPlain)
            {
                Paint(looks[place], x, y, column.Width, height, atStart);
            }

            x += column.Width;
        }
    }

    private void Paint(HighlightLook look, float x, float y, float width, float height, bool atStart)
    {
        if (look.Fill is { } fill)
        {
            pages.Fill(x, y, width, height, Color(fill));
        }

        if (look.Bar is { } bar)
        {
            pages.Fill(x + Gap, y + Gap, (width - (2 * Gap)) * look.BarLength, height - (2 * Gap), Color(HighlightLook.Pale(bar)));
        }

        if (look.Icon is { } icon && atStart)
        {
            Arrow(icon, x + Look.CellPaddingX, y + Look.CellPaddingY + ((Look.LineHeight - Look.IconSize) / 2));
        }
    }

    /// <summary>An arrow in a square: the one to the side, turned by a quarter either way.</summary>
    private void Arrow(int icon, float x, float y)
    {
        const float size = Look.IconSize;
        using var path = new SKPath();
        path.AddPoly([new(0, size * 0.35f), new(size * 0.5f, size * 0.35f), new(size * 0.5f, 0), new(size, size * 0.5f), new(size * 0.5f, size), new(size * 0.5f, size * 0.65f), new(0, size * 0.65f)]);
        path.Transform(SKMatrix.CreateRotationDegrees((1 - icon) * 90, size / 2, size / 2).PostConcat(SKMatrix.CreateTranslation(x, y)));
        pages.Fill(path, Color(HighlightLook.IconColors[icon]));
    }

    private static SKColor Color(int rgb) => new((uint)rgb | 0xFF000000);
}
