using ReportScheduler.Exports.Drawing;

namespace ReportScheduler.Exports.Pdf;

/// <summary>How high the rows of a table are.</summary>
internal static class RowHeight
{
    /// <summary>How high a row of so many lines is, in points.</summary>
    /// <param name="lines">The lines of its highest cell.</param>
    /// <param name="padding">Above and below its text, in points.</param>
    public static float Of(int lines, float padding) => (lines * Look.LineHeight) + (2 * padding);
}
