using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Whether a report has a list of contents: when it has several parts, and is long.</summary>
/// <remarks>It is asked before the first page is drawn, of what is known by then.</remarks>
internal static class ContentsNeed
{
    /// <summary>Nobody needs a list to find something on fewer pages.</summary>
    private const int LongPages = 5;

    private const float HeadingHeight = 40;

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

    private static float LeastHeight(PdfSection section) => HeadingHeight
        + (section.Charts.Count(chart => chart.HasPoints) * Look.ChartHeight / 2)
        + (section.Held * RowHeight.Of(1, Look.CellPaddingY));
}
