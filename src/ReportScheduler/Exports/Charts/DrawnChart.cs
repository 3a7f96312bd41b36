using System.Globalization;
using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Exports.Charts;

/// <summary>A chart whose rows have all been seen, as it is drawn.</summary>
internal sealed record DrawnChart
{
    public required ChartKind Kind { get; init; }

    /// <summary>Whether its bars lie.</summary>
    public required bool IsHorizontal { get; init; }

    /// <summary>Whether the series stand one upon the other.</summary>
    public required bool IsStacked { get; init; }

    /// <summary>Whether its points stand in the distance of their dates.</summary>
    public required bool IsTimeline { get; init; }

    /// <summary>Whether its points are units of time: their names are never cut, where "2026…" would be each of them.</summary>
    public required bool IsOverTime { get; init; }

    /// <summary>The colours and the font.</summary>
    public required Theme Theme { get; init; }

    public required string Title { get; init; }

    /// <summary>What people should know who look at it; null for nothing.</summary>
    public required string? Note { get; init; }

    public required CultureInfo Culture { get; init; }

    /// <summary>The text of each point along the axis.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Where each point stands, between 0 and the number of points less one.</summary>
    public required IReadOnlyList<double> Places { get; init; }

    /// <summary>The texts below a time axis with their places; empty where each point has its label.</summary>
    public required IReadOnlyList<(double Place, string Text)> Ticks { get; init; }

    /// <summary>Where a line stands that the values are held against; null for none.</summary>
    public required double? Target { get; init; }

    /// <summary>What stands at the line.</summary>
    public required string TargetName { get; init; }

    /// <summary>The phrase for a series whose axis is at the right.</summary>
    public required string SecondName { get; init; }

    /// <summary>Whether values are written beside what is drawn.</summary>
    public required bool HasValueLabels { get; init; }

    // More texts do not stand side by side.
    private const int MostAbreast = 16;

    /// <summary>Whether only the marks of the time axis have texts.</summary>
    public bool HasMarksOnly => Labels.Count > MostAbreast && Ticks.Count > 0;

    /// <summary>The texts along the axis for a program that writes each of them; empty where one has no room.</summary>
    public IReadOnlyList<string> AxisLabels => !HasMarksOnly ? Labels
        : [.. Labels.Select((_, place) => Ticks.FirstOrDefault(tick => NearestTo(tick.Place) == place).Text ?? "")];

    private int NearestTo(double place) => Enumerable.Range(0, Places.Count).MinBy(index => Math.Abs(Places[index] - place));

    /// <summary>The series of the axis at the left, or of the one that there is.</summary>
    public IReadOnlyList<ChartSeries> First => field ??= [.. Series.Where(series => !series.IsSecond)];

    /// <summary>The series of the axis at the right.</summary>
    public IReadOnlyList<ChartSeries> Second => field ??= [.. Series.Where(series => series.IsSecond)];

    /// <summary>What the axis at the left must have room for.</summary>
    public IEnumerable<double> Extent => (IsStacked
        ? Enumerable.Range(0, Labels.Count).SelectMany(Ends)
        : First.SelectMany(one => one.Values))
        .Concat(Target is { } target ? [target] : []);

    /// <summary>What the parts of a point come to, below zero and above.</summary>
    public double[] Ends(int place) =>
    [
        First.Sum(series => Math.Min(Known(series.Values[place]), 0)),
        First.Sum(series => Math.Max(Known(series.Values[place]), 0)),
    ];

    /// <summary>The greatest that the axis of a series has room for, whatever its sign.</summary>
    public double Greatest(ChartSeries series) => (series.IsSecond ? Second.SelectMany(one => one.Values) : Extent)
        .Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>A value as it stands beside what is drawn: short where values are large.</summary>
    public string Short(ChartSeries series, double value) => !double.IsFinite(value) ? ""
        : Minus(AxisText.Compact(value, Greatest(series), series.TextOf(1), Culture) ?? series.TextOf(value) ?? Rounded(series, value));

    /// <summary>A value as text for people.</summary>
    public string Text(ChartSeries series, double value) =>
        !double.IsFinite(value) ? "" : Minus(series.TextOf(value) ?? Plain(value));

    /// <summary>Whether all values of a series are shown whole by their texts.</summary>
    public static bool IsExact(ChartSeries series) => series.TextOf(1) is not null
        || series.Values.All(value => !double.IsFinite(value) || Math.Truncate(value) == value);

    /// <summary>A number with a true minus sign, as in tables.</summary>
    public static string Minus(string text) => text.StartsWith('-') ? $"−{text[1..]}" : text;

    // Three digits say enough beside a bar.
    private string Rounded(ChartSeries series, double value) => Greatest(series) switch
    {
        >= 1e15 or < 0.005 => Plain(value),
        >= 100 => value.ToString("#,##0", Culture),
        >= 10 => value.ToString("#,##0.#", Culture),
        _ => value.ToString("0.##", Culture),
    };

    private string Plain(double value) => Math.Abs(value) is >= 1e15 or (> 0 and < 0.005)
        ? value.ToString("0.##E+0", Culture)
        : value.ToString("#,##0.##", Culture);

    private static double Known(double value) => double.IsFinite(value) ? value : 0;
}
