using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Exports.Charts;

/// <summary>Draws a line through the points of each series, with gaps where values are missing.</summary>
internal sealed class LinesPainter(ChartCanvas canvas)
{
    private const float LineWidth = 1.5f;
    private const float MarkerRadius = 2;

    /// <summary>A line of more points has no dots on them.</summary>
    private const int MostMarkers = 30;

    public void Paint(Plot plot, IEnumerable<ChartSeries> series)
    {
        foreach (var one in series)
        {
            var color = canvas.ColorOf(one);
            foreach (var points in Stretches(plot.Chart.Places, one.Values))
            {
                Paint([.. points.Select(point => (plot.X(point.Place), plot.Y(one, point.Value)))], color,
                    plot.Chart.Labels.Count <= MostMarkers);
            }
        }
    }

    /// <summary>A line has a gap where a value is missing.</summary>
    public static IEnumerable<(double Place, double Value)[]> Stretches(IReadOnlyList<double> places, IReadOnlyList<double> values)
    {
        List<(double Place, double Value)> stretch = [];
        for (var index = 0; index <= values.Count; index++)
        {
            if (index < values.Count && double.IsFinite(values[index]))
            {
                stretch.Add((places[index], values[index]));
            }
            else if (stretch.Count > 0)
            {
                yield return [.. stretch];
                stretch.Clear();
            }
        }
    }

    private void Paint((float X, float Y)[] points, int color, bool hasMarkers)
    {
        var line = new Shape().MoveTo(points[0].X, points[0].Y);
        foreach (var (x, y) in points.Skip(1))
        {
            line.LineTo(x, y);
        }

        if (points.Length > 1)
        {
            canvas.Pen.Draw(line, LineWidth, color);
        }

        foreach (var (x, y) in points.Where(_ => hasMarkers || points.Length == 1))
        {
            canvas.Pen.Fill(Shape.Circle(x, y, MarkerRadius), color);
        }
    }
}
