namespace ReportScheduler.Exports.Charts;

/// <summary>Writes values beside bars, lines and areas, where they have room.</summary>
internal sealed class ValueLabelPainter(ChartCanvas canvas)
{
    // A tall line of text and some air.
    private const float LeastPart = 10;
    private const float Above = 3;

    public void Paint(Plot plot)
    {
        var chart = plot.Chart;
        if (chart.Kind == ChartKind.StackedBar)
        {
            PaintStacks(plot);
        }
        else if (chart.Kind == ChartKind.Bar)
        {
            PaintBars(plot);
        }
        else if (chart.IsStacked)
        {
            PaintRow(plot, plot.X, place => (chart.Ends(place)[1], plot.Y(chart.Ends(place)[1])), chart.First[0]);
        }
        else
        {
            chart.First.ToList().ForEach(series => PaintLine(plot, series));
        }

        chart.Second.ToList().ForEach(series => PaintLine(plot, series));
    }

    private void PaintLine(Plot plot, ChartSeries series) =>
        PaintRow(plot, place => plot.X(plot.Chart.Places[(int)place]),
            place => (series.Values[place], plot.Y(series, series.Values[place])), series);

    private void PaintBars(Plot plot)
    {
        var first = plot.Chart.First;
        var width = BarsPainter.Width(plot.Chart.Labels.Count) / first.Count;
        for (var index = 0; index < first.Count; index++)
        {
            var series = first[index];
            var shift = (index - ((first.Count - 1) / 2d)) * width;
            PaintRow(plot, place => plot.X(place + shift), place => (series.Values[place], plot.Y(series.Values[place])), series,
                first.Count);
        }
    }

    private void PaintStacks(Plot plot)
    {
        var width = (float)(BarsPainter.Width(plot.Chart.Labels.Count) * plot.Room);
        for (var place = 0; place < plot.Chart.Labels.Count; place++)
        {
            foreach (var (series, from, to) in StackedBarsPainter.Parts(plot.Chart, place))
            {
                var (top, bottom) = (plot.Y(Math.Max(from, to)), plot.Y(Math.Min(from, to)));
                var text = Text(series, to - from);
                if (bottom - top >= LeastPart && canvas.Width(text) <= width - 2)
                {
                    canvas.Centered(text, canvas.Label with { Color = ChartCanvas.InkOn(canvas.ColorOf(series)) }, plot.X(place),
                        ((top + bottom) / 2) + Above, plot.Data.Left, plot.Data.Right);
                }
            }
        }

        if (plot.Chart.First.Count > 1)
        {
            PaintRow(plot, plot.X, place => (plot.Chart.Ends(place).Sum(), plot.Y(plot.Chart.Ends(place)[1])), plot.Chart.First[0]);
        }
    }

    // All of a row or, where they have no room, the greatest and the last, which is the newest.
    private void PaintRow(Plot plot, Func<double, float> x, Func<int, (double Value, float Y)> at, ChartSeries series, int abreast = 1)
    {
        int[] places = [.. Enumerable.Range(0, plot.Chart.Labels.Count).Where(place => double.IsFinite(at(place).Value))];
        if (places.Length == 0)
        {
            return;
        }

        string[] texts = [.. places.Select(place => Text(series, at(place).Value))];
        if (texts.Max(text => canvas.Width(text)) > (plot.Room / abreast) - 1)
        {
            if (abreast > 1)
            {
                return;
            }

            var greatest = places.MaxBy(place => at(place).Value);
            places = places[^1] == greatest || plot.X(places[^1]) - plot.X(greatest) < canvas.Width("0000000") ? [greatest]
                : [greatest, places[^1]];
        }

        foreach (var place in places)
        {
            var (value, y) = at(place);
            // below a bar that hangs
            var isBelow = value < 0 && plot.Chart.Kind is ChartKind.Bar;
            canvas.Centered(Text(series, value), canvas.Label, x(place),
                isBelow ? y + ChartCanvas.TextHeight - 2 : Math.Max(y - Above, plot.Data.Top + 2), plot.Data.Left, plot.Data.Right);
        }
    }

    private string Text(ChartSeries series, double value) => canvas.Chart.Short(series, value);
}
