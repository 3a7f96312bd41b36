using System.Globalization;

namespace ReportScheduler.Exports.Charts;

/// <summary>The series that the values of a column make. The greatest have a name each, and the others are one.</summary>
internal sealed class SeriesSplit
{
    /// <summary>How many series have a name of their own, where there are more than one beside them.</summary>
    public const int Most = 5;

    // what comes after so many belongs to the others
    private const int MostKept = 100;

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<(string Name, double Size)> series = [];
    private bool hasRest;

    /// <summary>The place of the series of a row.</summary>
    public int Place(string name, double value)
    {
        if (!places.TryGetValue(name, out var place))
        {
            if (series.Count == MostKept)
            {
                hasRest = true;
                return MostKept;
            }

            place = series.Count;
            places.Add(name, place);
            series.Add((name, 0));
        }

        series[place] = (name, series[place].Size + (double.IsNaN(value) ? 0 : Math.Abs(value)));
        return place;
    }

    /// <summary>The names and the places that each stands for, in the order of the rows; numbers, such as years, in their own.</summary>
    public IReadOnlyList<(string Name, int[] Places)> Shown(string other)
    {
        var all = series.Select((each, place) => (each.Name, each.Size, Place: place)).ToList();
        if (all.Count <= Most + 1 && !hasRest)
        {
            return [.. InOrder(all)];
        }

        var greatest = all.OrderByDescending(each => each.Size).ThenBy(each => each.Place).Take(Most).ToList();
        int[] rest = [.. all.Select(each => each.Place).Except(greatest.Select(each => each.Place))];
        return [.. InOrder([.. greatest.OrderBy(each => each.Place)]), (other, hasRest ? [.. rest, MostKept] : rest)];
    }

    private static IEnumerable<(string Name, int[] Places)> InOrder(List<(string Name, double Size, int Place)> shown) =>
        (shown.TrueForAll(each => Number(each.Name) is not null) ? shown.OrderBy(each => Number(each.Name)) : shown.AsEnumerable())
            .Select(each => (each.Name, new[] { each.Place }));

    private static double? Number(string name) =>
        double.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
