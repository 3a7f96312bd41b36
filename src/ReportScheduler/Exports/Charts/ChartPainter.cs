using System.Globalization;
using ReportScheduler.Exports.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ReportScheduler.Exports.Charts;

/// <summary>Draws a chart: ScottPlot its bars, lines and slices, the report's own pen all its text.</summary>
/// <remarks>
/// ScottPlot finds its fonts by name, keeps them for the life of the process and does not shape text. With our pen the
/// chart shares the cut fonts of the document and can show every script.
/// </remarks>
internal sealed class ChartPainter
{
    private const float TextHeight = Look.LineHeight;
    private const float Gap = 6;
    private const float Rim = 3;

    /// <summary>Fewer bars than this are not made wider.</summary>
    private const int FewBars = 5;

    private readonly ChartData chart;
    private readonly ChartAxis axis;
    private readonly List<(string Text, SKColor Color)> legend;

    public ChartPainter(ChartData chart)
    {
        this.chart = chart;
        axis = new ChartAxis(chart.Series.SelectMany(series => series.Values), chart.Kind == ChartKind.Bar, chart.Culture, chart.ValueText);
        legend = [.. Legend()];
    }

    /// <summary>Every text in the chart, for the fonts to take notice of.</summary>
    public IEnumerable<string> Words =>
        chart.Labels.Select(OneLine).Concat(axis.Ticks.Select(tick => tick.Text)).Concat(legend.Select(entry => entry.Text)).Append(Note ?? "").Append("…");

    /// <summary>The chart's own heading, which is bold; null for none.</summary>
    public string? Heading => string.IsNullOrWhiteSpace(chart.Title) ? null : OneLine(chart.Title).Trim();

    private string? Note => chart.Note;

    public void Paint(TextPen pen, SKRect area)
    {
        pen.Flush();
        if (Heading is { } heading)
        {
            Set(pen, Shortened(pen, heading, area.Width, isBold: true), TextStyle.Total, area.Left, area.Top + TextHeight - 2, area.Width);
            area.Top += TextHeight + Gap;
        }

        if (Note is not null)
        {
            area.Bottom -= TextHeight;
            Set(pen, Note, TextStyle.Note, area.Left, area.Bottom + TextHeight - 3, area.Width);
        }

        if (chart.Kind == ChartKind.Pie)
        {
            PaintPie(pen, area);
            return;
        }

        if (legend.Count > 1)
        {
            PaintLegendRow(pen, area);
            area.Top += TextHeight + Gap;
        }

        var labelWidth = axis.Ticks.Max(tick => Width(pen, tick.Text));
        var data = new SKRect(area.Left + labelWidth + Gap, area.Top + (TextHeight / 2), area.Right, area.Bottom - TextHeight - Gap);
        PaintTicks(pen, area.Left, labelWidth, data);
        // a dot on the edge is not cut in half
        var rim = (axis.High - axis.Low) * Rim / data.Height;
        var side = (double)chart.Labels.Count * Rim / data.Width;
        var plot = NewPlot(-0.5 - side, chart.Labels.Count - 0.5 + side, axis.Low - rim, axis.High + rim);
        foreach (var (value, _) in axis.Ticks)
        {
            plot.Add.HorizontalLine(value, 0.5f, Color.FromSKColor(Look.Rule));
        }

        if (chart.Kind == ChartKind.Bar)
        {
            AddBars(plot);
        }
        else
        {
            AddLines(plot);
        }

        Render(plot, pen.Canvas!, SKRect.Inflate(data, Rim, Rim));
        Fill(pen.Canvas!, data.Left, (float)(data.Bottom - (axis.Share(Math.Clamp(0, axis.Low, axis.High)) * data.Height)), data.Width, 0.75f, Look.Note);
        PaintLabels(pen, data, area.Left);
    }

    private static Plot NewPlot(double left, double right, double bottom, double top)
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.HideAxesAndGrid();
        plot.Layout.Frameless();
        plot.Axes.SetLimits(left, right, bottom, top);
        return plot;
    }

    private static void Render(Plot plot, SKCanvas canvas, SKRect area)
    {
        canvas.Save();
        // ScottPlot wipes its canvas before it draws
        canvas.ClipRect(area);
        canvas.Translate(area.Left, area.Top);
        plot.Render(canvas, new PixelRect(0, area.Width, area.Height, 0));
        canvas.Restore();
    }

    private static Color ColorOf(int index) => Color.FromHex(ChartPalette.Of(index));

    private static SKColor SkColorOf(int index) => SKColor.Parse(ChartPalette.Of(index));

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static float Width(TextPen pen, string text, bool isBold = false) => pen.Fonts(isBold).Measure(text) * Look.NoteSize;

    private static void Set(TextPen pen, string text, TextStyle style, float left, float y, float width, bool atRight = false) =>
        pen.Set(text, style, left, width, y, atRight);

    private static void Fill(SKCanvas canvas, float x, float y, float width, float height, SKColor color)
    {
        using var paint = new SKPaint { Color = color };
        canvas.DrawRect(x, y, width, height, paint);
    }

    private IEnumerable<(string Text, SKColor Color)> Legend()
    {
        if (chart.Kind != ChartKind.Pie)
        {
            return chart.Series.Select((series, index) => (OneLine(series.Name), SkColorOf(index)));
        }

        var values = chart.Series.First().Values;
        var sum = values.Where(value => value > 0).Sum();
        return chart.Labels.Select((label, index) =>
            (string.Create(chart.Culture, $"{OneLine(label)}  {(sum > 0 && values[index] > 0 ? values[index] / sum : 0):P1}"), SkColorOf(index)));
    }

    private void AddBars(Plot plot)
    {
        var series = chart.Series.ToList();
        var width = 0.76 / series.Count * Math.Min(1, (chart.Labels.Count + 1.0) / (FewBars + 1));
        for (var index = 0; index < series.Count; index++)
        {
            var bars = series[index].Values.Select((value, place) => new Bar
            {
                Position = place + ((index - ((series.Count - 1) / 2d)) * width),
                Value = double.IsNaN(value) ? 0 : value,
                Size = width,
                FillColor = ColorOf(index),
                LineWidth = 0,
            });
            plot.Add.Bars(bars.ToArray());
        }
    }

    private void AddLines(Plot plot)
    {
        var index = 0;
        foreach (var (_, values) in chart.Series)
        {
            var color = ColorOf(index++);
            foreach (var points in Stretches(chart.Places, values))
            {
                var line = plot.Add.Scatter(points, color);
                line.LineWidth = 1.5f;
                line.MarkerSize = chart.Labels.Count <= 40 || points.Length == 1 ? 4 : 0;
            }
        }
    }

    /// <summary>A line has a gap where a value is missing.</summary>
    private static IEnumerable<Coordinates[]> Stretches(IReadOnlyList<double> places, IReadOnlyList<double> values)
    {
        List<Coordinates> stretch = [];
        for (var index = 0; index <= values.Count; index++)
        {
            if (index < values.Count && double.IsFinite(values[index]))
            {
                stretch.Add(new Coordinates(places[index], values[index]));
            }
            else if (stretch.Count > 0)
            {
                yield return [.. stretch];
                stretch.Clear();
            }
        }
    }

    private void PaintPie(TextPen pen, SKRect area)
    {
        var size = Math.Min(area.Height, area.Width / 2);
        var plot = NewPlot(-1.05, 1.05, -1.05, 1.05);
        var values = chart.Series.First().Values;
        var pie = plot.Add.Pie(values.Select((value, index) => new PieSlice(value > 0 ? value : 0, ColorOf(index))).ToList());
        pie.LineColor = Colors.White;
        pie.LineWidth = 1;
        plot.Axes.SetLimits(-1.05, 1.05, -1.05, 1.05);
        Render(plot, pen.Canvas!, SKRect.Create(area.Left, area.Top, size, size));
        var y = area.Top + Math.Max(0, (size - (legend.Count * (TextHeight + 4))) / 2);
        foreach (var (text, color) in legend)
        {
            PaintLegend(pen, text, color, area.Left + size + 16, y, area.Right);
            y += TextHeight + 4;
        }
    }

    private void PaintLegendRow(TextPen pen, SKRect area)
    {
        var x = area.Left;
        foreach (var (text, color) in legend)
        {
            PaintLegend(pen, text, color, x, area.Top, area.Right);
            x += 11 + Width(pen, text) + 14;
        }
    }

    private static void PaintLegend(TextPen pen, string text, SKColor color, float x, float y, float right)
    {
        Fill(pen.Canvas!, x, y + 2, 7, 7, color);
        Set(pen, Shortened(pen, text, right - x - 11), TextStyle.Note, x + 11, y + TextHeight - 2.8f, right - x - 11);
    }

    private void PaintTicks(TextPen pen, float left, float labelWidth, SKRect data)
    {
        foreach (var (value, text) in axis.Ticks)
        {
            Set(pen, text, TextStyle.Note, left, (float)(data.Bottom - (axis.Share(value) * data.Height)) + 3, labelWidth, atRight: true);
        }
    }

    /// <summary>As many labels as stand side by side, each under its point.</summary>
    private void PaintLabels(TextPen pen, SKRect data, float left)
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
                Set(pen, text, TextStyle.Note, x, data.Bottom + TextHeight + 2, width + 1);
                end = x + width;
            }
        }
    }

    private static string Shortened(TextPen pen, string text, float width, bool isBold = false)
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
