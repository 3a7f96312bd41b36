namespace ReportScheduler.Exports.Charts;

/// <summary>The bars of names: rows of the same name are added up. Of very many the
/// greatest stand in their order, and one is for all others.</summary>
/// <param name="isAverage">For each series, whether the values of a name are averaged, as shares are, and not added up.</param>
/// <param name="other">The name of the others.</param>
internal sealed class NamedPoints(IReadOnlyList<bool> isAverage, string other)
{
    /// <summary>How many bars have a name of their own.</summary>
    public const int Most = 15;

    private const int MostNames = 50_000;

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<(string Label, PointSums Sums)> bars = [];
    private readonly PointSums rest = new(isAverage.Count);

    /// <summary>Whether a name had more than one row.</summary>
    public bool IsSummed { get; private set; }

    /// <summary>Whether the last bar is for all that have none of their own.</summary>
    public bool HasOthers => bars.Count > Most + 1 || rest.Rows > 0;

    public IReadOnlyList<string> Labels => [.. Shown().Select(bar => bar.Label)];

    public IReadOnlyList<double> Values(int series) => [.. Shown().Select(bar => bar.Sums.Value(series, isAverage[series]))];

    public void Add(string label, ReadOnlySpan<double> values)
    {
        if (places.TryGetValue(label, out var place))
        {
            IsSummed = true;
            bars[place].Sums.Add(values);
        }
        else if (bars.Count < MostNames)
        {
            places.Add(label, bars.Count);
            bars.Add((label, new PointSums(isAverage.Count)));
            bars[^1].Sums.Add(values);
        }
        else
        {
            rest.Add(values);
        }
    }

    private List<(string Label, PointSums Sums)> Shown()
    {
        if (!HasOthers)
        {
            return bars;
        }

        var ranking = bars.OrderByDescending(bar => Size(bar.Sums)).ToList();
        var others = new PointSums(isAverage.Count);
        others.Add(rest);
        ranking.Skip(Most).ToList().ForEach(bar => others.Add(bar.Sums));
        return [.. ranking.Take(Most), (other, others)];
    }

    private double Size(PointSums sums) => Math.Abs(sums.Value(0, isAverage[0])) is var size && double.IsNaN(size) ? -1 : size;
}
