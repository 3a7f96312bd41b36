using System.Globalization;
using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Exports.Charts;

/// <summary>Draws a chart with a pen: into a PDF as shapes and text, or into a picture.</summary>
internal sealed class ChartPainter
{
    private const float TextHeight = Look.LineHeight;
    private const float Gap = 6;
    private const float Rim = 3;
    private const float LineWidth = 1.5f;
    private const float MarkerRadius = 2;

    /// <summary>A line of more points has no dots on them.</summary>
    private const int MostMarkers = 30;

    /// <summary>Fewer bars than this are not made wider.</summary>
    private const int FewBars = 5;

    private readonly ChartData chart;
    private readonly ChartAxis axis;
    private readonly List<(string Text, int Color)> legend;

    public ChartPainter(ChartData chart)
    {
        this.chart = chart;
        axis = new ChartAxis(chart.Series.SelectMany(series => series.Values), chart.Kind == ChartKind.Bar, chart.Culture, chart.ValueText);
        legend = [.. Legend()];
    }

    /// <summary>The texts along the value axis, from low to high.</summary>
    public IEnumerable<string> TickTexts => axis.Ticks.Select(tick => tick.Text);

    /// <summary>The chart's own heading, which is bold; null for none.</summary>
    public string? Heading => string.IsNullOrWhiteSpace(chart.Title) ? null : OneLine(chart.Title).Trim();

    private string? Note => chart.Note;

    public void Paint(Pen pen, Area area)
    {
        if (Heading is { } heading)
        {
            pen.Set(Shortened(pen, heading, area.Width, isBold: true), TextStyle.Total, area.Left, area.Width, area.Top + TextHeight - 2, atRight: false);
            area = area with { Top = area.Top + TextHeight + Gap };
        }

        if (Note is not null)
        {
            area = area with { Bottom = area.Bottom - TextHeight };
            pen.Set(Note, TextStyle.Note, area.Left, area.Width, area.Bottom + TextHeight - 3, atRight: false);
        }

        if (chart.Kind == ChartKind.Pie)
        {
            PaintPie(pen, area);
            return;
        }

        if (legend.Count > 1)
        {
            PaintLegendRow(pen, area);
            area = area with { Top = area.Top + TextHeight + Gap };
        }

        var labelWidth = axis.Ticks.Max(tick => Width(pen, tick.Text));
        var data = new Area(area.Left + labelWidth + Gap, area.Top + (TextHeight / 2), area.Right, area.Bottom - TextHeight - Gap);
        PaintTicks(pen, area.Left, labelWidth, data);
        if (chart.Kind == ChartKind.Bar)
        {
            PaintBars(pen, data);
        }
        else
        {
            PaintLines(pen, data);
        }

        pen.Fill(data.Left, Y(Zero, data), data.Width, 0.75f, Look.Muted);
        PaintLabels(pen, data, area.Left);
    }

    /// <summary>Where bars begin: at zero, which is always on their axis.</summary>
    private double Zero => Math.Clamp(0, axis.Low, axis.High);

    private static int ColorOf(int index) => ChartPalette.Rgb(index);

    private float Y(double value, Area data) => (float)(data.Bottom - (axis.Share(value) * data.Height));

    /// <summary>The middle of a place along the axis, in points.</summary>
    private float X(double place, Area data) => (float)(data.Left + (data.Width / chart.Labels.Count * (place + 0.5)));

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static float Width(Pen pen, string text, bool isBold = false) => pen.Fonts(isBold).Measure(text) * Look.NoteSize;

    private IEnumerable<(string Text, int Color)> Legend()
    {
        if (chart.Kind != ChartKind.Pie)
        {
            return chart.Series.Select((series, index) => (OneLine(series.Name), ColorOf(index)));
        }

        var values = chart.Series.First().Values;
        var sum = values.Where(value => value > 0).Sum();
        return chart.Labels.Select((label, index) =>
            (string.Create(chart.Culture, $"{OneLine(label)}  {(sum > 0 && values[index] > 0 ? values[index] / sum : 0):P1}"), ColorOf(index)));
    }

    private void PaintBars(Pen pen, Area data)
    {
        var series = chart.Series.ToList();
        var width = 0.76 / series.Count * Math.Min(1, (chart.Labels.Count + 1.0) / (FewBars + 1));
        for (var index = 0; index < series.Count; index++)
        {
            for (var place = 0; place < series[index].Values.Count; place++)
            {
                var value = series[index].Values[place];
                var left = X(place + ((index - (series.Count / 2d)) * width), data);
                var (top, bottom) = (Y(Math.Max(value, Zero), data), Y(Math.Min(value, Zero), data));
                if (bottom > top)
                {
                    pen.Fill(left, top, X(place + ((index - (series.Count / 2d) + 1) * width), data) - left, bottom - top, ColorOf(index));
                }
            }
        }
    }

    private void PaintLines(Pen pen, Area data)
    {
        var index = 0;
        foreach (var (_, values) in chart.Series)
        {
            var color = ColorOf(index++);
            foreach (var points in Stretches(chart.Places, values))
            {
                PaintLine(pen, [.. points.Select(point => (X(point.Place, data), Y(point.Value, data)))], color);
            }
        }
    }

    private void PaintLine(Pen pen, (float X, float Y)[] points, int color)
    {
        var line = new Shape().MoveTo(points[0].X, points[0].Y);
        foreach (var (x, y) in points.Skip(1))
        {
            line.LineTo(x, y);
        }

        if (points.Length > 1)
        {
            pen.Draw(line, LineWidth, color);
        }

        foreach (var (x, y) in points.Where(_ => chart.Labels.Count <= MostMarkers || points.Length == 1))
        {
            pen.Fill(Shape.Circle(x, y, MarkerRadius), color);
        }
    }

    /// <summary>A line has a gap where a value is missing.</summary>
    private static IEnumerable<(double Place, double Value)[]> Stretches(IReadOnlyList<double> places, IReadOnlyList<double> values)
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

    private void PaintPie(Pen pen, Area area)
    {
        var size = Math.Min(area.Height, area.Width / 2);
        var (x, middle, radius) = (area.Left + (size / 2), area.Top + (size / 2), (size / 2) - Rim);
        double[] values = [.. chart.Series.First().Values.Select(value => value > 0 ? value : 0)];
        var sum = values.Sum();
        // from the top, clockwise
        var start = -Math.PI / 2;
        for (var index = 0; index < values.Length; index++)
        {
            var end = start + (values[index] / sum * 2 * Math.PI);
            if (values[index] >= sum)
            {
                pen.Fill(Shape.Circle(x, middle, radius), ColorOf(index));
            }
            else if (values[index] > 0)
            {
                var slice = new Shape().MoveTo(x, middle).LineTo(x + (float)(radius * Math.Cos(start)), middle + (float)(radius * Math.Sin(start)))
                    .Arc(x, middle, radius, start, end).Close();
                pen.Fill(slice, ColorOf(index));
                pen.Draw(slice, 1, Look.Paper);
            }

            start = end;
        }

        var y = area.Top + Math.Max(0, (size - (legend.Count * (TextHeight + 4))) / 2);
        foreach (var (text, color) in legend)
        {
            PaintLegend(pen, text, color, area.Left + size + 16, y, area.Right);
            y += TextHeight + 4;
        }
    }

    private void PaintLegendRow(Pen pen, Area area)
    {
        var x = area.Left;
        foreach (var (text, color) in legend)
        {
            PaintLegend(pen, text, color, x, area.Top, area.Right);
            x += 11 + Width(pen, text) + 14;
        }
    }

    private static void PaintLegend(Pen pen, string text, int color, float x, float y, float right)
    {
        pen.Fill(x, y + 2, 7, 7, color);
        pen.Set(Shortened(pen, text, right - x - 11), TextStyle.Note, x + 11, right - x - 11, y + TextHeight - 2.8f, atRight: false);
    }

    private void PaintTicks(Pen pen, float left, float labelWidth, Area data)
    {
        foreach (var (value, text) in axis.Ticks)
        {
            pen.Fill(data.Left, Y(value, data), data.Width, 0.5f, Look.Line);
            pen.Set(text, TextStyle.Note, left, labelWidth, Y(value, data) + 3, atRight: true);
        }
    }

    /// <summary>As many labels as stand side by side, each under its point.</summary>
    private void PaintLabels(Pen pen, Area data, float left)
    {
        var room = data.Width / chart.Labels.Count;
        var widest = Math.Min(chart.Labels.Max(label => Width(pen, OneLine(label))), data.Width / 6);
        // dates are not evenly apart: each that has room has its label
        var every = chart.IsTimeline ? 1 : Math.Max(1, (int)Math.Ceiling((widest + (2 * Gap)) / room));
        var places = chart.Places;
        var end = float.MinValue;
        for (var index = 0; index < chart.Labels.Count; index += every)
        {
            var text = Shortened(pen, OneLine(chart.Labels[index]), Math.Max(widest, (room * every) - Gap));
            var width = Width(pen, text);
            var center = data.Left + (room * ((float)places[index] + 0.5f));
            var x = Math.Clamp(center - (width / 2), left, Math.Max(data.Left, data.Right - width));
            if (x >= end + Gap)
            {
                pen.Set(text, TextStyle.Note, x, width + 1, data.Bottom + TextHeight + 2, atRight: false);
                end = x + width;
            }
        }
    }

    private static string Shortened(Pen pen, string text, float width, bool isBold = false)
    {
        if (Width(pen, text, isBold) <= width + 0.5f)
        {
            return text;
        }

        // what tells long names apart is often at their end
        var elements = StringInfo.ParseCombiningCharacters(text);
        for (var cut = 1; cut < elements.Length; cut++)
        {
            var head = (elements.Length - cut + 1) * 2 / 3;
            var shortened = $"{text[..elements[head]].TrimEnd()}…{text[elements[Math.Min(head + cut, elements.Length - 1)]..].TrimStart()}";
            if (Width(pen, shortened, isBold) <= width + 0.5f)
            {
                return shortened;
            }
        }

        return "…";
    }
}
