using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Whether a report has a list of contents: when it has several parts, and is long.</summary>
/// <remarks>It is asked before the first page is drawn, of what is known by then.</remarks>
internal static class ContentsNeed
{
    /// <summary>Nobody needs a list to find something on fewer pages.</summary>
    private const int LongPages = 5;

    private const float HeadingHeight = 40;
    private const int ListsOfChanges = 3;
    private const int Unseen = 2;

    /// <summary>Whether these sections have a list of contents.</summary>
    /// <param name="sections">The first ones, their first rows seen.</param>
    /// <param name="areSeveral">Whether there are several datasets.</param>
    /// <param name="height">Of a page, in points.</param>
    public static bool Of(IReadOnlyList<PdfSection> sections, bool areSeveral, float height) =>
        (areSeveral || sections.Any(section => section.HeldGroups > 1)) && IsLong(sections, height);

    /// <summary>Whether the sections take more than a few pages.</summary>
    public static bool IsLong(IReadOnlyList<PdfSection> sections, float height) =>
        sections.Any(section => !section.IsComplete && section.IsFull)
        || sections.Sum(LeastHeight) > LongPages * (height - (2 * Look.Margin));

    /// <summary>About how many lines the list has: as many as there are parts, and twice as many as there are up to here where rows
    /// are still to come. Null where it is not to be known, or where each group is to have its own pages.</summary>
    /// <param name="sections">The first ones, their first rows seen.</param>
    /// <param name="task">Says what comes behind them.</param>
    public static int? Lines(IReadOnlyList<PdfSection> sections, ReportTask task)
    {
        List<ReportDataset> further = [.. task.Datasets.Skip(sections.Count)];
        if (task.AllResults || further.Exists(dataset => dataset.GroupBy.Length > 0) || sections.Any(section => section.BreaksPages))
        {
            return null;
        }

        var parts = sections.Count + further.Count + (task.ShowsChanges ? ListsOfChanges : 0) + (task.HasGathered ? 1 : 0);
        var groups = sections.Sum(section => section.HeldGroups * (section.IsComplete ? 1 : Unseen));
        // a single dataset has the name of the report
        return parts == 1 && groups > 0 ? groups : parts + groups;
    }

    private static float LeastHeight(PdfSection section) => HeadingHeight
        + (section.Charts.Count(chart => chart.HasPoints) * Look.ChartHeight / 2)
        + (section.Held * RowHeight.Of(1, Look.CellPaddingY));
}
