namespace ReportScheduler.Exports.Charts;

/// <summary>The slices of a pie: the greatest ones in the order of the rows, and one for all others.</summary>
internal sealed class PieSlices
{
    private const string Others = "Other";
    private const int Most = 12;
    private const int MostHeld = 256;

    private readonly List<(string Label, double Value)> slices = [];
    private double rest;
    private bool isWhole = true;

    /// <summary>Whether a value below zero was left out: nothing can be less than no slice.</summary>
    public bool HasNegative { get; private set; }

    public IReadOnlyList<string> Labels => [.. Shown().Select(slice => slice.Label)];

    public IReadOnlyList<double> Values => [.. Shown().Select(slice => slice.Value)];

    /// <summary>Adds a row. One without a value has no slice.</summary>
    public void Add(string label, double value)
    {
        HasNegative |= value < 0;
        if (value > 0)
        {
            slices.Add((label, value));
        }

        if (slices.Count > MostHeld)
        {
            Shrink();
        }
    }

    private List<(string Label, double Value)> Shown()
    {
        if (slices.Count > Most || (!isWhole && slices.Count >= Most))
        {
            Shrink();
        }

        return isWhole ? slices : [.. slices, (Others, rest)];
    }

    // What is not among the greatest now will not be among them later.
    private void Shrink()
    {
        var least = slices.Select((slice, place) => (slice.Value, Place: place)).OrderBy(pair => pair.Value).ThenByDescending(pair => pair.Place)
            .Take(slices.Count - (Most - 1)).Select(pair => pair.Place).OrderDescending().ToList();
        foreach (var place in least)
        {
            rest += slices[place].Value;
            slices.RemoveAt(place);
        }

        isWhole = false;
    }
}
