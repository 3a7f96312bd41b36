using System.Globalization;
using System.Text;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Numbers;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Html;

/// <summary>What makes cells stand out in HTML: a class for every colour, length and
/// arrow that a rule or a number format may give one.</summary>
internal static class HtmlHighlights
{
    private const string Text = "tbody tr td.";
    private const string Dark = "@media screen and (prefers-color-scheme: dark)";

    /// <summary>The styles of a task's rules and formats; empty without any.</summary>
    public static string Style(ReportTask task, ReportWords words)
    {
        var rules = Columns(task).SelectMany(column => column.Highlight).ToList();
        var style = new StringBuilder();
        // a colour of a cell's own lies on the one of its row
        foreach (var color in rules.Where(rule => rule.Row).Select(Color).Distinct())
        {
            Filled(style, $"tbody tr.{Fill(color)} td", color);
        }

        foreach (var color in rules.SelectMany(Fills).Distinct())
        {
            Filled(style, Text + Fill(color), color);
        }

        foreach (var color in rules.Where(rule => rule.Kind == HighlightKind.DataBar).Select(Color).Distinct())
        {
            style.Append(CultureInfo.InvariantCulture, $"{Text}{Bar(color)} {{ --bar: #{color:X6}99; }}\n");
        }

        if (rules.Exists(rule => rule.Kind == HighlightKind.DataBar))
        {
            Bars(style);
        }

        if (rules.Exists(rule => rule.Kind == HighlightKind.Icons))
        {
            Icons(style, words, [.. rules.Where(rule => rule.Kind == HighlightKind.Icons)
                .SelectMany(rule => Enumerable.Range(0, 3).Select(level => HighlightIcon.Of(rule, level))).Distinct().Order()]);
        }

        foreach (var color in Colors(task).Distinct())
        {
            style.Append(CultureInfo.InvariantCulture, $"table tr td.{ColorName(color)} {{ color: #{color:X6}; }}\n");
        }

        return style.Length == 0 ? "" : style
            .Append(CultureInfo.InvariantCulture, $"{Text[..^1]} {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}\n")
            .ToString();
    }

    /// <summary>The classes of a cell, each after a space.</summary>
    public static string Classes(HighlightLook look) => string.Concat(
        look.Fill is { } fill ? " " + Fill(fill) : "",
        look.Bar is { } bar ? $" {Bar(bar)}{Begin((int)Math.Round(look.BarStart * HighlightLook.Steps))}"
            + $" {Length((int)Math.Round((look.BarStart + look.BarLength) * HighlightLook.Steps))}" : "",
        look.Icon is { } icon ? $" i{icon}" : "");

    /// <summary>The class of a number whose format gives it a colour, after a space. Black
    /// is the page's own ink, which is light in the dark.</summary>
    public static string Class(int? color) => color is { } given and not 0 ? " " + ColorName(given) : "";

    /// <summary>The tag of a row that has a colour.</summary>
    public static string Row(int fill) => $"<tr class=\"{Fill(fill)}\">";

    private static void Filled(StringBuilder style, string cells, int color) => style.Append(CultureInfo.InvariantCulture,
        $"{cells} {{ background-color: #{color:X6}; color: {Theme.Standard.Light.Ink.Hex}; "
            + $"}}\n{Dark} {{ {cells} {{ background-color: {DarkTint.Of(new Rgb(color), Theme.Standard.Dark).Hex}; "
            + $"color: {Theme.Standard.Dark.Ink.Hex}; }} }}\n");

    private static IEnumerable<int> Colors(ReportTask task) =>
        Columns(task).Select(column => column.Format).OfType<string>().Where(format => !NamedFormat.Is(format))
            .SelectMany(format => new ExcelFormat(format).Colors).Where(color => color != 0);

    private static IEnumerable<ReportColumn> Columns(ReportTask task) => task.Datasets.SelectMany(dataset => dataset.Columns);

    private static string ColorName(int color) => $"c{color:X6}";

    private static string Fill(int color) => $"f{color:X6}";

    private static string Bar(int color) => $"b{color:X6}";

    private static string Begin(int step) => step == 0 ? "" : $" s{step}";

    private static string Length(int step) => $"l{step}";

    private static int Color(HighlightRule rule) => HighlightLook.Rgb(rule.Colors[0]);

    private static IEnumerable<int> Fills(HighlightRule rule) => rule.Kind switch
    {
        HighlightKind.DataBar or HighlightKind.Icons => [],
        HighlightKind.ColorScale => Enumerable.Range(0, HighlightLook.Steps + 1).Select(step => HighlightLook.Scale(rule, step)),
        _ => [Color(rule)],
    };

    private static void Bars(StringBuilder style)
    {
        for (var step = 0; step <= HighlightLook.Steps; step++)
        {
            var end = step * 100 / HighlightLook.Steps;
            style.Append(CultureInfo.InvariantCulture, $"{Text}s{step} {{ --from: {end}%; }}\n{Text}{Length(step)} {{ background-image: "
                + $"linear-gradient(var(--bars, to right), transparent var(--from, 0%), var(--bar) var(--from, 0%) {end}%, "
                + $"transparent {end}%); background-clip: padding-box; }}\n");
        }
    }

    // The text after the slash is what a screen reader says.
    private static void Icons(StringBuilder style, ReportWords words, IReadOnlyList<int> icons)
    {
        string[] levels = [words["low"], words["middle"], words["high"]];
        foreach (var icon in icons)
        {
            var (sign, word) = ($"{(int)HighlightIcon.Sign(icon)[0]:X4}", levels[HighlightIcon.Level(icon)]);
            style.Append(CultureInfo.InvariantCulture,
                $"{Text}i{icon}::before {{ content: \"\\{sign}\"; content: \"\\{sign}\" / \"{word}\"; float: inline-start; "
                    + $"margin-inline-end: .6em; font-weight: 700; color: #{HighlightLook.IconColors[icon]:X6}; "
                    + $"}}\n{Dark} {{ {Text}i{icon}::before {{ color: #{HighlightLook.DarkIconColors[icon]:X6}; }} }}\n");
        }
    }
}
