using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Words;

namespace ReportScheduler.Tests.Words;

public sealed class ReportWordsTests
{
    [Fact]
    public void Every_language_has_every_phrase_with_the_same_places_for_values()
    {
        var english = ReportWords.Names("en").Order().ToList();
        Assert.All(ReportWords.Languages, language =>
        {
            Assert.Equal(english, ReportWords.Names(language).Order());
            var (own, en) = (ReportWords.Of(CultureInfo.GetCultureInfo(language)), ReportWords.Of(CultureInfo.InvariantCulture));
            Assert.Equal(language, own.Language);
            Assert.All(english.Where(name => !Plurals.Contains(name)), name => Assert.Equal(Places(en[name]), Places(own[name])));
        });
    }

    [Theory]
    [InlineData("", 1, "1 row")]
    [InlineData("en-US", 1234, "1,234 rows")]
    [InlineData("de-AT", 1, "1 Zeile")]
    [InlineData("de-DE", 1234, "1.234 Zeilen")]
    [InlineData("fr-FR", 0, "0 ligne")]
    [InlineData("fr-CA", 2, "2 lignes")]
    [InlineData("pl-PL", 1, "1 wiersz")]
    [InlineData("pl-PL", 3, "3 wiersze")]
    [InlineData("pl-PL", 13, "13 wierszy")]
    [InlineData("pl-PL", 22, "22 wiersze")]
    [InlineData("pl-PL", 112, "112 wierszy")]
    [InlineData("cs-CZ", 4, "4 řádky")]
    [InlineData("cs-CZ", 5, "5 řádků")]
    [InlineData("cs-CZ", 22, "22 řádků")]
    [InlineData("ja-JP", 1, "1 行")]
    [InlineData("zh-CN", 2, "2 行")]
    [InlineData("sv-SE", 2, "2 rader")]
    // no words of its own
    [InlineData("hu-HU", 2, "2 rows")]
    [InlineData("ur-PK", 2, "2 rows")]
    // one and two without their number
    [InlineData("ar-EG", 1, "صف واحد")]
    [InlineData("ar-EG", 2, "صفان")]
    [InlineData("ar-EG", 5, "5 صفوف")]
    [InlineData("ar-EG", 15, "15 صفا")]
    [InlineData("ar-EG", 100, "100 صف")]
    [InlineData("he-IL", 2, "שתי שורות")]
    [InlineData("fa-IR", 3, "3 ردیف")]
    public void Rows_are_counted_as_the_language_does(string culture, long rows, string text) =>
        Assert.Equal(text, ReportWords.Of(CultureInfo.GetCultureInfo(culture)).Count("rows", rows));

    [Theory]
    [InlineData("ja")]
    [InlineData("zh")]
    public void Marks_between_words_are_as_wide_as_the_characters_of_the_language(string language)
    {
        var words = ReportWords.Of(CultureInfo.GetCultureInfo(language));
        Assert.All(ReportWords.Names(language).Where(name => !Plurals.Contains(name)),
            name => Assert.DoesNotMatch("[,;:()~]", Regex.Replace(words[name], @"\{\d\}", "")));
    }

    [Theory]
    [InlineData("en-US", "a, b, c")]
    [InlineData("ar-EG", "a، b، c")]
    [InlineData("zh-CN", "a、b、c")]
    public void Lists_have_the_comma_of_the_language(string culture, string list) =>
        Assert.Equal(list, ReportWords.Of(CultureInfo.GetCultureInfo(culture)).List(["a", "b", "c"]));

    [Theory]
    [InlineData("", "Page 1 of 2")]
    [InlineData("de-DE", "Seite 1 von 2")]
    [InlineData("es-MX", "Página 1 de 2")]
    [InlineData("ja-JP", "1 / 2 ページ")]
    [InlineData("tr-TR", "Page 1 of 2")]
    public void Pages_are_counted_in_the_language(string culture, string text) =>
        Assert.Equal(text, ReportWords.Of(CultureInfo.GetCultureInfo(culture)).With("page", 1, 2));

    private static readonly string[] Plurals =
        ["rows", "firstRows", "moreColumns", "moreColumnsInWorkbook", "moreColumnsInFile", "bytes", "changes",
        "changesOfParts"];

    private static IEnumerable<string> Places(string phrase) =>
        Regex.Matches(phrase, @"\{\d\}").Select(place => place.Value).Distinct().Order();
}
