using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Draws what makes cells stand out, below their text: colours, bars and arrows.</summary>
internal sealed class HighlightPainter(Pen pen)
{
    private const float Gap = 1;

    private static readonly (float X, float Y)[] SideArrow =
        [(0, 0.35f), (0.5f, 0.35f), (0.5f, 0), (1, 0.5f), (0.5f, 1), (0.5f, 0.65f), (0, 0.65f)];

    private static readonly (float X, float Y)[] Circle = [.. Enumerable.Range(0, 32).Select(corner =>
        (0.5f + (0.48f * MathF.Cos(corner * MathF.PI / 16)), 0.5f + (0.48f * MathF.Sin(corner * MathF.PI / 16))))];

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
            Icon(icon, cell.Left + Look.CellPaddingX, cell.Top + Look.CellPaddingY + ((Look.LineHeight - Look.IconSize) / 2));
        }
    }

    private void Icon(int icon, float x, float y)
    {
        const float size = Look.IconSize;
        var corners = Corners(icon);
        var shape = new Shape();
        for (var index = 0; index < corners.Length; index++)
        {
            var (across, down) = corners[index];
            _ = index == 0 ? shape.MoveTo(x + (across * size), y + (down * size)) : shape.LineTo(x + (across * size), y + (down * size));
        }

        pen.Fill(shape.Close(), HighlightLook.IconColors[icon]);
    }

    /// <summary>The corners of a shape in a square; a circle has as many as the eye needs at this size.</summary>
    private static (float X, float Y)[] Corners(int icon) => (HighlightIcon.Set(icon), HighlightIcon.Shade(icon)) switch
    {
        // the one to the side, turned by a quarter either way
        (0, 0) => [.. SideArrow.Select(corner => (1 - corner.Y, corner.X))],
        (0, 1) => SideArrow,
        (0, _) => [.. SideArrow.Select(corner => (corner.Y, 1 - corner.X))],
        (2, 0) => [(0.5f, 0), (1, 0.5f), (0.5f, 1), (0, 0.5f)],
        (2, 1) => [(0.5f, 0.05f), (1, 0.95f), (0, 0.95f)],
        _ => Circle,
    };
}
