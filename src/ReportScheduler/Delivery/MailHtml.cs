using System.Globalization;
using System.Net;

namespace ReportScheduler.Delivery;

/// <summary>The HTML of mails. Styles stand in the elements, because mail programs drop style sheets. Everything given is escaped here.</summary>
internal static class MailHtml
{
    public const string End = "</td></tr></table></body></html>";

    private const string Font = "font-family:'Segoe UI',Helvetica,Arial,sans-serif";

    public static string Begin(string title) =>
        $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Escape(title)}</title></head>"
        + $"<body style=\"margin:0;padding:16px;background:#ffffff;color:#1f2933;{Font};font-size:14px;line-height:1.5\">"
        + "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse\"><tr><td>"
        + $"<h1 style=\"margin:0 0 12px;font-size:20px;line-height:1.3;font-weight:600;color:#1f4e79\">{Escape(title)}</h1>";

    /// <summary>Plain text: an empty line ends a paragraph, a line end stays one.</summary>
    public static string Paragraphs(string text) => string.Concat(
        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph =>
            $"<p style=\"margin:0 0 12px\">{Escape(paragraph.Trim('\n')).Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));

    public static string Heading(string text) => $"<h2 style=\"margin:20px 0 6px;font-size:16px;font-weight:600;color:#1f4e79\">{Escape(text)}</h2>";

    public static string Note(string text) => $"<p style=\"margin:6px 0 12px;color:#52606d;font-size:12px\">{Escape(text)}</p>";

    public static string Picture(MailPicture picture) => string.Create(
        CultureInfo.InvariantCulture,
        $"<img src=\"cid:{picture.ContentId}\" width=\"{picture.Chart.Width}\" height=\"{picture.Chart.Height}\" alt=\"{Escape(picture.Chart.AlternativeText)}\" style=\"display:block;margin:8px 0;max-width:100%;height:auto\">");

    public static string Footer(string text) =>
        $"<p style=\"margin:20px 0 0;padding-top:8px;border-top:1px solid #d9e2ec;color:#52606d;font-size:12px\">{Escape(text)}</p>";

    public static string Escape(string? text) => WebUtility.HtmlEncode(text) ?? "";
}
