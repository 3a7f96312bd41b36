namespace ReportScheduler.Exports.Layout;

/// <summary>Which columns have texts that come again and again, and which have addresses, learnt from the parts of a split report
/// for those that follow: a part is too short to find out by itself.</summary>
internal sealed class TextHabits
{
    private const int Trial = 1_000;

    private readonly Dictionary<string, Habit> columns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the texts of a column are all different, as far as is known.</summary>
    public bool IsVaried(string column)
    {
        lock (columns)
        {
            return columns.TryGetValue(column, out var seen) && seen.Texts >= Trial && seen.Repeated < seen.Texts / 2;
        }
    }

    /// <summary>Adds what a part has shown.</summary>
    /// <param name="column">The column.</param>
    /// <param name="texts">How many texts it had.</param>
    /// <param name="repeated">How many of them had come before.</param>
    public void Add(string column, long texts, long repeated)
    {
        lock (columns)
        {
            var seen = Of(column);
            seen.Texts += texts;
            seen.Repeated += repeated;
        }
    }

    /// <summary>Whether no text of a column is an address, as far as is known.</summary>
    public bool HasNoLinks(string column)
    {
        lock (columns)
        {
            return columns.TryGetValue(column, out var seen) && seen.Others >= Trial && seen.Links == 0;
        }
    }

    /// <summary>Adds what a part has shown of addresses.</summary>
    /// <param name="column">The column.</param>
    /// <param name="others">How many texts were none.</param>
    /// <param name="links">How many were one.</param>
    public void AddLinks(string column, long others, long links)
    {
        lock (columns)
        {
            var seen = Of(column);
            seen.Others += others;
            seen.Links += links;
        }
    }

    private Habit Of(string column)
    {
        if (!columns.TryGetValue(column, out var seen))
        {
            columns.Add(column, seen = new Habit());
        }

        return seen;
    }

    private sealed class Habit
    {
        public long Others { get; set; }

        public long Links { get; set; }

        public long Texts { get; set; }

        public long Repeated { get; set; }
    }
}
