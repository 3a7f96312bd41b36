namespace ReportScheduler.Exports.Charts;

/// <summary>Draws upright bars, those of one point side by side.</summary>
internal sealed class BarsPainter(ChartCanvas canvas)
{
    private const double Share = 0.76;

    /// <summary>Fewer bars than this are not made wider.</summary>
    private const int FewBars = 5;

    /// <summary>How much of the room of a point its bars take.</summary>
    public static double Width(int points) => Share * Math.Min(1, (points + 1.0) / (FewBars + 1));

    public void Paint(Plot plot)
    {
        var series = plot.Chart.First;
        var width = Width(plot.Chart.Labels.Count) / series.Count;
        for (var index = 0; index < series.Count; index++)
        {
            var color = canvas.ColorOf(series[index]);
            for (var place = 0; place < series[index].Values.Count; place++)
            {
                var value = series[index].Values[place];
                var left = plot.X(place + ((index - (series.Count / 2d)) * width));
                var (top, bottom) = (plot.Y(Math.Max(value, plot.Zero)), plot.Y(Math.Min(value, plot.Zero)));
                if (bottom > top)
                {
                    canvas.Pen.Fill(left, top, plot.X(place + ((index - (series.Count / 2d) + 1) * width)) - left, bottom - top, color);
                }
            }
        }
    }
}
