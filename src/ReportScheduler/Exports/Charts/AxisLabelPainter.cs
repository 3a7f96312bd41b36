namespace ReportScheduler.Exports.Charts;

/// <summary>Writes the names of points, or of times, below a chart.</summary>
internal sealed class AxisLabelPainter(ChartCanvas canvas)
{
    private const float Gap = ChartCanvas.Gap;

    private readonly DrawnChart chart = canvas.Chart;

    /// <summary>As many labels as stand side by side, each under its point.</summary>
    public void Paint(Plot plot, float left)
    {
        if (chart.Ticks.Count > 0)
        {
            PaintTimes(plot, left);
            return;
        }

        var widest = Math.Min(chart.Labels.Max(label => canvas.Width(ChartCanvas.OneLine(label))),
            plot.Data.Width / (chart.IsOverTime ? 1 : 6));
        // dates are not evenly apart: each that has room has its label
        var every = chart.IsTimeline ? 1 : Math.Max(1, (int)Math.Ceiling((widest + (2 * Gap)) / plot.Room));
        var end = float.MinValue;
        for (var index = 0; index < chart.Labels.Count; index += every)
        {
            var text = canvas.Shortened(ChartCanvas.OneLine(chart.Labels[index]), Math.Max(widest, (plot.Room * every) - Gap));
            Set(text, plot, left, chart.Places[index], ref end);
        }
    }

    // As many as have room, evenly, and the beginnings of years among them.
    private void PaintTimes(Plot plot, float left)
    {
        var ticks = chart.Ticks;
        var least = ticks.Zip(ticks.Skip(1), (one, next) => plot.X(next.Place) - plot.X(one.Place)).DefaultIfEmpty(plot.Data.Width).Min();
        var every = Math.Max(1, (int)Math.Ceiling((ticks.Max(tick => canvas.Width(tick.Text)) + Gap) / Math.Max(least, 0.1)));
        every = every is 5 ? 6 : every;
        var year = Enumerable.Range(0, ticks.Count).FirstOrDefault(index => ticks[index].Text.All(char.IsAsciiDigit));
        var end = float.MinValue;
        for (var index = year % every; index < ticks.Count; index += every)
        {
            Set(ticks[index].Text, plot, left, ticks[index].Place, ref end);
        }
    }

    private void Set(string text, Plot plot, float left, double place, ref float end)
    {
        var width = canvas.Width(text);
        var x = Math.Clamp(plot.X(place) - (width / 2), left, Math.Max(plot.Data.Left, plot.Data.Right - width));
        if (x >= end + Gap)
        {
            canvas.Pen.Set(text, canvas.Note, x, width + 1, plot.Data.Bottom + ChartCanvas.TextHeight + 2, atRight: false);
            end = x + width;
        }
    }
}
