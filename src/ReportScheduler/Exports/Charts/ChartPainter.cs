using System.Globalization;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Themes;

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
    private readonly Shades shades;
    private readonly TextStyle note;
    private readonly ChartAxis axis;
    private readonly List<(string Text, int Color)> legend;

    /// <param name="chart">What is drawn.</param>
    /// <param name="shades">The colours of the paper that it is drawn on; null for white paper.</param>
    public ChartPainter(ChartData chart, Shades? shades = null)
    {
        this.chart = chart;
        this.shades = shades ?? chart.Theme.Light;
        note = TextStyle.Note with { Color = this.shades.Muted.Value };
        axis =
            new ChartAxis(chart.Series.SelectMany(series => series.Values), chart.Kind != ChartKind.Line, chart.Culture, chart.ValueText);
        legend = [.. chart.Series.Select((series, index) => (OneLine(series.Name), ColorOf(index)))];
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
            pen.Set(Shortened(pen, heading, area.Width, isBold: true), TextStyle.Total with { Color = shades.Ink.Value }, area.Left,
                area.Width, area.Top + TextHeight - 2, atRight: false);
            area = area with { Top = area.Top + TextHeight + Gap };
        }

        if (Note is not null)
        {
            area = area with { Bottom = area.Bottom - TextHeight };
            pen.Set(Note, note, area.Left, area.Width, area.Bottom + TextHeight - 3, atRight: false);
        }

        if (chart.Kind == ChartKind.Pie && !chart.IsHorizontal)
        {
            PaintPie(pen, area);
            return;
        }

        // lines have their names at their ends
        var names = chart.Kind == ChartKind.Line && legend.Count > 1
            ? Math.Min(legend.Max(entry => Width(pen, entry.Text)) + Gap, area.Width / 4)
            : 0;
        if (legend.Count > 1 && names == 0)
        {
            PaintLegendRow(pen, area);
            area = area with { Top = area.Top + TextHeight + Gap };
        }

        if (chart.IsHorizontal)
        {
            PaintLying(pen, area);
            return;
        }

        var labelWidth = axis.Ticks.Max(tick => Width(pen, tick.Text));
        var data = new Area(area.Left + labelWidth + Gap, area.Top + (TextHeight / 2), area.Right - names, area.Bottom - TextHeight - Gap);
        PaintTicks(pen, area.Left, labelWidth, data);
        if (chart.Kind == ChartKind.Bar)
        {
            PaintBars(pen, data);
        }
        else
        {
            PaintLines(pen, data);
            PaintNames(pen, data, names);
        }

        pen.Fill(data.Left, Y(Zero, data), data.Width, 0.75f, shades.Muted.Value);
        PaintLabels(pen, data, area.Left);
    }

    /// <summary>Where bars begin: at zero, which is always on their axis.</summary>
    private double Zero => Math.Clamp(0, axis.Low, axis.High);

    private int ColorOf(int index) => shades.SeriesOf(index).Value;

    private float Y(double value, Area data) => (float)(data.Bottom - (axis.Share(value) * data.Height));

    /// <summary>The middle of a place along the axis, in points.</summary>
    private float X(double place, Area data) => (float)(data.Left + (data.Width / chart.Labels.Count * (place + 0.5)));

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static float Width(Pen pen, string text, bool isBold = false) => pen.Fonts(isBold).Measure(text) * Look.NoteSize;

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
        var size = Math.Min(area.Height - TextHeight, area.Width / 2);
        var (x, middle, radius) = (area.Left + (area.Width / 2), area.Top + (area.Height / 2), (size / 2) - Rim);
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
                var slice = new Shape().MoveTo(x, middle)
                    .LineTo(x + (float)(radius * Math.Cos(start)), middle + (float)(radius * Math.Sin(start)))
                    .Arc(x, middle, radius, start, end).Close();
                pen.Fill(slice, ColorOf(index));
                pen.Draw(slice, 1, shades.Paper.Value);
            }

            start = end;
        }

        PaintSliceNames(pen, area, (x, middle, radius), values, sum);
    }

    /// <summary>Each beside its slice, from top to bottom on either side.</summary>
    private void PaintSliceNames(Pen pen, Area area, (float X, float Y, float Radius) circle, double[] values, double sum)
    {
        var start = 0d;
        var names = new List<(bool IsRight, float Y, string Text)>();
        for (var index = 0; index < values.Length; index++)
        {
            var angle = ((start + (values[index] / 2)) / sum * 2 * Math.PI) - (Math.PI / 2);
            start += values[index];
            var text = string.Create(chart.Culture, $"{OneLine(chart.Labels[index])}  {values[index] / sum:P1}");
            names.Add((Math.Cos(angle) >= -1e-9, circle.Y + (float)((circle.Radius + TextHeight) * Math.Sin(angle)) + 3, text));
        }

        foreach (var side in names.GroupBy(name => name.IsRight))
        {
            var ordered = side.OrderBy(name => name.Y).ToList();
            var places = Apart([.. ordered.Select(name => name.Y)], area.Top + TextHeight, area.Bottom);
            for (var index = 0; index < ordered.Count; index++)
            {
                // where the text is beside the circle, and not only beside its widest place
                var height = Math.Min(1, Math.Abs(places[index] - 3 - circle.Y) / (circle.Radius + Gap));
                var reach = (float)((circle.Radius + Gap) * Math.Sqrt(Math.Max(0, 1 - (height * height)))) + Gap;
                var room = side.Key ? area.Right - circle.X - reach : circle.X - reach - area.Left;
                pen.Set(Shortened(pen, ordered[index].Text, room), TextStyle.Note with { Color = shades.Ink.Value },
                    side.Key ? circle.X + reach : area.Left, room, places[index], atRight: !side.Key);
            }
        }
    }

    /// <summary>Moves base lines apart that are nearer than a line of text.</summary>
    private static float[] Apart(float[] places, float top, float bottom)
    {
        for (var index = 0; index < places.Length; index++)
        {
            places[index] = Math.Max(places[index], index == 0 ? top : places[index - 1] + TextHeight);
        }

        for (var index = places.Length - 1; index >= 0; index--)
        {
            places[index] = Math.Min(places[index], index == places.Length - 1 ? bottom : places[index + 1] - TextHeight);
        }

        return places;
    }

    /// <summary>The names of lines at their ends.</summary>
    private void PaintNames(Pen pen, Area data, float room)
    {
        var ends = room == 0
            ? []
            : chart.Series.Select((series, index) => (Index: index, Last: series.Values.LastOrDefault(double.IsFinite, double.NaN)))
            .Where(end => double.IsFinite(end.Last)).OrderByDescending(end => end.Last).ToList();
        var places = Apart([.. ends.Select(end => Y(end.Last, data) + 3)], data.Top, data.Bottom + 3);
        for (var index = 0; index < ends.Count; index++)
        {
            var (text, color) = legend[ends[index].Index];
            pen.Set(Shortened(pen, text, room - Gap), TextStyle.Note with { Color = color, IsBold = true }, data.Right + Gap, room - Gap,
                places[index], atRight: false);
        }
    }

    /// <summary>Bars that lie, each with its name before it and, where there is one series, its value behind it.</summary>
    private void PaintLying(Pen pen, Area area)
    {
        var labels = chart.Labels;
        var series = chart.Series.ToList();
        var names = Math.Min(labels.Max(label => Width(pen, OneLine(label))), area.Width * 0.4f);
        var texts = series.Count > 1 ? [] : series[0].Values.Select(ValueText).ToList();
        var values = texts.Select(text => Width(pen, text) + Gap).DefaultIfEmpty(Gap).Max();
        var least = series.SelectMany(each => each.Values).Where(double.IsFinite).DefaultIfEmpty(0).Min();
        var data = new Area(area.Left + names + Gap + (least < 0 ? values : 0), area.Top, area.Right - values,
            area.Bottom - (series.Count > 1 ? TextHeight : 0));
        float At(double value) => (float)(data.Left + (axis.Share(Math.Clamp(value, axis.Low, axis.High)) * data.Width));
        foreach (var (value, text) in series.Count > 1 ? axis.Ticks : [])
        {
            pen.Fill(At(value), data.Top, 0.5f, data.Height, shades.Line.Value);
            pen.Set(text, note, At(value) - (Width(pen, text) / 2), Width(pen, text) + 1, area.Bottom, atRight: false);
        }

        var row = data.Height / labels.Count;
        var height = row * 0.72f / series.Count;
        for (var place = 0; place < labels.Count; place++)
        {
            var top = data.Top + (place * row) + (row * 0.14f);
            pen.Set(Shortened(pen, OneLine(labels[place]), names), note with { Color = shades.Ink.Value }, area.Left, names,
                top + (row * 0.36f) + 3, atRight: true);
            for (var index = 0; index < series.Count; index++)
            {
                var value = series[index].Values[place];
                var (left, right) = (At(Math.Min(value, Zero)), At(Math.Max(value, Zero)));
                pen.Fill(left, top + (index * height), Math.Max(right - left, 0), height,
                    chart.Kind == ChartKind.Pie ? ColorOf(0) : ColorOf(index));
                if (texts.Count > 0 && double.IsFinite(value))
                {
                    pen.Set(texts[place], note, value < 0 ? left - values : right + (Gap / 2), values - (Gap / 2), top + (row * 0.36f) + 3,
                        atRight: value < 0);
                }
            }
        }

        pen.Fill(At(Zero), data.Top, 0.75f, data.Height, shades.Muted.Value);
    }

    private string ValueText(double value) =>
        !double.IsFinite(value) ? "" : chart.ValueText(value) ?? value.ToString("#,##0.##", chart.Culture);

    private void PaintLegendRow(Pen pen, Area area)
    {
        var x = area.Left;
        foreach (var (text, color) in legend)
        {
            PaintLegend(pen, text, color, x, area.Top, area.Right);
            x += 11 + Width(pen, text) + 14;
        }
    }

    private void PaintLegend(Pen pen, string text, int color, float x, float y, float right)
    {
        pen.Fill(x, y + 2, 7, 7, color);
        pen.Set(Shortened(pen, text, right - x - 11), note, x + 11, right - x - 11, y + TextHeight - 2.8f, atRight: false);
    }

    private void PaintTicks(Pen pen, float left, float labelWidth, Area data)
    {
        foreach (var (value, text) in axis.Ticks)
        {
            pen.Fill(data.Left, Y(value, data), data.Width, 0.5f, shades.Line.Value);
            pen.Set(text, note, left, labelWidth, Y(value, data) + 3, atRight: true);
        }
    }

    /// <summary>As many labels as stand side by side, each under its point.</summary>
    private void PaintLabels(Pen pen, Area data, float left)
    {
        if (chart.Ticks is { Count: > 0 } ticks)
        {
            PaintTimes(pen, data, left, ticks);
            return;
        }

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
                pen.Set(text, note, x, width + 1, data.Bottom + TextHeight + 2, atRight: false);
                end = x + width;
            }
        }
    }

    private void PaintTimes(Pen pen, Area data, float left, IReadOnlyList<(double Place, string Text)> ticks)
    {
        var end = float.MinValue;
        foreach (var (place, text) in ticks)
        {
            var width = Width(pen, text);
            var x = Math.Clamp(X(place, data) - (width / 2), left, data.Right - Math.Min(width, data.Width));
            if (x >= end + Gap)
            {
                pen.Set(text, note, x, width + 1, data.Bottom + TextHeight + 2, atRight: false);
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
