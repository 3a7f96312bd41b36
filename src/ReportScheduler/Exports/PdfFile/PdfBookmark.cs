namespace ReportScheduler.Exports.PdfFile;

/// <summary>A bookmark of a PDF.</summary>
/// <param name="Number">The number of its object.</param>
/// <param name="Title">What it says.</param>
/// <param name="Level">0, or 1 below the last one of 0.</param>
/// <param name="Page">The number of the page's object.</param>
/// <param name="PageNumber">The number of the page.</param>
/// <param name="Y">How far it is from the bottom of the page, in points.</param>
internal sealed record PdfBookmark(int Number, string Title, int Level, int Page, int PageNumber, float Y);
