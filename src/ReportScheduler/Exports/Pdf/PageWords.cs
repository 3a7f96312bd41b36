using System.Globalization;
using ReportScheduler.Exports.Fonts;

namespace ReportScheduler.Exports.Pdf;

/// <summary>"Page 3 of 12" in two parts: the number of the page, which is known while
/// it is drawn, and the rest, which all pages share.</summary>
internal sealed class PageWords
{
    private const string Page = "{0}";
    private const string All = "{1}";

    private readonly string number;
    private readonly string rest;

    /// <param name="phrase">Page {0} of {1}, in the language of the report.</param>
    public PageWords(string phrase)
    {
        var (page, all) = (phrase.IndexOf(Page, StringComparison.Ordinal), phrase.IndexOf(All, StringComparison.Ordinal));
        var isBehind = page > all;
        NumberIsLast = isBehind != BidiLevels.IsRightToLeft(phrase);
        var cut = isBehind ? all + All.Length : page + Page.Length;
        (number, rest) = isBehind ? (phrase[cut..], phrase[..cut]) : (phrase[..cut], phrase[cut..]);
    }

    /// <summary>Whether the number of the page stands to the right of that of all pages.</summary>
    public bool NumberIsLast { get; }

    public string Number(int page) => number.Replace(Page, page.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public string Rest(int pages) => rest.Replace(All, pages.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
