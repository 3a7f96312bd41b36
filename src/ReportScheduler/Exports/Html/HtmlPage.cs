using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Exports.Html;

/// <summary>The frame of an HTML report: its head with look and script inside, and a policy that lets nothing else in.</summary>
internal static class HtmlPage
{
    private static readonly string Style = Resource("HtmlReport.css");
    private static readonly string Script = Resource("HtmlReport.js");

    /// <summary>Escapes text for elements and quoted attributes; letters of every script stay readable.</summary>
    public static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Start(ReportDocument document)
    {
        var style = Colors(document.Theme) + Style + HtmlHighlights.Style(document.Task, document.Words);
        return $"""
        <!DOCTYPE html>
        <html lang="{Language(document.Culture)}"{(document.Culture.TextInfo.IsRightToLeft ? " dir=\"rtl\"" : "")}>
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '{Hash(style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encoder.Encode(document.Task.Name)}</title>
        <style>{style}</style>
        </head>
        <body>
        <div class="sheet">
        <header>
        {Logo(document)}<h1>{Encoder.Encode(document.Task.Name)}</h1>
        {string.Concat(Lines(document).Select(line => $"<p><bdi>{Encoder.Encode(line)}</bdi></p>\n"))}</header>
        <main data-search="{Encoder.Encode(document.Words["search"])}" data-print="{Encoder.Encode(document.Words["print"])}">

        """;
    }

    public static string End(ReportDocument document) =>
        $"</main>\n{(document.Theme.Footer is { } line ? $"<footer><bdi>{Encoder.Encode(line)}</bdi></footer>\n" : "")}"
            + $"</div>\n<script>{Script}</script>\n</body>\n</html>\n";

    /// <summary>The key figures, side by side where there is room.</summary>
    public static string Figures(IReadOnlyList<KeyFigure> figures) => "<dl class=\"figures\">\n" + string.Concat(figures.Select(figure =>
        $"<div><dt><bdi>{Encoder.Encode(figure.Label)}</bdi></dt>"
            + $"<dd{(figure.Tone switch { FigureTone.Good => " class=\"good\"", FigureTone.Bad => " class=\"bad\"", _ => "" })}>"
            + $"{Encoder.Encode(figure.Value)}</dd></div>\n")) + "</dl>\n";

    private static string Colors(Theme theme) =>
        $":root {{ color-scheme: light dark; {Variables(theme.Light)} --faces: {theme.Faces}; }}\n"
            + (theme.IsBranded ? ".sheet { border-top: 4px solid var(--accent); }\n" : "")
            + $"@media screen and (prefers-color-scheme: dark) {{ :root {{ "
            + $"{Variables(theme.Dark)} }} }}\n";

    private static string Logo(ReportDocument document)
    {
        if (document.Theme.Logo?.ForScreen() is not var (data, type, width, height))
        {
            return "";
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"<img class=\"logo\" src=\"data:{type};base64,{Convert.ToBase64String(data)}\" width=\"{width}\" height=\"{height}\" "
                + $"alt=\"\">\n");
    }

    private static string Variables(Shades shades) =>
        $"--desk: {shades.Desk.Hex}; --paper: {shades.Paper.Hex}; --ink: {shades.Ink.Hex}; --faint: {shades.Muted.Hex}; "
            + $"--line: {shades.Line.Hex}; --stripe: {shades.Stripe.Hex}; --accent: {shades.Accent.Hex}; --group: {shades.Group.Hex}; "
            + $"--good: {shades.Good.Hex}; --bad: {shades.Bad.Hex};";

    // The invariant culture has no language; its numbers and dates are read the same in English.
    private static string Language(CultureInfo culture) => culture.Name.Length == 0 ? "en" : culture.Name;

    private static IEnumerable<string> Lines(ReportDocument document)
    {
        if (!string.IsNullOrWhiteSpace(document.Task.Description))
        {
            yield return document.Task.Description;
        }

        if (document.Parameters.Count > 0)
        {
            yield return PeriodText.Line(document.Parameters, document.Task, document.Culture);
        }

        yield return document.DataNote;
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!);
        // A browser hashes the text with its line ends normalised.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
