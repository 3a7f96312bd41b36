using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The logo inside a mail.</summary>
/// <param name="Data">The picture.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Width">How wide it is shown, in CSS pixels.</param>
/// <param name="Height">How high it is shown, in CSS pixels.</param>
/// <param name="ContentId">The id by which the HTML part names it (RFC 2392), without angle brackets.</param>
/// <param name="Text">What stands in its place where pictures are not shown.</param>
internal sealed record MailLogo(byte[] Data, string MediaType, int Width, int Height, string ContentId, string Text)
{
    /// <summary>The name under which mail programs save it.</summary>
    public string FileName => MediaType == "image/jpeg" ? "logo.jpg" : "logo.png";

    public static MailLogo Of(LogoPicture logo, string text, string runId)
    {
        var (data, type, width, height) = logo.ForScreen();
        return new MailLogo(data, type, width, height, $"logo.{runId}@reportscheduler", text);
    }
}
