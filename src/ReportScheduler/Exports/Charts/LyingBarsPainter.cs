using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Exports.Charts;

/// <summary>Draws bars that lie, each with its name before it and, where there is room, its value behind it.</summary>
internal sealed class LyingBarsPainter(ChartCanvas canvas)
{
    private const float TextHeight = ChartCanvas.TextHeight;
    private const float Gap = ChartCanvas.Gap;
    private const float Share = 0.72f;
    private const float LeastHeight = 7;
    private const int LongestInFull = 9;

    /// <summary>Few bars are not made higher.</summary>
    private const float MostRow = 34;

    private readonly DrawnChart chart = canvas.Chart;

    // a value behind each bar says more than gridlines
    private readonly bool hasValues = canvas.Chart.First.Count == 1 || canvas.Chart.HasValueLabels;

    private readonly List<Action> labels = [];

    private readonly bool isInFull = canvas.Chart.First.All(series => DrawnChart.IsExact(series) &&
        series.Values.All(value => canvas.Chart.Text(series, value).Length <= LongestInFull));

    public void Paint(Area area)
    {
        area = area with { Top = area.Top + canvas.Legend(area) };

        var axis = Plot.FirstAxis(chart);
        var names = Math.Min(chart.Labels.Max(label => canvas.Width(ChartCanvas.OneLine(label))), area.Width * 0.4f);
        var values = hasValues ? chart.First.SelectMany(series => series.Values.Select(value => canvas.Width(Text(series, value))))
            .Append(chart.IsStacked ? Sums().Max(sum => canvas.Width(Text(chart.First[0], sum))) : 0).Max() + Gap : Gap;
        var isBelow = chart.Extent.Any(value => value < 0);
        var data = new Area(area.Left + names + Gap + (isBelow ? values : 0), area.Top, area.Right - values,
            area.Bottom - (hasValues ? 0 : TextHeight));
        data = data with { Bottom = Math.Min(data.Bottom, data.Top + (MostRow * chart.Labels.Count)) };
        // without gridlines the bars take the whole room
        var known = chart.Extent.Where(double.IsFinite).Append(0).ToList();
        var (low, high) = hasValues && known.Max() > known.Min() ? (Math.Max(known.Min(), axis.Low), Math.Min(known.Max(), axis.High))
            : (axis.Low, axis.High);
        float At(double value) =>
            (float)(data.Left + (((Math.Clamp(value, low, high) / 2) - (low / 2)) / ((high / 2) - (low / 2)) * data.Width));
        PaintTicks(axis, data, At);
        labels.Clear();
        PaintNames(area.Left, names, data);
        if (chart.IsStacked)
        {
            PaintStacks(data, At, values);
        }
        else
        {
            PaintBars(data, At, values);
        }

        canvas.Pen.Fill(At(0), data.Top, 0.75f, data.Height, canvas.Shades.Muted.Value);
        PaintTarget(data, At);
        // the dashes strike no number through
        labels.ForEach(label => label());
    }

    // In full where that is short enough: what is shown is compared.
    private string Text(ChartSeries series, double value) => isInFull ? chart.Text(series, value) : chart.Short(series, value);

    private IEnumerable<double> Sums() => Enumerable.Range(0, chart.Labels.Count).Select(place => chart.Ends(place).Sum());

    private void PaintTicks(ChartAxis axis, Area data, Func<double, float> at)
    {
        if (hasValues)
        {
            return;
        }

        foreach (var (value, text) in axis.Ticks)
        {
            canvas.Pen.Fill(at(value), data.Top, 0.5f, data.Height, canvas.Shades.Line.Value);
            canvas.Centered(DrawnChart.Minus(text), canvas.Note, at(value), data.Bottom + TextHeight - 1, data.Left - Gap,
                data.Right + Gap);
        }
    }

    private void PaintNames(float left, float width, Area data)
    {
        var row = data.Height / chart.Labels.Count;
        for (var place = 0; place < chart.Labels.Count; place++)
        {
            canvas.Pen.Set(canvas.Shortened(ChartCanvas.OneLine(chart.Labels[place]), width), canvas.Label, left, width,
                data.Top + ((place + 0.5f) * row) + 3, atRight: true);
        }
    }

    private void PaintBars(Area data, Func<double, float> at, float room)
    {
        var row = data.Height / chart.Labels.Count;
        var height = row * Share / chart.First.Count;
        for (var place = 0; place < chart.Labels.Count; place++)
        {
            var top = data.Top + (place * row) + (row * (1 - Share) / 2);
            for (var index = 0; index < chart.First.Count; index++)
            {
                var series = chart.First[index];
                var value = series.Values[place];
                if (!double.IsFinite(value))
                {
                    continue;
                }

                var (left, right) = (at(Math.Min(value, 0)), at(Math.Max(value, 0)));
                canvas.Pen.Fill(left, top + (index * height), Math.Max(right - left, 0), height,
                    chart.Kind == ChartKind.Pie ? canvas.ColorOf(0) : canvas.ColorOf(series));
                if (hasValues && height >= LeastHeight)
                {
                    Value(Text(series, value), value < 0 ? left : right, top + ((index + 0.5f) * height) + 3, room, value < 0);
                }
            }
        }
    }

    private void PaintStacks(Area data, Func<double, float> at, float room)
    {
        var row = data.Height / chart.Labels.Count;
        for (var place = 0; place < chart.Labels.Count; place++)
        {
            var top = data.Top + (place * row) + (row * (1 - Share) / 2);
            foreach (var (series, from, to) in StackedBarsPainter.Parts(chart, place))
            {
                var (left, right) = (at(Math.Min(from, to)), at(Math.Max(from, to)));
                canvas.Pen.Fill(left, top, Math.Max(right - left - 0.5f, 0), row * Share, canvas.ColorOf(series));
                if (chart.HasValueLabels && Text(series, to - from) is var text && canvas.Width(text) + 4 <= right - left)
                {
                    canvas.Centered(text, canvas.Label with { Color = ChartCanvas.InkOn(canvas.ColorOf(series)) }, (left + right) / 2,
                        top + (row * Share / 2) + 3, left, right);
                }
            }

            if (hasValues)
            {
                var ends = chart.Ends(place);
                Value(Text(chart.First[0], ends.Sum()), at(ends[1]), top + (row * Share / 2) + 3, room, isLeft: false);
            }
        }
    }

    private void Value(string text, float end, float y, float room, bool isLeft) => labels.Add(() =>
    {
        var width = canvas.Width(text);
        if (chart.Target is not null)
        {
            canvas.Pen.Fill(isLeft ? end - width - (Gap / 2) - 1 : end + (Gap / 2) - 1, y - 7, width + 2, 9, canvas.Shades.Paper.Value);
        }

        canvas.Pen.Set(text, canvas.Note, isLeft ? end - room : end + (Gap / 2), room - (Gap / 2), y, atRight: isLeft);
    });

    private void PaintTarget(Area data, Func<double, float> at)
    {
        if (chart.Target is { } target)
        {
            canvas.Dashed(at(target), data.Top, data.Height, isUpright: true, canvas.Shades.Ink.Value);
        }
    }
}
