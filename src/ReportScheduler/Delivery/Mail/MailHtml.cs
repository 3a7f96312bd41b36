using System.Globalization;
using System.Net;
using System.Text;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The HTML of mails. Styles stand in the elements, because mail programs drop style sheets; those that
/// read one get dark colours and narrow pages from it. Everything given is escaped here.</summary>
/// <remarks>
/// Outlook on Windows lays out with Word: tables hold the layout, a conditional comment fixes the width, and every element names its font.
/// Each block is a table of its own with a fixed layout, so that a wide one does not stretch the others.
/// </remarks>
internal sealed class MailHtml(Theme theme, bool isRightToLeft = false)
{
    /// <summary>The end of the sheet of paper; the footer follows on the desk.</summary>
    private const string SheetEnd = "</td></tr></table>";

    private const string End = "<!--[if mso]></td></tr></table><![endif]--></td></tr></table></div></body></html>";

    private const string Tab = "\u00A0\u00A0\u00A0\u00A0";

    /// <summary>Classes of what is faint, of every other row, and of the attachments.</summary>
    public const string Faint = "f";

    /// <inheritdoc cref="Faint"/>
    public const string Attached = "f a";

    /// <summary>How wide a picture in the text is.</summary>
    public const int TextWidth = 592;

    private const int PreheaderRoom = 60;
    private const int MostFigureText = 26;
    private const int LeastFigureText = 6;

    /// <summary>The look of mails that no task gives one.</summary>
    public static MailHtml Standard { get; } = new(Theme.Standard);

    /// <summary>The colours and the font.</summary>
    public Theme Theme => theme;

    /// <summary>The side that lines begin at. Outlook knows no "start".</summary>
    public string Side => isRightToLeft ? "right" : "left";

    /// <summary>An attribute of what is read from right to left, as words or as numbers in between.</summary>
    public string Direction => isRightToLeft ? " dir=\"rtl\"" : "";

    // words of the report are English where its language has none of its own
    private string AnyDirection => isRightToLeft ? " dir=\"auto\"" : "";

    /// <inheritdoc cref="Direction"/>
    public string NumberDirection => isRightToLeft ? " dir=\"ltr\"" : "";

    private Shades Light => theme.Light;

    private Shades Dark => theme.Dark;

    private string Ink => $"color:{Light.Ink.Hex};font-family:{theme.Faces};";

    private string Muted => $"color:{Light.Muted.Hex};font-family:{theme.Faces};";

    private static readonly string Narrow =
        "@media (max-width:480px){.w{padding:16px!important}.t{display:block!important;width:auto!important;padding:0 0 12px!important}}";

    private string DarkStyle =>
        ":root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){"
        + $"body,.desk{{background-color:{Dark.Desk.Hex}!important}}.w{{background-color:{Dark.Paper.Hex}!important}}"
        + $"h1,h2,p,td,th,div{{color:{Dark.Ink.Hex}!important}}td,th{{border-color:{Dark.Line.Hex}!important}}"
        + $"th{{border-bottom-color:{Dark.Muted.Hex}!important}}a{{color:{Dark.Accent.Hex}!important}}.f,.f "
        + $"td{{color:{Dark.Muted.Hex}!important}}"
        + string.Concat(
            HighlightLook.DarkIconColors.Select((color, icon) => $".i{icon}{{color:{new Rgb(color).Hex}!important}}"))
        + $".z td{{background-color:{Dark.Stripe.Hex}"
        + $"!important}}.w{{border-top-color:{Dark.Accent.Hex}!important}}.logo{{padding:6px!important;background-color:#FFFFFF!important}}"
        + $"p.g{{color:{Dark.Good.Hex}!important}}p.r{{color:{Dark.Bad.Hex}!important}}"
        + $".dark{{display:block!important;max-height:none!important}}.light{{display:none!important}}";

    /// <param name="title">The heading.</param>
    /// <param name="language">The language of the words, as HTML has it.</param>
    /// <param name="preheader">What mail programs show beside the subject.</param>
    /// <param name="fills">The fills of the cells that stand out, for their dark ones.</param>
    /// <param name="isLightOnly">A text that the module did not write follows, and its colours were chosen for white paper.</param>
    /// <param name="hasHeading">The heading stands in the mail.</param>
    /// <param name="logo">Its logo; null for none.</param>
    public string Begin(
        string title, string language, string preheader = "", IEnumerable<int>? fills = null, bool isLightOnly = false,
        bool hasHeading = true, MailLogo? logo = null) =>
        $"<!DOCTYPE html><html lang=\"{Escape(language)}\"{Direction}><head><meta charset=\"utf-8\"><meta "
            + "name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        + (isLightOnly
            ? ""
            : "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\">")
        + $"<title>{Escape(title)}</title><style>{Narrow}{(isLightOnly ? "" : DarkStyle + DarkFills(fills ?? []) + "}")}</style></head>"
        + $"<body class=\"desk\"{Direction} style=\"margin:0;padding:0;background-color:{Light.Desk.Hex}\">{Preheader(preheader)}"
        + $"<div role=\"main\"><table role=\"presentation\" class=\"desk\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
        + $"bgcolor=\"{Light.Desk.Hex}\" style=\"table-layout:fixed;background-color:{Light.Desk.Hex}\">"
        + "<tr><td align=\"center\" style=\"padding:24px 8px\">"
        + "<!--[if mso]><table role=\"presentation\" width=\"640\" cellpadding=\"0\" cellspacing=\"0\"><tr><td><![endif]-->"
        + "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
        + $"style=\"table-layout:fixed;max-width:640px;margin:0 auto\"><tr><td class=\"w\"{Direction} bgcolor=\"{Light.Paper.Hex}\" "
        + $"style=\"padding:24px;background-color:{Light.Paper.Hex};text-align:{Side};border-radius:6px"
        + $"{(theme.IsBranded ? $";border-top:4px solid {Light.Accent.Hex}" : "")}\">{Logo(logo)}"
        + (hasHeading ? $"<h1 style=\"margin:0 0 8px;font-size:22px;line-height:28px;font-weight:600;{Ink}\">{Escape(title)}</h1>" : "");

    /// <summary>Plain text: an empty line ends a paragraph, a line end stays one.</summary>
    public string Paragraphs(string text) => string.Concat(
        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph =>
            "<p style=\"margin:0 0 "
                + $"12px;font-size:15px;line-height:22px;{Ink}\">{string.Join("<br>", paragraph.Trim('\n').Split('\n').Select(Linked))}"
                + "</p>"));

    public string Heading(string text) =>
        $"<h2 style=\"margin:24px 0 4px;font-size:17px;line-height:24px;font-weight:600;{Ink}\">{Escape(text)}</h2>";

    public string Note(string text, string kind = Faint) =>
        $"<p class=\"{kind}\"{AnyDirection} style=\"text-align:{Side};margin:4px 0 12px;font-size:13px;line-height:19px;{Muted}\">"
            + $"{Escape(text)}</p>";

    /// <summary>A body of one's own, in a block that it cannot stretch.</summary>
    public string Own(string html) =>
        Block($"<div style=\"font-size:15px;line-height:22px;overflow-wrap:break-word;{Ink}\">{html}</div>");

    /// <summary>Cells side by side, which stand one below the other on a phone.</summary>
    public string Figures(IReadOnlyList<KeyFigure> figures) => figures.Count == 0 ? "" :
        "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:8px 0 12px\"><tr>"
        + string.Concat(figures.Select(figure =>
            $"<td class=\"t\" width=\"{100 * Share(figure) / figures.Sum(Share)}%\" "
            + $"style=\"padding:{(isRightToLeft ? "0 0 0 12px" : "0 12px 0 0")};"
            + $"vertical-align:top;text-align:{Side};{Ink}\">"
            + $"<p class=\"f\" style=\"margin:0;font-size:13px;line-height:18px;{Muted}\">{Escape(figure.Label)}</p>"
            + $"<p{Tone(figure.Tone)}style=\"margin:0;font-size:{FigureSize(figures)}px;line-height:34px;font-weight:600;"
            + $"color:{Color(figure.Tone, Light).Hex};font-family:{theme.Faces}\">"
            + $"<span{NumberDirection}>{Escape(figure.Value)}</span></p></td>"))
        + "</tr></table>";

    /// <summary>A block of its own, which scrolls where its content is wider than the page.</summary>
    public string Block(string content) =>
        $"<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"table-layout:fixed\"><tr><td{Direction} "
            + $"style=\"text-align:{Side};{Ink}\">{content}</td></tr></table>";

    /// <summary>A mail with a note and a list before everything else.</summary>
    public string AtTheTop(string html, string note, IEnumerable<string> list)
    {
        var place = html.IndexOf("<h1", StringComparison.Ordinal);
        return html.Insert(
            Math.Max(0, place),
            "<p style=\"margin:0 0 12px;padding:8px 12px;border:1px solid "
                + $"{Light.Line.Hex};font-size:15px;line-height:22px;{Ink}\"><b>{Escape(note)}</b>"
                + $"{string.Concat(list.Select(line => $"<br>{Escape(line)}"))}</p>");
    }

    public static string Picture(MailPicture picture) =>
        Image(picture.ContentId, picture, picture.DarkContentId is null ? "only" : "light") + (picture.DarkContentId is null ? "" :
            "<!--[if !mso]><!--><div class=\"dark\" "
                + $"style=\"display:none;max-height:0;overflow:hidden\">{Image(picture.DarkContentId, picture, "shown")}"
                + "</div><!--<![endif]-->");

    /// <summary>The end of the paper, and below it who sends the mail.</summary>
    public string Footer(string text) =>
        $"{SheetEnd}<p class=\"{Faint}\" style=\"margin:12px 24px 0;font-size:12px;line-height:18px;{Muted}\">{Escape(text)}</p>{End}";

    /// <summary>The text of a cell, escaped, its lines kept. Spaces at the beginning of a line and beside others are
    /// hard ones: they mean something, and mail programs drop them.</summary>
    public static string Cell(string? text)
    {
        if (text is null || !(text.StartsWith(' ') || text.Contains('\t', StringComparison.Ordinal)
            || text.Contains("  ", StringComparison.Ordinal) || text.Contains("\n ", StringComparison.Ordinal)))
        {
            return Lines(text);
        }

        var kept = new StringBuilder(text.Length);
        var before = '\n';
        foreach (var c in text)
        {
            kept.Append(c == '\t' ? Tab : c == ' ' && before is ' ' or '\t' or '\n' ? "\u00A0" : c.ToString());
            before = c;
        }

        return Lines(kept.ToString());
    }

    public static string Escape(string? text) => WebUtility.HtmlEncode(text) ?? "";

    /// <summary>An address as a link, with the text as it is.</summary>
    public string Link(string address, string text) =>
        $"<a href=\"{Escape(address)}\" style=\"color:{Light.Accent.Hex}\">{Escape(text)}</a>";

    // four long numbers side by side are smaller
    private static int FigureSize(IReadOnlyList<KeyFigure> figures) => figures.Sum(Share) <= MostFigureText ? 28 : 22;

    // a long number among short ones would touch the next one in a third of the width
    private static int Share(KeyFigure figure) => Math.Max(figure.Value.Length, LeastFigureText);

    // Outlook ignores white-space: pre-line
    private static string Lines(string? text) => Escape(text?.ReplaceLineEndings("\n")).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string Tone(FigureTone tone) => tone switch
    {
        FigureTone.Good => " class=\"g\" ",
        FigureTone.Bad => " class=\"r\" ",
        _ => " ",
    };

    private static Rgb Color(FigureTone tone, Shades shades) =>
        tone switch { FigureTone.Good => shades.Good, FigureTone.Bad => shades.Bad, _ => shades.Ink };

    private static string Logo(MailLogo? logo) => logo is null ? "" : string.Create(CultureInfo.InvariantCulture,
        $"<img class=\"logo\" src=\"cid:{logo.ContentId}\" width=\"{logo.Width}\" height=\"{logo.Height}\" alt=\"{Escape(logo.Text)}\" "
            + $"style=\"display:block;border:0;border-radius:4px;margin:0 0 16px\">");

    private string Linked(string line) => string.Join(' ',
        line.Split(' ').Select(word => LinkText.Of(word) is { } address ? Link(address, word) : Escape(word)));

    private static string Image(string id, MailPicture picture, string kind) => string.Create(
        CultureInfo.InvariantCulture,
        $"<img class=\"{kind}\" src=\"cid:{id}\" width=\"{TextWidth}\" alt=\"{Escape(picture.Chart.AlternativeText)}\" "
            + $"style=\"display:block;width:100%;max-width:{picture.Chart.Width}px;height:auto;margin:8px 0;border:0\">");

    // Behind it stands room, so that programs do not go on with the heading.
    private string Preheader(string text) => text.Length == 0 ? "" :
        $"<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:{Light.Desk.Hex}\">"
            + $"{Escape(text)}{string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", PreheaderRoom))}</div>";

    private string DarkFills(IEnumerable<int> fills) => string.Concat(fills.Distinct().Select(fill =>
        $".h{fill:X6}{{background-color:{DarkTint.Of(new Rgb(fill), Dark).Hex}!important}}"));
}
