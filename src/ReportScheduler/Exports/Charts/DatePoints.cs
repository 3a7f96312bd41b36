namespace ReportScheduler.Exports.Charts;

/// <summary>The points of a chart over time, in the order of their dates. When there are more than
/// can be told apart, days become weeks, months, quarters and years.</summary>
/// <param name="isAverage">For each column, whether the values of a point are averaged, as shares are, and not added up.</param>
/// <param name="isSplit">There are more series than columns.</param>
/// <param name="most">How many points there may be.</param>
/// <param name="unit">What a point stands for at least.</param>
/// <param name="isEven">A unit without rows has a point too, so that points stand as far apart as their dates.</param>
internal sealed class DatePoints(IReadOnlyList<bool> isAverage, bool isSplit, int most, DateUnit unit, bool isEven)
{
    private static readonly PointSums Nothing = new();

    private readonly SortedList<DateTime, PointSums> bins = [];
    private List<(DateTime Time, PointSums Sums)>? shown;
    private DateTime first = DateTime.MaxValue;
    private DateTime last = DateTime.MinValue;
    private DateTime before = DateTime.MinValue;
    private TimeSpan leastStep = TimeSpan.FromDays(31);
    private bool areMonths = true;
    private DateTime newestRemoved = DateTime.MinValue;

    /// <summary>What a point stands for; a unit longer than an instant where rows were put together for it.</summary>
    public DateUnit Unit { get; private set; } = unit;

    /// <summary>Whether a point stands for several rows of the same time.</summary>
    public bool IsSummed { get; private set; }

    /// <summary>How many rows are older than the points.</summary>
    public long Beyond { get; private set; }

    /// <summary>The days of the first and of the last row where these do not fill the week, or
    /// longer unit, that they are in; null where they do.</summary>
    public (DateTime First, DateTime Last)? Partial
    {
        get
        {
            if (Unit < DateUnit.Week || bins.Count == 0)
            {
                return null;
            }

            var end = areMonths ? DateUnits.Next(DateUnit.Month, last).Ticks : last.Date.Ticks + leastStep.Ticks;
            var isFirstPartial = !areMonths && first.Date.Ticks - leastStep.Ticks >= bins.Keys[0].Ticks;
            return Beyond == 0 && (isFirstPartial || end < DateUnits.Next(Unit, bins.Keys[^1]).Ticks) ? (first.Date, last.Date) : null;
        }
    }

    public IReadOnlyList<DateTime> Times => [.. Shown().Select(bin => bin.Time)];

    public IReadOnlyList<double> Values(int[] of) => [.. Shown().Select(bin => bin.Sums.Value(of, isAverage[isSplit ? 0 : of[0]]))];

    /// <param name="at">The time of the row.</param>
    /// <param name="values">Its values.</param>
    /// <param name="series">The series of the first of them.</param>
    public void Add(DateTime at, ReadOnlySpan<double> values, int series = 0)
    {
        shown = null;
        See(at);
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
            bins.Add(key, bin = new PointSums());
        }

        bin.Add(values, series);
        while (bins.Count > most)
        {
            Coarsen();
        }
    }

    // How far rows are apart: those of a day each end a day after the last one, those of a week a week after it.
    private void See(DateTime at)
    {
        first = at < first ? at : first;
        last = at > last ? at : last;
        areMonths &= at.Day == 1 && at.TimeOfDay == TimeSpan.Zero;
        var step = (at.Date - before.Date).Duration();
        if (step > TimeSpan.Zero && step < leastStep)
        {
            leastStep = step;
        }

        before = at;
    }

    private List<(DateTime Time, PointSums Sums)> Shown() => shown ??= Even() ?? [.. bins.Select(bin => (bin.Key, bin.Value))];

    // Null where they would be too many.
    private List<(DateTime Time, PointSums Sums)>? Even()
    {
        if (!isEven || Unit == DateUnit.Instant || bins.Count < 2)
        {
            return null;
        }

        var all = new List<(DateTime, PointSums)>();
        for (var time = bins.Keys[0]; time <= bins.Keys[^1]; time = DateUnits.Next(Unit, time))
        {
            if (all.Count == most)
            {
                return null;
            }

            all.Add((time, bins.TryGetValue(time, out var sums) ? sums : Nothing));
        }

        return all;
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
