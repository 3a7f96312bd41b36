using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Pdf;

/// <summary>A picture in a cell, or a small chart.</summary>
/// <param name="Picture">Where it is in the file; null for a chart, which is drawn.</param>
/// <param name="Words">What it is, for those who do not see it.</param>
/// <param name="Width">As it is shown, in points.</param>
/// <param name="Height">As it is shown, in points.</param>
internal sealed record RowPicture(PdfPicture? Picture, string Words, float Width, float Height)
{
    /// <summary>The chart.</summary>
    public Sparkline? Spark { get; init; }
}
