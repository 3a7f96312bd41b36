namespace ReportScheduler.Exports.Excel;

/// <summary>Where the charts beside a table stand, so that none is cut where a printed page ends.</summary>
/// <param name="heightOf">The height of a row, from 1, in points.</param>
/// <param name="room">What a page holds, in points of the worksheet.</param>
/// <param name="breaks">The rows behind which pages end anyhow.</param>
internal sealed class ChartPlaces(Func<int, double> heightOf, double room, IReadOnlyList<int> breaks)
{
    // where many pages hold no chart, it stands where it would without paper
    private const int MostPages = 20;

    private readonly HashSet<int> given = [.. breaks];
    private readonly SortedSet<int> own = [];
    private int page = 1;

    /// <summary>The rows behind which pages end, with those that the charts need.</summary>
    public IReadOnlyList<int> Breaks => own.Count == 0 ? breaks : [.. given.Union(own).Order()];

    /// <summary>The first row of a chart, from 1.</summary>
    /// <param name="wanted">The row in which it would stand, from 1: below the one before.</param>
    public int Place(int wanted)
    {
        var (row, before) = (wanted, page);
        SortedSet<int> needed = [.. own];
        for (var pages = 0; pages < MostPages; pages++)
        {
            var end = EndOf(page);
            if (row <= end && Height(row, end) >= ChartPart.Height)
            {
                own.UnionWith(needed);
                return row;
            }

            page = end + 1;
            row = Math.Max(row, page);
            // where Excel would break the page is about known, and has to be where the chart was placed for
            needed.Add(end);
        }

        page = before;
        return wanted;
    }

    private int EndOf(int start)
    {
        // the header is on each page
        var (row, left) = (start, room - (start == 1 ? 0 : heightOf(1)) - heightOf(start));
        while (!given.Contains(row) && left >= heightOf(row + 1))
        {
            left -= heightOf(++row);
        }

        return row;
    }

    private double Height(int first, int last) => Enumerable.Range(first, last - first + 1).Sum(heightOf);
}
