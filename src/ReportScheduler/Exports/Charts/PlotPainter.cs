using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Exports.Charts;

/// <summary>Draws charts that have an axis of values at the left: the axes and what stands at them; the series have painters
/// of their own.</summary>
internal sealed class PlotPainter(ChartCanvas canvas)
{
    private const float TextHeight = ChartCanvas.TextHeight;
    private const float Gap = ChartCanvas.Gap;

    private readonly DrawnChart chart = canvas.Chart;

    public void Paint(Area area)
    {
        // lines have their names at their ends
        var names = chart.Kind == ChartKind.Line && chart.Series.Count > 1 && chart.Second.Count == 0
            ? Math.Min(chart.Series.Max(series => canvas.Width(canvas.NameOf(series), isBold: true)) + Gap, area.Width / 4)
            : 0;
        area = area with { Top = area.Top + canvas.Legend(area, ofSeries: names == 0) };

        var (first, second) = (Plot.FirstAxis(chart), Plot.SecondAxis(chart));
        var left = first.Ticks.Max(tick => canvas.Width(DrawnChart.Minus(tick.Text)));
        var right = second?.Ticks.Max(tick => canvas.Width(tick.Text)) + Gap ?? 0;
        var data = new Area(
            area.Left + left + Gap, area.Top + (TextHeight / 2), area.Right - names - right, area.Bottom - TextHeight - Gap);
        var plot = new Plot(chart, data, first, second);
        PaintTicks(area.Left, left, plot, right);
        PaintSeries(plot);
        if (names > 0)
        {
            PaintNames(plot, names);
        }

        canvas.Pen.Fill(data.Left, plot.Y(plot.Zero), data.Width, 0.75f, canvas.Shades.Muted.Value);
        PaintTarget(plot);
        new AxisLabelPainter(canvas).Paint(plot, area.Left);
        if (chart.HasValueLabels)
        {
            new ValueLabelPainter(canvas).Paint(plot);
        }
    }

    private void PaintSeries(Plot plot)
    {
        switch (chart.Kind)
        {
            case ChartKind.StackedBar:
                new StackedBarsPainter(canvas).Paint(plot);
                break;
            case ChartKind.Area:
                new AreasPainter(canvas).Paint(plot);
                break;
            case ChartKind.Line:
                new LinesPainter(canvas).Paint(plot, chart.First);
                break;
            default:
                new BarsPainter(canvas).Paint(plot);
                break;
        }

        new LinesPainter(canvas).Paint(plot, chart.Second);
    }

    private void PaintTicks(float left, float width, Plot plot, float right)
    {
        foreach (var (value, text) in plot.First.Ticks)
        {
            canvas.Pen.Fill(plot.Data.Left, plot.Y(value), plot.Data.Width, 0.5f, canvas.Shades.Line.Value);
            canvas.Pen.Set(DrawnChart.Minus(text), canvas.Note, left, width, plot.Y(value) + 3, atRight: true);
        }

        // one series at the right has its colour along its axis
        var style = chart.Second is [var only] ? canvas.Note with { Color = canvas.TextColorOf(only) } : canvas.Note;
        foreach (var (value, text) in plot.Second?.Ticks ?? [])
        {
            canvas.Pen.Set(DrawnChart.Minus(text), style, plot.Data.Right + Gap, right - Gap + 1, plot.Y(chart.Second[0], value) + 3,
                atRight: false);
        }
    }

    private void PaintTarget(Plot plot)
    {
        if (chart.Target is { } target)
        {
            canvas.Dashed(plot.Data.Left, plot.Y(target), plot.Data.Width, isUpright: false, canvas.Shades.Ink.Value);
        }
    }

    /// <summary>The names of lines at their ends.</summary>
    private void PaintNames(Plot plot, float room)
    {
        var ends = chart.First.Select(series => (Series: series, Last: series.Values.LastOrDefault(double.IsFinite, double.NaN)))
            .Where(end => double.IsFinite(end.Last)).OrderByDescending(end => end.Last).ToList();
        var places = ChartCanvas.Apart([.. ends.Select(end => plot.Y(end.Last) + 3)], plot.Data.Top, plot.Data.Bottom + 3);
        for (var index = 0; index < ends.Count; index++)
        {
            canvas.Pen.Set(canvas.Shortened(canvas.NameOf(ends[index].Series), room - Gap, isBold: true),
                TextStyle.Note with { Color = canvas.TextColorOf(ends[index].Series), IsBold = true }, plot.Data.Right + Gap, room - Gap,
                places[index], atRight: false);
        }
    }
}
