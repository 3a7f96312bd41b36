using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ReportScheduler.Tests.Exports;
using ReportScheduler.Tests.Support;
using ReportScheduler.Words;

namespace ReportScheduler.Tests.Looks;

/// <summary>A report in German has no word that is English only.</summary>
public sealed class GermanReportTests : IDisposable
{
    private const string Options = """
         -Culture de-DE -Description 'Kartenzahlungen aller Filialen.' -Query "
        with recursive n(i) as (select 0 union all select i + 1 from n where i < 299)
        select 'Lager ' || (i / 100) as lager, date('2024-01-01', '+' || i || ' days') as tag, i * 1.5 as umsatz, i % 7 as zahl,
          iif(i % 3, 'Ja', null) as bezahlt, x'0001' as anlage from n"
        """ + " -GroupBy lager -Total ([ordered] @{ umsatz = 'sum'; zahl = 'avg', 'min', 'max', 'count', 'distinct' })"
        + " -Chart @{ Kind = 'Bar'; X = 'tag'; Y = 'umsatz'; By = 'Month'; Target = 5000; SecondAxis = 'zahl' },"
        + " @{ Kind = 'Pie'; X = 'lager'; Y = 'umsatz' }, @{ Kind = 'HorizontalBar'; X = 'tag'; Y = 'zahl' }"
        + " -Highlight @{ zahl = 'icons' } -KeyFigure ([ordered] @{ Umsatz = 'sum(umsatz)'; Wechsel = 'sum(umsatz) vs last run' })";

    private readonly PowerShellSession session = new();

    [Fact]
    public void No_English_word_is_left_in_any_format()
    {
        var report = SampleReports.MakeOf(session, "Umsatz je Lager", Options);
        var english = Words("en").Except(Words("de"), StringComparer.OrdinalIgnoreCase)
            .Concat(["the", "and", "of", "by", "per", "from", "to", "sheet", "chart", "table", "report", "values", "blank"])
            .Except(["other", "name"], StringComparer.OrdinalIgnoreCase).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.InRange(english.Count, 60, 400);
        var texts = Texts(report).ToList();
        Assert.InRange(texts.Count, 12, 1000);
        foreach (var (place, text) in texts)
        {
            var left = Regex.Matches(text, @"(?<![\p{L}\d@./=_-])\p{L}{2,}(?![\p{L}\d@/=_]|\.\w)").Select(word => word.Value)
                .Where(english.Contains).Distinct().Select(word => $"{word} in: {Around(text, word)}");
            Assert.True(!left.Any(), $"{place}: {string.Join("\n", left)}");
        }

        Assert.Contains(texts, text => text.Text.Contains("Seite 1 von", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Text.Contains("Durchschnitt", StringComparison.Ordinal));
    }

    public void Dispose() => session.Dispose();

    private static string Around(string text, string word)
    {
        var place = Regex.Match(text, $@"\b{word}\b").Index;
        return text[Math.Max(0, place - 40)..Math.Min(text.Length, place + 60)].ReplaceLineEndings(" ");
    }

    private static IEnumerable<(string Place, string Text)> Texts(SampleReport report)
    {
        yield return ("subject", report.Mail.Subject!);
        yield return ("plain mail", report.Mail.TextBody!);
        yield return ("mail", Visible(report.Mail.HtmlBody!));
        yield return ("page", Visible(report.Html));
        yield return ("PDF", PdfReport.Run("pdftotext", "-layout", report.File(".pdf"), "-"));
        yield return ("tags of the PDF", string.Join(' ', Regex.Matches(PdfReport.Run("pdfinfo", "-struct-text", report.File(".pdf")),
            "\"(.*?)\"").Select(text => text.Groups[1].Value)));
        yield return ("title of the PDF", Regex.Match(PdfReport.Run("pdfinfo", report.File(".pdf")), "Title:.*").Value);
        yield return ("CSV", File.ReadAllText(report.File(".csv")));
        yield return ("JSON", File.ReadAllText(report.File(".json")));
        foreach (var xml in report.WorkbookParts(".xml").Concat(report.WorkbookParts(".vml")))
        {
            yield return ("workbook", string.Join(' ', Regex.Matches(xml,
                "<(?:t|v|a:t|c:v|oddFooter|oddHeader|dc:title|dc:subject|dc:description)[^>]*>([^<]*)<|"
                + "(?: descr| title| (?<=tableColumn [^>]*)name|totalsRowLabel|prompt|error)=\"([^\"]*)\"")
                .Select(text => WebUtility.HtmlDecode(text.Groups[1].Value + text.Groups[2].Value))));
        }
    }

    // What is shown, and what is read aloud.
    private static string Visible(string html)
    {
        var page = Regex.Replace(html, "<(style|script)>.*?</\\1>", "", RegexOptions.Singleline);
        var spoken = Regex.Matches(page, " (?:alt|title|placeholder|aria-label|data-search|data-print)=\"([^\"]*)\"")
            .Select(text => text.Groups[1].Value);
        return WebUtility.HtmlDecode(string.Join('\n', spoken.Append(Regex.Replace(page, "<[^>]*>", " "))));
    }

    private static List<string> Words(string language)
    {
        using var file = typeof(ReportWords).Assembly.GetManifestResourceStream($"Words.{language}.json")!;
        using var json = JsonDocument.Parse(file);
        return json.RootElement.EnumerateObject()
            .SelectMany(phrase => Regex.Matches(Regex.Replace(phrase.Value.GetString()!, @"\{\d\}", " "), @"\p{L}{2,}"))
            .Select(word => word.Value.ToLower(CultureInfo.InvariantCulture)).Distinct().ToList();
    }
}
