using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Draws what makes cells stand out, below their text: colours, bars and arrows.</summary>
internal sealed class HighlightPainter(Pen pen)
{
    private const float Gap = 1;

    /// <summary>Draws the look of a cell.</summary>
    public void Paint(HighlightLook look, Area cell)
    {
        if (look.Fill is { } fill)
        {
            pen.Fill(cell.Left, cell.Top, cell.Width, cell.Height, fill);
        }

        if (look.Bar is { } bar)
        {
            var width = cell.Width - (2 * Gap);
            pen.Fill(cell.Left + Gap + (width * look.BarStart), cell.Top + Gap, width * look.BarLength, cell.Height - (2 * Gap),
                HighlightLook.Pale(bar));
        }

        if (look.Icon is { } icon)
        {
            Arrow(icon, cell.Left + Look.CellPaddingX, cell.Top + Look.CellPaddingY + ((Look.LineHeight - Look.IconSize) / 2));
        }
    }

    /// <summary>An arrow in a square: the one to the side, turned by a quarter either way.</summary>
    private void Arrow(int icon, float x, float y)
    {
        const float size = Look.IconSize;
        (float X, float Y)[] corners =
            [(0, 0.35f), (0.5f, 0.35f), (0.5f, 0), (1, 0.5f), (0.5f, 1), (0.5f, 0.65f), (0, 0.65f)];
        var shape = new Shape();
        for (var index = 0; index < corners.Length; index++)
        {
            var (across, down) = icon switch
            {
                0 => (1 - corners[index].Y, corners[index].X),
                2 => (corners[index].Y, 1 - corners[index].X),
                _ => corners[index],
            };
            _ = index == 0 ? shape.MoveTo(x + (across * size), y + (down * size)) : shape.LineTo(x + (across * size), y + (down * size));
        }

        pen.Fill(shape.Close(), HighlightLook.IconColors[icon]);
    }
}
