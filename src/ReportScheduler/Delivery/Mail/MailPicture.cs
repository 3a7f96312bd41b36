using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Preview;

namespace ReportScheduler.Delivery.Mail;

/// <summary>A chart inside a mail.</summary>
/// <param name="Dataset">The dataset above whose rows it stands.</param>
/// <param name="FileName">The name under which mail programs show and save it; each picture of a mail has its own.</param>
/// <param name="ContentId">The id by which the HTML part names it (RFC 2392), without angle brackets.</param>
/// <param name="Chart">The picture.</param>
internal sealed record MailPicture(DatasetPreview Dataset, string FileName, string ContentId, ChartPicture Chart)
{
    /// <summary>The id of the picture for dark mode; null for none.</summary>
    public string? DarkContentId => Chart.DarkPng is null ? null : $"dark{ContentId}";
}
