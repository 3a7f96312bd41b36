using System.Globalization;
using System.Net;
using System.Text;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The HTML of mails. Styles stand in the elements, because mail programs drop style sheets; those that read one get dark colours from it. Everything given is escaped here.</summary>
internal static class MailHtml
{
    public const string End = "</td></tr></table></body></html>";

    private const string Tab = "\u00A0\u00A0\u00A0\u00A0";

    private const string Font = "font-family:'Segoe UI',Helvetica,Arial,sans-serif";

    /// <summary>Classes of what is faint, and of every other row; the dark colours are those of the HTML report.</summary>
    public const string Faint = "f";

    /// <inheritdoc cref="Faint"/>
    public const string Stripe = "s";

    /// <summary>The class of the head of a group.</summary>
    public const string Group = "g";

    private const string Dark = "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\"><style>"
        + ":root{color-scheme:light dark}@media (prefers-color-scheme:dark){"
        + "body{background:#141a21!important;color:#e4e8ee!important}h1,h2{color:#9cc4e8!important}thead th{background:#27567f!important}"
        + "td{border-color:#343d49!important}.f{color:#9aa5b4!important;border-color:#343d49!important}.s{background:#1b222b!important}.g{background:#223246!important}}</style>";

    /// <param name="title">The heading.</param>
    /// <param name="hasOwnHtml">A text that the module did not write follows: its colours were chosen for white paper.</param>
    public static string Begin(string title, bool hasOwnHtml = false) =>
        $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">{(hasOwnHtml ? "" : Dark)}<title>{Escape(title)}</title></head>"
        + $"<body style=\"margin:0;padding:16px;background:#ffffff;color:#1f2933;{Font};font-size:14px;line-height:1.5\">"
        + "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse\"><tr><td>"
        + $"<h1 style=\"margin:0 0 12px;font-size:20px;line-height:1.3;font-weight:600;color:#1f4e79\">{Escape(title)}</h1>";

    /// <summary>Plain text: an empty line ends a paragraph, a line end stays one.</summary>
    public static string Paragraphs(string text) => string.Concat(
        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph =>
            $"<p style=\"margin:0 0 12px\">{Escape(paragraph.Trim('\n')).Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));

    public static string Heading(string text) => $"<h2 style=\"margin:20px 0 6px;font-size:16px;font-weight:600;color:#1f4e79\">{Escape(text)}</h2>";

    public static string Note(string text) => $"<p class=\"{Faint}\" style=\"margin:6px 0 12px;color:#52606d;font-size:12px\">{Escape(text)}</p>";

    /// <summary>A mail with a note and a list before everything else.</summary>
    public static string AtTheTop(string html, string note, IEnumerable<string> list)
    {
        var place = html.IndexOf("<h1", StringComparison.Ordinal);
        return html.Insert(
            Math.Max(0, place),
            $"<p style=\"margin:0 0 12px;padding:8px 12px;border:1px solid #d9e2ec\"><b>{Escape(note)}</b>{string.Concat(list.Select(line => $"<br>{Escape(line)}"))}</p>");
    }

    public static string Picture(MailPicture picture) => string.Create(
        CultureInfo.InvariantCulture,
        $"<img src=\"cid:{picture.ContentId}\" width=\"{picture.Chart.Width}\" height=\"{picture.Chart.Height}\" alt=\"{Escape(picture.Chart.AlternativeText)}\" style=\"display:block;margin:8px 0;max-width:100%;height:auto\">");

    public static string Footer(string text) =>
        $"<p class=\"{Faint}\" style=\"margin:20px 0 0;padding-top:8px;border-top:1px solid #d9e2ec;color:#52606d;font-size:12px\">{Escape(text)}</p>";

    /// <summary>The text of a cell, escaped. Spaces at the beginning of a line and beside others are hard ones: they mean something, and mail programs drop them.</summary>
    public static string Cell(string? text)
    {
        if (text is null || !(text.StartsWith(' ') || text.Contains('\t', StringComparison.Ordinal) || text.Contains("  ", StringComparison.Ordinal) || text.Contains("\n ", StringComparison.Ordinal)))
        {
            return Escape(text);
        }

        var kept = new StringBuilder(text.Length);
        var before = '\n';
        foreach (var c in text)
        {
            kept.Append(c == '\t' ? Tab : c == ' ' && before is ' ' or '\t' or '\n' ? "\u00A0" : c.ToString());
            before = c;
        }

        return Escape(kept.ToString());
    }

    public static string Escape(string? text) => WebUtility.HtmlEncode(text) ?? "";
}
