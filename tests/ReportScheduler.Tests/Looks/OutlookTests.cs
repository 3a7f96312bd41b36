using System.Text.Json;
using System.Text.RegularExpressions;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Looks;

/// <summary>What Outlook for Windows, which lays out mails with Word, makes of a mail, by the data of caniemail.com.</summary>
public sealed class OutlookTests : IDisposable
{
    /// <summary>What it leaves out, and why a mail is whole without it.</summary>
    private static readonly Dictionary<string, string> Dispensable = new(StringComparer.Ordinal)
    {
        ["css-border-radius"] = "corners are square",
        ["css-max-width"] = "a conditional comment fixes the width; pictures have theirs as an attribute",
        ["css-min-width"] = "a column is as wide as its words",
        ["css-max-height"] = "goes with display: none",
        ["css-overflow"] = "a table of six columns needs no scroll bar on a desk",
        ["css-overflow-wrap"] = "Word breaks long words by itself",
        ["css-table-layout"] = "only pages below 640 pixels need it",
        ["css-white-space"] = "cells that stay on one line say so as an attribute too",
        ["css-color-scheme"] = "it inverts by itself",
        ["css-at-media"] = "phones and dark mode",
        ["css-at-media-prefers-color-scheme"] = "it inverts by itself",
        ["css-selector-chaining"] = "dark mode",
        ["html-aria-label"] = "the heading above the table has the name too",
        ["html-body"] = "the table in it has the same colours",
        ["html-doctype"] = "Word has one mode",
        ["html-meta-color-scheme"] = "it inverts by itself",
    };

    private readonly PowerShellSession session = new();

    public static TheoryData<string> Names => SampleReports.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mail_asks_for_nothing_that_Outlook_leaves_out_but_what_it_is_whole_without(string name)
    {
        var features = Features("outlook", "windows");
        Assert.InRange(features.Count, 200, 1000);
        var asked = Asked(SampleReports.Make(session, name).Mail.HtmlBody!).Where(features.ContainsKey).ToList();
        Assert.InRange(asked.Count, 10, 100);
        Assert.DoesNotContain(asked, feature => features[feature] == 'n' && !Dispensable.ContainsKey(feature));
    }

    [Theory]
    [InlineData("gmail", "desktop-webmail")]
    [InlineData("gmail", "android")]
    [InlineData("outlook", "outlook-com")]
    [InlineData("outlook", "macos")]
    [InlineData("outlook", "ios")]
    [InlineData("apple-mail", "macos")]
    [InlineData("apple-mail", "ios")]
    [InlineData("yahoo", "desktop-webmail")]
    public void Other_programs_know_what_the_layout_is_made_of(string family, string platform)
    {
        var features = Features(family, platform);
        var asked = Asked(SampleReports.Make(session, "marks").Mail.HtmlBody!).Where(features.ContainsKey);
        Assert.DoesNotContain(asked, feature => features[feature] == 'n' && !Dispensable.ContainsKey(feature));
    }

    /// <summary>Without what Word ignores the mail is as wide as its sheet.</summary>
    [Theory]
    [InlineData("charts")]
    [InlineData("groups")]
    [InlineData("marks")]
    [InlineData("nothing")]
    [InlineData("one row")]
    [InlineData("branded")]
    [InlineData("right to left")]
    public void The_layout_holds_without_what_Word_ignores(string name)
    {
        var html = SampleReports.Make(session, name).MailHtml;
        var seen = Browser.Ask(session.Folder, AsWord(html), 1280, """
            w => {
              const sheet = w.document.querySelector('.w').getBoundingClientRect();
              const beyond = [...w.document.querySelectorAll('.w *')].map(element => element.getBoundingClientRect().right - sheet.right);
              const numbers = [...w.document.querySelectorAll('td, th')].filter(cell => /^[\d.,€-]+$/.test(cell.innerText));
              return [sheet.width, Math.max(...beyond), numbers.filter(cell => cell.offsetHeight > 60).length];
            }
            """).EnumerateArray().Select(number => number.GetDouble()).ToList();
        Assert.InRange(seen[0], 560, 641);
        Assert.InRange(seen[1], -1000, 0.5);
        Assert.Equal(0, seen[2]);
    }

    [Fact]
    public void Lines_of_a_text_stay_lines()
    {
        var report = SampleReports.MakeOf(session, "Lines", " -Query \"select 'first' || char(10) || 'second' as note, 5 as n\"");
        Assert.Matches("<td[^>]*>first<br>second</td>", report.Mail.HtmlBody!);
    }

    public void Dispose() => session.Dispose();

    // The style sheet is for others; conditional comments are read; ignored declarations are gone.
    private static string AsWord(string html)
    {
        var page = Regex.Replace(html, "<!--\\[if !mso\\]><!-->.*?<!--<!\\[endif\\]-->", "", RegexOptions.Singleline);
        page = Regex.Replace(page, "<!--\\[if mso\\]>(.*?)<!\\[endif\\]-->", "$1", RegexOptions.Singleline);
        page = Regex.Replace(page, "<style>.*?</style>", "", RegexOptions.Singleline);
        var ignored = string.Join(
            '|', Dispensable.Keys.Where(key => key.StartsWith("css-", StringComparison.Ordinal)).Select(key => key[4..]));
        return Regex.Replace(page, $"(?<=[;\"])\\s*({ignored})\\s*:[^;\"]*;?", "");
    }

    /// <summary>What the elements, their styles and the style sheet of a mail ask for, by caniemail's names.</summary>
    private static HashSet<string> Asked(string html)
    {
        var sheet = string.Concat(
            Regex.Matches(html, "<style>(.*?)</style>", RegexOptions.Singleline).Select(style => style.Groups[1].Value));
        var declarations = Regex.Matches(html, " style=\"([^\"]*)\"").Select(style => style.Groups[1].Value)
            .Concat(Regex.Matches(sheet, @"\{([^{}]*)\}").Select(block => block.Groups[1].Value)).SelectMany(block => block.Split(';'))
            .Select(declaration => declaration.Split(':', 2)).Where(parts => parts.Length == 2)
            .Select(parts => (Name: parts[0].Trim(), Value: parts[1].Trim())).Distinct().ToList();
        var asked = declarations.Select(declaration => $"css-{declaration.Name}")
            .Concat(declarations.Where(declaration => declaration.Name == "display")
                .Select(declaration => $"css-display-{declaration.Value}"))
            .Concat(declarations.SelectMany(declaration => Regex.Matches(declaration.Value, @"([a-z-]+)\("))
                .SelectMany(function => new[] { $"css-{function.Groups[1].Value}", $"css-function-{function.Groups[1].Value}" }))
            .Concat(declarations.SelectMany(declaration => Regex.Matches(declaration.Value, @"\d(rem|vw|vh|ch|em)\b"))
                .Select(unit => $"css-unit-{unit.Groups[1].Value}"))
            .Concat(Regex.Matches(sheet, "@([a-z-]+)").Select(rule => $"css-at-{rule.Groups[1].Value}"))
            .Concat(Regex.Matches(html, "<([a-z0-9]+)").Select(tag => Regex.IsMatch(tag.Groups[1].Value, "^h[1-6]$") ? "html-h1-h6"
                : $"html-{tag.Groups[1].Value}"))
            .Concat(Regex.Matches(html, "<[a-z0-9]+ ([^>]*)>").SelectMany(tag => Regex.Matches(tag.Groups[1].Value, "([a-z-]+)=\""))
                .Select(attribute => $"html-{attribute.Groups[1].Value}"));
        return sheet.Contains("prefers-color-scheme", StringComparison.Ordinal)
            ? [.. asked, "css-at-media-prefers-color-scheme"]
            : [.. asked];
    }

    private static Dictionary<string, char> Features(string family, string platform)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(NodePackage.File("caniemail", "data/caniemail.json")));
        var support = new Dictionary<string, char>(StringComparer.Ordinal);
        foreach (var feature in json.RootElement.GetProperty("data").EnumerateArray())
        {
            if (feature.GetProperty("stats").TryGetProperty(family, out var programs)
                && programs.TryGetProperty(platform, out var versions))
            {
                support[feature.GetProperty("slug").GetString()!] = versions.EnumerateObject().Last().Value.GetString()![0];
            }
        }

        return support;
    }
}
