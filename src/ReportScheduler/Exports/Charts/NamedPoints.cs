namespace ReportScheduler.Exports.Charts;

/// <summary>The bars of names: rows of the same name are added up. Of very many the
/// greatest stand in their order, and one is for all others.</summary>
/// <param name="isAverage">For each column, whether the values of a name are averaged, as shares are, and not added up.</param>
/// <param name="isSplit">There are more series than columns.</param>
/// <param name="other">The name of the others.</param>
internal sealed class NamedPoints(IReadOnlyList<bool> isAverage, bool isSplit, string other)
{
    /// <summary>How many bars have a name of their own.</summary>
    public const int Most = 15;

    private const int MostNames = 50_000;
    private const int MostNamesOfSeries = 5_000;

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<(string Label, PointSums Sums)> bars = [];
    private readonly PointSums rest = new();
    private List<(string Label, PointSums Sums)>? shown;
    private int series = isAverage.Count;

    /// <summary>Whether a name had more than one row.</summary>
    public bool IsSummed { get; private set; }

    /// <summary>Whether the last bar is for all that have none of their own.</summary>
    public bool HasOthers => bars.Count > Most + 1 || rest.Rows > 0;

    public IReadOnlyList<string> Labels => [.. Shown().Select(bar => bar.Label)];

    public IReadOnlyList<double> Values(int[] of) => [.. Shown().Select(bar => bar.Sums.Value(of, isAverage[isSplit ? 0 : of[0]]))];

    /// <param name="label">The name.</param>
    /// <param name="values">The values of the row.</param>
    /// <param name="first">The series of the first of them.</param>
    public void Add(string label, ReadOnlySpan<double> values, int first = 0)
    {
        shown = null;
        series = Math.Max(series, first + values.Length);
        if (places.TryGetValue(label, out var place))
        {
            IsSummed = true;
            bars[place].Sums.Add(values, first);
        }
        else if (bars.Count < (isSplit ? MostNamesOfSeries : MostNames))
        {
            places.Add(label, bars.Count);
            bars.Add((label, new PointSums()));
            bars[^1].Sums.Add(values, first);
        }
        else
        {
            rest.Add(values, first);
        }
    }

    private List<(string Label, PointSums Sums)> Shown() => shown ??= HasOthers ? Ranking() : bars;

    private List<(string Label, PointSums Sums)> Ranking()
    {
        int[] all = isSplit ? [.. Enumerable.Range(0, series)] : [0];
        var ranking = bars.OrderByDescending(bar => Size(bar.Sums, all)).ToList();
        var others = new PointSums();
        others.Add(rest);
        ranking.Skip(Most).ToList().ForEach(bar => others.Add(bar.Sums));
        return [.. ranking.Take(Most), (other, others)];
    }

    private double Size(PointSums sums, int[] of) => Math.Abs(sums.Value(of, isAverage[0])) is var size && double.IsNaN(size) ? -1 : size;
}
