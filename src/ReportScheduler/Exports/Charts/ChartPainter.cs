using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Exports.Charts;

/// <summary>Draws a chart with a pen: into a PDF as shapes and text, or into a picture. Each kind has a painter of its own.</summary>
/// <param name="chart">What is drawn.</param>
/// <param name="shades">The colours of the paper that it is drawn on; null for white paper.</param>
internal sealed class ChartPainter(DrawnChart chart, Shades? shades = null)
{
    private readonly Shades shades = shades ?? chart.Theme.Light;

    /// <summary>The texts along the value axis, from low to high.</summary>
    public IEnumerable<string> TickTexts => Plot.FirstAxis(chart).Ticks.Select(tick => tick.Text);

    private string? Heading => string.IsNullOrWhiteSpace(chart.Title) ? null : ChartCanvas.OneLine(chart.Title).Trim();

    // where the page begins, whatever letters its own words begin with
    private bool IsRightToLeft => chart.Culture.TextInfo.IsRightToLeft;

    public void Paint(Pen pen, Area area)
    {
        var canvas = new ChartCanvas(pen, chart, shades);
        if (Heading is { } heading)
        {
            pen.Set(canvas.Shortened(heading, area.Width * TextStyle.Note.Size / TextStyle.Total.Size, isBold: true),
                TextStyle.Total with { Color = shades.Ink.Value }, area.Left, area.Width, area.Top + ChartCanvas.TextHeight - 2,
                atRight: IsRightToLeft);
            area = area with { Top = area.Top + ChartCanvas.TextHeight + ChartCanvas.Gap };
        }

        if (chart.Note is { } note)
        {
            area = area with { Bottom = area.Bottom - ChartCanvas.TextHeight };
            pen.Set(canvas.Shortened(note, area.Width), canvas.Note, area.Left, area.Width, area.Bottom + ChartCanvas.TextHeight - 3,
                atRight: IsRightToLeft);
        }

        switch (chart.Kind)
        {
            case ChartKind.Pie when !chart.IsHorizontal:
                new PiePainter(canvas).Paint(area);
                break;
            case var _ when chart.IsHorizontal:
                new LyingBarsPainter(canvas).Paint(area);
                break;
            default:
                new PlotPainter(canvas).Paint(area);
                break;
        }
    }
}
