using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Exports.Charts;

/// <summary>Where points and values are in the area of a chart.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="Data">Between the axes.</param>
/// <param name="First">The axis at the left.</param>
/// <param name="Second">The axis at the right; null for none.</param>
internal sealed record Plot(DrawnChart Chart, Area Data, ChartAxis First, ChartAxis? Second)
{
    /// <summary>Where bars begin: at zero, which is always on their axis.</summary>
    public double Zero => Math.Clamp(0, First.Low, First.High);

    /// <summary>How wide the room of a point is.</summary>
    public float Room => Data.Width / Chart.Labels.Count;

    public static ChartAxis FirstAxis(DrawnChart chart) =>
        new(chart.Extent, chart.Kind != ChartKind.Line, chart.Culture, chart.First[0].TextOf);

    public static ChartAxis? SecondAxis(DrawnChart chart) => chart.Second.Count == 0 ? null
        : new ChartAxis(chart.Second.SelectMany(series => series.Values), withZero: true, chart.Culture, chart.Second[0].TextOf);

    public float Y(double value) => (float)(Data.Bottom - (First.Share(value) * Data.Height));

    public float Y(ChartSeries series, double value) =>
        series.IsSecond ? (float)(Data.Bottom - (Second!.Share(value) * Data.Height)) : Y(value);

    /// <summary>The middle of a place along the axis.</summary>
    public float X(double place) => (float)(Data.Left + (Room * (place + 0.5)));
}
