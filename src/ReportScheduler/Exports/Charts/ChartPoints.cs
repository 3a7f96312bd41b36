namespace ReportScheduler.Exports.Charts;

/// <summary>The points along the axis of a chart and their values. There is room for so many: of points
/// in time the newest stay, of others the first, which may be a ranking.</summary>
/// <param name="series">How many values a point has.</param>
/// <param name="most">How many points there may be.</param>
/// <param name="isTimeline">The points stand in the order of their keys, not in that of the rows.</param>
internal sealed class ChartPoints(int series, int most, bool isTimeline)
{
    private readonly List<string> labels = [];
    private readonly List<List<double>> values = [.. Enumerable.Range(0, series).Select(_ => new List<double>())];
    private readonly List<long> keys = [];
    private readonly List<long> firstRows = [];
    private readonly List<long> rowCounts = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private bool isKeyed = true;
    private bool? keepsNewest = isTimeline ? true : null;
    private int removed;
    private long newestRemoved = long.MinValue;
    private long beyond;

    public IReadOnlyList<string> Labels => Trimmed(labels);

    public IReadOnlyList<long> Keys => Trimmed(keys);

    /// <summary>How many rows have no point.</summary>
    public long Beyond
    {
        get
        {
            Trim();
            return beyond;
        }
    }

    /// <summary>Whether those are older than the points, not further down.</summary>
    public bool AreOlder => Beyond > 0 && removed > 0;

    /// <summary>Whether a point stands for several rows.</summary>
    public bool IsSummed { get; private set; }

    /// <summary>The first row that is drawn, from 0, when all points are rows one behind the other; null when they are not.</summary>
    public long? FirstRow =>
        Labels.Count > 0 && !IsSummed && firstRows.Max() - firstRows.Min() == labels.Count - 1 ? firstRows.Min() : null;

    /// <summary>The values of a series, or of several together.</summary>
    public IReadOnlyList<double> Values(int[] of)
    {
        Trim();
        return of is [var only] ? values[only] : [.. Enumerable.Range(0, labels.Count).Select(point =>
            of.Aggregate(double.NaN, (sum, series) => Sum(sum, values[series][point])))];
    }

    /// <summary>Adds a value to what its point has.</summary>
    public void Add(int of, int point, double value)
    {
        while (values.Count <= of)
        {
            values.Add([.. Enumerable.Repeat(double.NaN, labels.Count)]);
        }

        values[of][point] = Sum(values[of][point], value);
    }

    private static double Sum(double left, double right) => double.IsNaN(left) ? right : double.IsNaN(right) ? left : left + right;

    /// <summary>The point of a row; null when there is no room for it.</summary>
    /// <param name="key">What tells newer from older; null for nothing.</param>
    /// <param name="label">Its text along the axis.</param>
    /// <param name="row">The number of the row, from 0.</param>
    public int? Find(long? key, string label, long row)
    {
        if (labels.Count == 2 * most)
        {
            Trim();
        }

        var at = isTimeline ? keys.BinarySearch(key!.Value) : places.TryGetValue(label, out var place) ? place - removed : ~labels.Count;
        if (at >= 0)
        {
            IsSummed = true;
            rowCounts[at]++;
            return at;
        }

        if (key <= newestRemoved || (labels.Count >= most && !IsNewer(key)))
        {
            beyond++;
            return null;
        }

        Insert(~at, key, label, row);
        return ~at;
    }

    // Decided when the room is used up: rows that go on from old to new are a course of time, and others are left as they are.
    private bool IsNewer(long? key)
    {
        keepsNewest ??= isKeyed && key >= keys[^1] && keys.Zip(keys.Skip(1)).All(pair => pair.First <= pair.Second);
        return keepsNewest.Value && key is not null;
    }

    private void Insert(int at, long? key, string label, long row)
    {
        isKeyed &= key is not null;
        keys.Insert(at, key ?? long.MinValue);
        labels.Insert(at, label);
        firstRows.Insert(at, row);
        rowCounts.Insert(at, 1);
        foreach (var list in values)
        {
            list.Insert(at, double.NaN);
        }

        if (!isTimeline)
        {
            places.Add(label, at + removed);
        }
    }

    private List<T> Trimmed<T>(List<T> list)
    {
        Trim();
        return list;
    }

    // Now and then, because each time costs as much as there are points.
    private void Trim()
    {
        var surplus = labels.Count - most;
        if (surplus <= 0)
        {
            return;
        }

        newestRemoved = Math.Max(newestRemoved, keys.Take(surplus).Max());
        beyond += rowCounts.Take(surplus).Sum();
        labels.GetRange(0, surplus).ForEach(label => places.Remove(label));
        labels.RemoveRange(0, surplus);
        keys.RemoveRange(0, surplus);
        firstRows.RemoveRange(0, surplus);
        rowCounts.RemoveRange(0, surplus);
        foreach (var list in values)
        {
            list.RemoveRange(0, surplus);
        }

        removed += surplus;
    }
}
