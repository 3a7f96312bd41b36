using System.Globalization;
using System.Text;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Looks;

/// <summary>Mail and page on a phone, and on screens that are too wide.</summary>
public sealed class PhoneTests : IDisposable
{
    private const int Phone = 390;

    // What reaches beyond the window outside of a block that scrolls by itself.
    private const string TooWide = """
        w => {
          const width = w.innerWidth;
          const scrolls = element => ['auto', 'scroll'].includes(w.getComputedStyle(element).overflowX);
          const isInside = element => element.parentElement !== null && (scrolls(element.parentElement) || isInside(element.parentElement));
          const wide = [...w.document.body.querySelectorAll('*')]
            .filter(element => !isInside(element))
            .filter(element => { const box = element.getBoundingClientRect(); return box.right > width + .5 || box.left < -.5; })
            .map(element => element.tagName + ' ' + element.className + ' ' + Math.round(element.getBoundingClientRect().width));
          return { wide, page: w.document.scrollingElement.scrollWidth, text: w.document.body.innerText.length };
        }
        """;

    private readonly PowerShellSession session = new();

    public static TheoryData<string> Names => SampleReports.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_wider_than_a_phone_but_a_table_that_scrolls_by_itself(string name)
    {
        var report = SampleReports.Make(session, name);
        Assert.InRange(Encoding.UTF8.GetByteCount(report.Mail.HtmlBody!), 1, 80 * 1024);
        foreach (var page in new[] { report.MailHtml, report.Html })
        {
            var seen = Browser.Ask(session.Folder, page, Phone, TooWide);
            Assert.Empty(seen.GetProperty("wide").EnumerateArray().Select(element => element.GetString()));
            Assert.InRange(seen.GetProperty("page").GetInt32(), 1, Phone);
            Assert.InRange(seen.GetProperty("text").GetInt32(), 10, int.MaxValue);
        }
    }

    [Fact]
    public void Lines_of_a_page_stay_within_what_an_eye_follows_on_the_widest_screen()
    {
        var report = SampleReports.Make(session, "wide");
        var width = Browser.Ask(session.Folder, report.Html, 3000, "w => w.document.querySelector('.sheet').offsetWidth").GetInt32();
        Assert.InRange(width, 900, 1760);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(Phone)]
    public void The_first_column_and_the_head_stay_in_sight_of_a_table_that_scrolls(int width)
    {
        var report = SampleReports.Make(session, "wide");
        var seen = Browser.Ask(session.Folder, report.Html, width, """
            w => {
              const scroll = w.document.querySelector('.scroll');
              scroll.scrollTo(600, 300);
              const place = scroll.getBoundingClientRect();
              const cell = w.document.querySelector('tbody tr:last-child > *').getBoundingClientRect();
              const head = w.document.querySelector('thead th:nth-child(9)').getBoundingClientRect();
              return [scroll.scrollLeft, cell.left - place.left, scroll.scrollTop, head.top - place.top];
            }
            """);
        var places = seen.EnumerateArray().Select(number => number.GetDouble()).ToList();
        Assert.Equal(600, places[0]);
        Assert.Equal(0, places[1], 1.0);
        Assert.True(places[2] > 0, string.Join(' ', places.Select(place => place.ToString(CultureInfo.InvariantCulture))));
        Assert.Equal(0, places[3], 1.0);
    }

    [Fact]
    public void Rows_stay_low_beside_a_long_text_that_is_out_of_sight()
    {
        var report = SampleReports.Make(session, "wide names");
        var heights = Browser.Ask(session.Folder, report.Html, Phone,
            "w => [...w.document.querySelectorAll('tbody tr')].slice(0, 12).map(row => row.offsetHeight)");
        Assert.All(heights.EnumerateArray(), height => Assert.InRange(height.GetInt32(), 20, 75));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sandbox=\"allow-same-origin\"")]
    public void A_page_is_whole_where_no_script_runs(string sandbox)
    {
        var report = SampleReports.Make(session, "several");
        var seen = Browser.Ask(session.Folder, report.Html, 1280, """
            w => ({ rows: w.document.querySelectorAll('tbody tr').length,
              heads: [...w.document.querySelectorAll('h2')].map(h => h.innerText),
              images: [...w.document.images].filter(image => image.naturalWidth > 0).length,
              tools: w.document.querySelectorAll('.tools, thead button').length })
            """, frame: sandbox);
        Assert.Equal(3, seen.GetProperty("rows").GetInt32());
        Assert.Equal(["Revenue", "Stock"], seen.GetProperty("heads").EnumerateArray().Select(head => head.GetString()));
        Assert.InRange(seen.GetProperty("images").GetInt32(), 1, 2);
        Assert.Equal(sandbox.Length == 0, seen.GetProperty("tools").GetInt32() > 0);
    }

    [Theory]
    [InlineData("trail", 40)]
    // a row is in its groups, though it does not repeat their names
    [InlineData("  CATEGORY 3 ", 10)]
    [InlineData("warehouse 1", 20)]
    [InlineData("741.00", 1)]
    [InlineData("nowhere", 0)]
    [InlineData("", 40)]
    public void A_search_leaves_the_rows_that_have_the_words(string words, int rows)
    {
        var report = SampleReports.Make(session, "groups");
        var seen = Browser.Ask(session.Folder, report.Html, 1280, $$"""
            w => {
              const input = w.document.querySelector('input[type=search]');
              input.value = '{{words}}';
              input.dispatchEvent(new w.Event('input'));
              const shown = [...w.document.querySelectorAll('tbody tr')].filter(row => row.offsetHeight > 0);
              return [':not(.head, .sum)', '.head', '.sum'].map(kind => shown.filter(row => row.matches(kind)).length);
            }
            """);
        Assert.Equal(rows, seen[0].GetInt32());
        Assert.Equal(rows == 0, seen[1].GetInt32() == 0);
        Assert.Equal(words.Length == 0, seen[2].GetInt32() > 0);
    }

    public void Dispose() => session.Dispose();
}
