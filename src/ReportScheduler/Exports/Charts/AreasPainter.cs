using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Exports.Charts;

/// <summary>Draws the area below a line. Parts of a sum stand one upon the other in full colour; others are
/// tints that their lines edge.</summary>
internal sealed class AreasPainter(ChartCanvas canvas)
{
    private const double Tint = 0.22;

    public void Paint(Plot plot)
    {
        if (plot.Chart.IsStacked)
        {
            PaintStacked(plot);
            return;
        }

        foreach (var series in plot.Chart.First)
        {
            var color = new Rgb(canvas.ColorOf(series)).Over(canvas.Shades.Paper, Tint).Value;
            foreach (var points in LinesPainter.Stretches(plot.Chart.Places, series.Values).Where(points => points.Length > 1))
            {
                var edge = points.Select(point => (plot.X(point.Place), plot.Y(point.Value))).ToList();
                Fill(edge, [.. edge.Select(point => (point.Item1, plot.Y(plot.Zero))).Reverse()], color);
            }
        }

        // the gridlines show through no area
        foreach (var (value, _) in plot.First.Ticks)
        {
            canvas.Pen.Fill(plot.Data.Left, plot.Y(value), plot.Data.Width, 0.25f, canvas.Shades.Line.Value);
        }

        new LinesPainter(canvas).Paint(plot, plot.Chart.First);
    }

    // What is missing is no part of the sum.
    private void PaintStacked(Plot plot)
    {
        var count = plot.Chart.Labels.Count;
        var below = new double[count];
        foreach (var series in plot.Chart.First)
        {
            double[] above = [.. below.Select((sum, place) => sum + (double.IsFinite(series.Values[place]) ? series.Values[place] : 0))];
            List<(float, float)> Edge(double[] sums) => [.. sums.Select((sum, place) => (plot.X(plot.Chart.Places[place]), plot.Y(sum)))];
            var color = canvas.ColorOf(series);
            if (count == 1)
            {
                var (x, top) = Edge(above)[0];
                canvas.Pen.Fill(x - 10, top, 20, Math.Max(plot.Y(below[0]) - top, 0), color);
            }
            else
            {
                var lower = Edge(below);
                lower.Reverse();
                Fill(Edge(above), lower, color);
                canvas.Pen.Draw(Line(Edge(above)), 0.75f, canvas.Shades.Paper.Value);
            }

            below = above;
        }
    }

    private void Fill(List<(float X, float Y)> upper, List<(float X, float Y)> lower, int color)
    {
        var shape = Line(upper);
        lower.ForEach(point => shape.LineTo(point.X, point.Y));
        canvas.Pen.Fill(shape.Close(), color);
    }

    private static Shape Line(List<(float X, float Y)> points)
    {
        var shape = new Shape().MoveTo(points[0].X, points[0].Y);
        points.Skip(1).ToList().ForEach(point => shape.LineTo(point.X, point.Y));
        return shape;
    }
}
