using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Pdf;

/// <summary>A picture in a cell.</summary>
/// <param name="Picture">Where it is in the file.</param>
/// <param name="Words">What it is, for those who do not see it.</param>
/// <param name="Width">As it is shown, in points.</param>
/// <param name="Height">As it is shown, in points.</param>
internal sealed record RowPicture(PdfPicture Picture, string Words, float Width, float Height);
