namespace ReportScheduler.Exports.Charts;

/// <summary>The slices of a pie: a name has the sum of its rows; the greatest stand
/// in the order of the rows, and one is for all others.</summary>
internal sealed class PieSlices(string other)
{
    /// <summary>More slices than this cannot be compared: they are drawn as bars.</summary>
    public const int MostAsPie = 5;

    private const int Most = 15;
    private const int MostNames = 50_000;

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<(string Label, double Value)> sums = [];
    private double rest;

    /// <summary>Whether a sum below zero is left out: nothing can be less than no slice.</summary>
    public bool HasNegative => sums.Exists(sum => sum.Value < 0);

    /// <summary>Whether a name had more than one row.</summary>
    public bool IsSummed { get; private set; }

    /// <summary>Whether the last slice is for all that have none of their own.</summary>
    public bool HasOthers => rest > 0 || sums.Count(sum => sum.Value > 0) > Most + 1;

    public IReadOnlyList<string> Labels => [.. Shown().Select(slice => slice.Label)];

    public IReadOnlyList<double> Values => [.. Shown().Select(slice => slice.Value)];

    /// <summary>Adds a row. One without a value has no slice.</summary>
    public void Add(string label, double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        if (places.TryGetValue(label, out var place))
        {
            IsSummed = true;
            sums[place] = (label, sums[place].Value + value);
        }
        else if (sums.Count < MostNames)
        {
            places.Add(label, sums.Count);
            sums.Add((label, value));
        }
        else
        {
            rest += Math.Max(value, 0);
        }
    }

    private List<(string Label, double Value)> Shown()
    {
        var slices = sums.FindAll(sum => sum.Value > 0);
        if (!HasOthers)
        {
            return slices;
        }

        var greatest = slices.Select((slice, place) => (slice.Value, Place: place)).OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Place)
            .Take(Most).Select(pair => pair.Place).ToHashSet();
        var others = rest + slices.Where((_, place) => !greatest.Contains(place)).Sum(slice => slice.Value);
        return [.. slices.Where((_, place) => greatest.Contains(place)), (other, others)];
    }
}
