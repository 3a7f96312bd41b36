using ReportScheduler.Exports.Drawing;
using ReportScheduler.Numbers;

namespace ReportScheduler.Exports.Charts;

/// <summary>Draws a pie of up to five slices, each named beside it.</summary>
internal sealed class PiePainter(ChartCanvas canvas)
{
    private const float Rim = 3;
    private const float Box = 7;

    // of the lesser side of its room, what a pie takes at least beside its names
    private const float SmallestShare = 0.55f;

    private readonly DrawnChart chart = canvas.Chart;

    public void Paint(Area area)
    {
        double[] known = [.. chart.Series[0].Values.Select(value => value > 0 && double.IsFinite(value) ? value : 0)];
        // sums of huge values must stay numbers
        var most = known.Max();
        double[] values = [.. known.Select(value => most > 0 ? value / most : 0)];
        var sum = values.Sum();
        // the names at both sides have room as far as the pie stays a pie; otherwise they stand in lines of their own below it
        var room = area.Width - (SmallestShare * Math.Min(area.Width, area.Height)) - (4 * ChartCanvas.Gap);
        var isAtSides = Widest(chart.HasValueLabels) * 2 <= room || (chart.HasValueLabels && Widest(hasValues: false) * 2 <= room);
        var hasValues = chart.HasValueLabels && (!isAtSides || Widest(hasValues: true) * 2 <= room);
        var below = isAtSides ? 0 : (values.Length * ChartCanvas.TextHeight) + ChartCanvas.Gap;
        var whole = area;
        area = area with { Bottom = area.Bottom - below };
        var size = Math.Min(area.Height - ChartCanvas.TextHeight,
            isAtSides ? area.Width - (2 * (Widest(hasValues) + (2 * ChartCanvas.Gap))) : area.Width);
        var (x, middle, radius) = (area.Left + (area.Width / 2), area.Top + (area.Height / 2), (size / 2) - Rim);
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

        if (isAtSides)
        {
            PaintNames(area, (x, middle, radius), values, sum, hasValues);
        }
        else
        {
            PaintLines(whole with { Top = area.Bottom + ChartCanvas.Gap }, values, sum, hasValues);
        }

        float Widest(bool hasValues) => Enumerable.Range(0, values.Length)
            .Max(index => canvas.Width(Name(index, values[index] / sum, hasValues)));
    }

    /// <summary>Each in a line with its colour.</summary>
    private void PaintLines(Area area, double[] values, double sum, bool hasValues)
    {
        for (var index = 0; index < values.Length; index++)
        {
            var top = area.Top + (index * ChartCanvas.TextHeight);
            canvas.Pen.Fill(area.Left, top + 2, Box, Box, canvas.ColorOf(index));
            var left = area.Left + Box + 4;
            // a long name is shortened, and not the share behind it
            var share = Share(index, values[index] / sum, hasValues);
            var name = canvas.Shortened(ChartCanvas.OneLine(chart.Labels[index]), area.Right - left - canvas.Width(share));
            canvas.Pen.Set(name + share, canvas.Label, left, canvas.Width(name + share) + 1, top + ChartCanvas.TextHeight - 2.8f, atRight: false);
        }
    }

    /// <summary>Each beside its slice, from top to bottom on either side.</summary>
    private void PaintNames(Area area, (float X, float Y, float Radius) circle, double[] values, double sum, bool hasValues)
    {
        var start = 0d;
        var names = new List<(bool IsRight, float Y, string Text)>();
        for (var index = 0; index < values.Length; index++)
        {
            var angle = ((start + (values[index] / 2)) / sum * 2 * Math.PI) - (Math.PI / 2);
            start += values[index];
            names.Add((Math.Cos(angle) >= -1e-9, circle.Y + (float)((circle.Radius + ChartCanvas.TextHeight) * Math.Sin(angle)) + 3,
                Name(index, values[index] / sum, hasValues)));
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
                canvas.Pen.Set(canvas.Shortened(ordered[index].Text, room), canvas.Label, side.Key ? circle.X + reach : area.Left, room,
                    places[index], atRight: !side.Key);
            }
        }
    }

    private string Name(int index, double share, bool hasValues) =>
        ChartCanvas.OneLine(chart.Labels[index]) + Share(index, share, hasValues);

    private string Share(int index, double share, bool hasValues)
    {
        var value = hasValues ? $"{chart.Short(chart.Series[0], chart.Series[0].Values[index])} · " : "";
        return $"  {value}{Percent.Number(share, null, chart.Culture, out _)}";
    }

    // as tables show it
    private ExcelFormat Percent => field ??= new ExcelFormat(NamedFormat.Resolve("percent", chart.Culture)!);
}
