using System.Net;
using System.Text.RegularExpressions;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The text of a body that is written in HTML, for programs and people that do not read it.</summary>
internal static partial class PlainOfHtml
{
    public static string Of(string html)
    {
        var text = Unseen().Replace(html.ReplaceLineEndings(" "), "");
        text = Anchor().Replace(text, link => Address(link.Groups[1].Value, link.Groups[2].Value));
        text = Cells().Replace(text, "  ");
        text = Lines().Replace(text, "\n");
        text = WebUtility.HtmlDecode(Tags().Replace(text, "")).Replace('\u00A0', ' ');
        text = string.Join('\n', text.Split('\n').Select(line => Spaces().Replace(line, " ").Trim()));
        return EmptyLines().Replace(text, "\n\n").Trim('\n', ' ');
    }

    private static string Address(string address, string text) =>
        Tags().Replace(text, "").Trim() is var shown && (shown == address || address.StartsWith('#') || shown.Length == 0)
            ? shown
            : $"{shown} ({address})";

    [GeneratedRegex(@"<(style|script|title|head)\b[^>]*>.*?</\1>|<!--.*?-->", RegexOptions.IgnoreCase | RegexOptions.Singleline, 2000)]
    private static partial Regex Unseen();

    [GeneratedRegex("""<a\b[^>]*\bhref\s*=\s*["']([^"']*)["'][^>]*>(.*?)</a>""", RegexOptions.IgnoreCase | RegexOptions.Singleline, 2000)]
    private static partial Regex Anchor();

    [GeneratedRegex("</t[dh]>", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Cells();

    [GeneratedRegex(@"<br\b[^>]*>|</(p|div|h[1-6]|li|tr|table|ul|ol|blockquote)>", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Lines();

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 2000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"[ \t]{2,}", RegexOptions.None, 2000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n{3,}", RegexOptions.None, 2000)]
    private static partial Regex EmptyLines();
}
