namespace ReportScheduler.Exports.Charts;

/// <summary>The points of a chart over time, in the order of their dates. When there are more than
/// can be told apart, days become weeks, months, quarters and years.</summary>
/// <param name="isAverage">For each series, whether the values of a point are averaged, as shares are, and not added up.</param>
/// <param name="most">How many points there may be.</param>
internal sealed class DatePoints(IReadOnlyList<bool> isAverage, int most)
{
    private readonly SortedList<DateTime, PointSums> bins = [];
    private DateTime newestRemoved = DateTime.MinValue;

    /// <summary>What a point stands for; a unit longer than an instant where rows were put together for it.</summary>
    public DateUnit Unit { get; private set; }

    /// <summary>Whether a point stands for several rows of the same time.</summary>
    public bool IsSummed { get; private set; }

    /// <summary>How many rows are older than the points.</summary>
    public long Beyond { get; private set; }

    public IReadOnlyList<DateTime> Times => [.. bins.Keys];

    public IReadOnlyList<double> Values(int series) => [.. bins.Values.Select(bin => bin.Value(series, isAverage[series]))];

    public void Add(DateTime at, ReadOnlySpan<double> values)
    {
        var key = DateUnits.Start(Unit, at);
        if (key <= newestRemoved && newestRemoved > DateTime.MinValue)
        {
            Beyond++;
            return;
        }

        if (bins.TryGetValue(key, out var bin))
        {
            IsSummed = true;
        }
        else
        {
            bins.Add(key, bin = new PointSums(isAverage.Count));
        }

        bin.Add(values);
        while (bins.Count > most)
        {
            Coarsen();
        }
    }

    // After years there is nothing longer: the newest stay.
    private void Coarsen()
    {
        if (Unit == DateUnit.Year)
        {
            newestRemoved = bins.Keys[0];
            Beyond += bins.Values[0].Rows;
            bins.RemoveAt(0);
            return;
        }

        Unit++;
        var before = bins.ToList();
        bins.Clear();
        foreach (var (time, bin) in before)
        {
            var key = DateUnits.Start(Unit, time);
            if (bins.TryGetValue(key, out var known))
            {
                known.Add(bin);
            }
            else
            {
                bins.Add(key, bin);
            }
        }
    }
}
