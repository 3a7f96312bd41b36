namespace ReportScheduler.Exports.Charts;

/// <summary>Draws bars of the parts of a sum: those above zero upwards, those below it downwards.</summary>
internal sealed class StackedBarsPainter(ChartCanvas canvas)
{
    // between the parts
    private const float Seam = 0.5f;

    public void Paint(Plot plot)
    {
        var width = BarsPainter.Width(plot.Chart.Labels.Count);
        for (var place = 0; place < plot.Chart.Labels.Count; place++)
        {
            var left = plot.X(place - (width / 2));
            foreach (var (series, from, to) in Parts(plot.Chart, place))
            {
                var (top, bottom) = (plot.Y(Math.Max(from, to)), plot.Y(Math.Min(from, to)));
                if (bottom > top)
                {
                    canvas.Pen.Fill(left, top, plot.X(place + (width / 2)) - left, Math.Max(bottom - top - Seam, 0.25f),
                        canvas.ColorOf(series));
                }
            }
        }
    }

    /// <summary>From where to where each part of a point is.</summary>
    public static IEnumerable<(ChartSeries Series, double From, double To)> Parts(DrawnChart chart, int place)
    {
        var (below, above) = (0d, 0d);
        foreach (var series in chart.First.Where(series => double.IsFinite(series.Values[place])))
        {
            var value = series.Values[place];
            yield return value < 0 ? (series, below, below + value) : (series, above, above + value);
            below += Math.Min(value, 0);
            above += Math.Max(value, 0);
        }
    }
}
