using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Exports.Charts;

/// <summary>Draws a pie of up to five slices, each named beside it.</summary>
internal sealed class PiePainter(ChartCanvas canvas)
{
    private const float Rim = 3;

    private readonly DrawnChart chart = canvas.Chart;

    public void Paint(Area area)
    {
        double[] known = [.. chart.Series[0].Values.Select(value => value > 0 && double.IsFinite(value) ? value : 0)];
        // the names at both sides have room as far as the pie stays a pie
        var names = Enumerable.Range(0, known.Length).Max(index => canvas.Width(Name(index, 0.888, hasValues: false)));
        var size = Math.Min(area.Height - ChartCanvas.TextHeight,
            Math.Max(area.Width - (2 * (names + (2 * ChartCanvas.Gap))), area.Width * 0.3f));
        var (x, middle, radius) = (area.Left + (area.Width / 2), area.Top + (area.Height / 2), (size / 2) - Rim);
        var values = known;
        // sums of huge values must stay numbers
        var most = values.Max();
        values = [.. values.Select(value => most > 0 ? value / most : 0)];
        var sum = values.Sum();
        // from the top, clockwise
        var start = -Math.PI / 2;
        for (var index = 0; index < values.Length; index++)
        {
            var end = start + (values[index] / sum * 2 * Math.PI);
            if (values[index] >= sum)
            {
                canvas.Pen.Fill(Shape.Circle(x, middle, radius), canvas.ColorOf(index));
            }
            else if (values[index] > 0)
            {
                var slice = new Shape().MoveTo(x, middle)
                    .LineTo(x + (float)(radius * Math.Cos(start)), middle + (float)(radius * Math.Sin(start)))
                    .Arc(x, middle, radius, start, end).Close();
                canvas.Pen.Fill(slice, canvas.ColorOf(index));
                canvas.Pen.Draw(slice, 1, canvas.Shades.Paper.Value);
            }

            start = end;
        }

        PaintNames(area, (x, middle, radius), values, sum);
    }

    /// <summary>Each beside its slice, from top to bottom on either side.</summary>
    private void PaintNames(Area area, (float X, float Y, float Radius) circle, double[] values, double sum)
    {
        var start = 0d;
        var names = new List<(bool IsRight, float Y, string Text, string Short)>();
        for (var index = 0; index < values.Length; index++)
        {
            var angle = ((start + (values[index] / 2)) / sum * 2 * Math.PI) - (Math.PI / 2);
            start += values[index];
            names.Add((Math.Cos(angle) >= -1e-9, circle.Y + (float)((circle.Radius + ChartCanvas.TextHeight) * Math.Sin(angle)) + 3,
                Name(index, values[index] / sum, chart.HasValueLabels), Name(index, values[index] / sum, hasValues: false)));
        }

        foreach (var side in names.GroupBy(name => name.IsRight))
        {
            var ordered = side.OrderBy(name => name.Y).ToList();
            var places = ChartCanvas.Apart([.. ordered.Select(name => name.Y)], area.Top + ChartCanvas.TextHeight, area.Bottom);
            for (var index = 0; index < ordered.Count; index++)
            {
                // where the text is beside the circle, and not only beside its widest place
                var height = Math.Min(1, Math.Abs(places[index] - 3 - circle.Y) / (circle.Radius + ChartCanvas.Gap));
                var reach = (float)((circle.Radius + ChartCanvas.Gap) * Math.Sqrt(Math.Max(0, 1 - (height * height)))) + ChartCanvas.Gap;
                var room = side.Key ? area.Right - circle.X - reach : circle.X - reach - area.Left;
                var text = canvas.Width(ordered[index].Text) <= room ? ordered[index].Text : ordered[index].Short;
                canvas.Pen.Set(canvas.Shortened(text, room), canvas.Label, side.Key ? circle.X + reach : area.Left, room,
                    places[index], atRight: !side.Key);
            }
        }
    }

    private string Name(int index, double share, bool hasValues) => string.Create(chart.Culture,
        $"{ChartCanvas.OneLine(chart.Labels[index])}  {(hasValues
            ? $"{chart.Short(chart.Series[0], chart.Series[0].Values[index])} · " : "")}{share:P1}");
}
