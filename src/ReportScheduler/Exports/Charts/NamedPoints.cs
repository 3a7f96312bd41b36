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
    private readonly List<Bar> bars = [];
    private readonly Bar rest = new(other, isAverage.Count);

    /// <summary>Whether a name had more than one row.</summary>
    public bool IsSummed { get; private set; }

    /// <summary>Whether the last bar is for all that have none of their own.</summary>
    public bool HasOthers => bars.Count > Most + 1 || rest.Rows > 0;

    public IReadOnlyList<string> Labels => [.. Shown().Select(bar => bar.Label)];

    public IReadOnlyList<double> Values(int series) => [.. Shown().Select(bar => bar.Value(series, isAverage[series]))];

    public void Add(string label, ReadOnlySpan<double> values)
    {
        if (places.TryGetValue(label, out var place))
        {
            IsSummed = true;
            bars[place].Add(values);
        }
        else if (bars.Count < MostNames)
        {
            places.Add(label, bars.Count);
            bars.Add(new Bar(label, isAverage.Count));
            bars[^1].Add(values);
        }
        else
        {
            rest.Add(values);
        }
    }

    private List<Bar> Shown()
    {
        if (!HasOthers)
        {
            return bars;
        }

        var ranking = bars.OrderByDescending(bar => Math.Abs(bar.Value(0, isAverage[0])) is var size && double.IsNaN(size) ? -1 : size)
            .ToList();
        var others = new Bar(rest.Label, isAverage.Count);
        others.Add(rest);
        ranking.Skip(Most).ToList().ForEach(others.Add);
        return [.. ranking.Take(Most), others];
    }

    private sealed class Bar(string label, int series)
    {
        private readonly double[] sums = new double[series];
        private readonly long[] counts = new long[series];

        public string Label => label;

        public long Rows { get; private set; }

        public double Value(int of, bool isAverage) => counts[of] == 0 ? double.NaN : isAverage ? sums[of] / counts[of] : sums[of];

        public void Add(ReadOnlySpan<double> values)
        {
            Rows++;
            for (var series = 0; series < values.Length; series++)
            {
                if (!double.IsNaN(values[series]))
                {
                    sums[series] += values[series];
                    counts[series]++;
                }
            }
        }

        public void Add(Bar other)
        {
            Rows += other.Rows;
            for (var series = 0; series < sums.Length; series++)
            {
                sums[series] += other.sums[series];
                counts[series] += other.counts[series];
            }
        }
    }
}
