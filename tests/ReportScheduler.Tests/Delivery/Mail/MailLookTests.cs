using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Tests.Delivery.Mail;

public sealed class MailLookTests : IDisposable
{
    private readonly MailFixture fixture = new();
    private readonly ReportMailServer server =
        new() { Name = "pickup", PickupDirectory = "/nowhere", From = "Reports <reports@example.com>" };

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_wide_dataset_shows_its_first_columns_and_says_how_many_more_the_file_has()
    {
        Wide(columns: 40, rows: 30);
        var message = Compose();
        Assert.Equal(6, message.HtmlBody!.Split("<th scope=\"col\"").Length - 1);
        Assert.Contains("First 10 of 30 rows &#183; 34 more columns in the attached file. All are in the attached files.", message.HtmlBody,
            StringComparison.Ordinal);
        fixture.Export = fixture.Export with { Files = [fixture.File("sales.xlsx", "x")] };
        Assert.Contains("34 more columns in the workbook.", Compose().HtmlBody, StringComparison.Ordinal);
        fixture.Task.Culture = "de-DE";
        Assert.Contains("34 weitere Spalten in der Arbeitsmappe.", Compose().HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_and_columns_can_be_chosen()
    {
        Wide(columns: 40, rows: 30);
        (fixture.Task.MailRows, fixture.Task.MailColumns) = (3, ["C7", "c2", "unknown"]);
        var html = Compose().HtmlBody!;
        Assert.Equal(["Column 7", "Column 2"],
            Regex.Matches(html, "<th scope=\"col\"[^>]*>([^<]*)</th>").Select(head => head.Groups[1].Value));
        Assert.Equal(3, html.Split("</tr>\n").Length - 1);
    }

    [Theory]
    [InlineData(null, null, true, true, true)]
    [InlineData(null, MailPart.Table, false, false, true)]
    [InlineData(null, MailPart.Figures, false, true, false)]
    [InlineData(null, MailPart.None, false, false, false)]
    // a body of one's own stands alone, unless it asks for more, or the rows would be nowhere
    [InlineData("Mine.", null, false, false, false)]
    [InlineData("{{ run.rows }} rows.", null, false, false, false)]
    [InlineData("Mine.", MailPart.Table, false, false, true)]
    public void The_parts_of_a_mail_can_be_chosen(string? body, MailPart? part, bool hasChart, bool hasFigures, bool hasTable)
    {
        Wide(columns: 3, rows: 3);
        fixture.Task.Body = body;
        fixture.Task.MailContent = part is { } one ? [one] : [];
        var message = Compose();
        Assert.Equal(hasTable, message.HtmlBody!.Contains("<thead", StringComparison.Ordinal));
        Assert.Equal(hasTable, message.TextBody!.Contains("-----", StringComparison.Ordinal));
        Assert.Equal(hasFigures, message.HtmlBody!.Contains("font-size:28px", StringComparison.Ordinal));
        Assert.Equal(hasFigures, message.TextBody!.Contains("Revenue: 1,234.50", StringComparison.Ordinal));
        Assert.False(hasChart && message.BodyParts.Any(each => each.ContentType.MimeType == "image/png"));
    }

    [Theory]
    [InlineData("Mine.", true)]
    [InlineData("{% for row in rows %}{{ row.c1 }}{% endfor %}", false)]
    public void Rows_that_are_in_no_file_follow_a_body_that_does_not_show_them(string body, bool hasTable)
    {
        Wide(columns: 3, rows: 3);
        fixture.Export = fixture.Export with { Files = [] };
        fixture.Task.Body = body;
        Assert.Equal(hasTable, Compose().HtmlBody!.Contains("<thead", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10, 6, 4000)]
    [InlineData(50, 40, 30)]
    [InlineData(200, 200, 200)]
    public void The_HTML_stays_below_what_Gmail_shows(int rows, int columns, int length)
    {
        Wide(columns, rows, new string('x', length));
        (fixture.Task.MailRows, fixture.Export) = (rows, fixture.Export with { Files = [] });
        Assert.InRange(Encoding.UTF8.GetByteCount(Compose().HtmlBody!), 1, MailText.MostHtml);
    }

    [Theory]
    [InlineData(3, 20)]
    [InlineData(6, 40)]
    [InlineData(40, 9)]
    public void No_line_of_the_plain_part_is_wider_than_78_letters(int columns, int length)
    {
        Wide(columns, 12, new string('x', length));
        fixture.Task.Description = string.Join(' ', Enumerable.Repeat("a long description", 20));
        var text = Compose().TextBody!.ReplaceLineEndings("\n");
        Assert.All(text.Split('\n').Where(line => line.Contains(' ', StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, 78));
    }

    [Fact]
    public void The_label_of_the_totals_reaches_over_the_empty_cells_behind_it()
    {
        Wide(columns: 4, rows: 1);
        fixture.Export = fixture.Export with
        {
            Datasets = [.. fixture.Export.Datasets.Select(dataset => dataset with { Totals = [["Average, total", null, null, "5"]] })],
        };
        Assert.Matches("<tfoot><tr><td colspan=\"3\"[^>]*>Average, total</td><td[^>]*>5</td></tr></tfoot>", Compose().HtmlBody);
    }

    [Fact]
    public void The_mail_says_who_sends_it_and_not_which_run()
    {
        Wide(columns: 2, rows: 1);
        var message = Compose();
        Assert.DoesNotContain("run-1.", message.HtmlBody!.Replace("chart1.run-1@reportscheduler", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Equal("run-1", message.Headers["X-Report-Run"]);
        Assert.Contains("Sent by Reports. Replies go to reports@example.com.", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("\n-- \nSent by Reports. Replies go to reports@example.com.\n", message.TextBody!.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
        fixture.Task.ReplyTo = ["team@example.com"];
        Assert.Contains("Replies go to team@example.com.", Compose().HtmlBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "<html lang=\"en\">")]
    [InlineData("de-AT", "<html lang=\"de-AT\">")]
    [InlineData("ar-SA", "<html lang=\"ar-SA\" dir=\"rtl\">")]
    public void The_mail_names_its_language_its_attachments_and_what_is_beside_the_subject(string? culture, string html)
    {
        Wide(columns: 2, rows: 1);
        fixture.Task.Culture = culture;
        fixture.Export = fixture.Export with { Files = [fixture.File("sales.csv", new string('x', 12_300))] };
        var page = Compose().HtmlBody!;
        Assert.Contains(html, page, StringComparison.Ordinal);
        Assert.Contains($"sales.csv ({SizeText.Of(12_300, CultureInfo.GetCultureInfo(culture ?? ""))})", page, StringComparison.Ordinal);
        Assert.Matches("<div style=\"display:none;[^>]*>Revenue 1,234.50 ", page);
    }

    [Fact]
    public void Rules_colour_cells_and_in_the_dark_their_tints()
    {
        Wide(columns: 2, rows: 2);
        var looks = new[] { new[] { default, new HighlightLook(0xF8B4B4, null, 0, null) }, [default, new HighlightLook(null, null, 0, 2)] };
        fixture.Export = fixture.Export with { Datasets = [fixture.Export.Datasets[0] with { Looks = looks }] };
        var html = Compose().HtmlBody!;
        Assert.Matches("<td class=\"hF8B4B4\" style=\"[^\"]*background-color:#F8B4B4;", html);
        Assert.Matches(@"\.hF8B4B4\{background-color:#[0-9A-F]{6}!important\}", html);
        Assert.Contains(">\u2191</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_and_mail_addresses_can_be_followed_and_nothing_is_a_dash()
    {
        Wide(columns: 3, rows: 1);
        fixture.Export = fixture.Export with
        {
            Datasets = [
            fixture.Export.Datasets[0] with { FirstRows = [["https://example.com/a?b=1&c=\"2", "ada@example.com", null]] }]
        };
        var html = Compose().HtmlBody!;
        Assert.Contains("<a href=\"https://example.com/a?b=1&amp;c=&quot;2\"", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"mailto:ada@example.com\"", html, StringComparison.Ordinal);
        Assert.Contains(">\u2013</span></td>", html, StringComparison.Ordinal);
    }

    /// <summary>Word, which lays out mails in Outlook, knows none of these.</summary>
    [Theory]
    [InlineData(@"display:\s*(flex|grid)")]
    [InlineData("background-image|background:\\s*url")]
    [InlineData("position:|float:")]
    [InlineData("<(script|form|input|svg|video)")]
    public void Nothing_depends_on_what_Outlook_ignores(string forbidden)
    {
        Wide(columns: 40, rows: 30);
        Assert.DoesNotMatch(forbidden, Compose().HtmlBody);
        Assert.Contains("<!--[if mso]><table role=\"presentation\" width=\"640\"", Compose().HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_text_names_its_font_because_Outlook_inherits_none()
    {
        Wide(columns: 4, rows: 3);
        fixture.Task.Description = "About.";
        var html = Regex.Replace(Compose().HtmlBody!, "<!--.*?-->", "");
        Assert.All(Regex.Matches(html, "<(h1|h2|p|th)\\b[^>]*>").Select(tag => tag.Value),
            tag => Assert.Contains("'Segoe UI'", tag, StringComparison.Ordinal));
        Assert.All(Regex.Matches(html, "<td (class=\"h[^>]*)?style=\"padding:8px[^>]*>").Select(tag => tag.Value),
            tag => Assert.Contains("'Segoe UI'", tag, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<p>Hello <b>all</b>,<br>see <a href=\"https://x.example/\">the page</a>.</p><ul><li>one</li><li>two</li></ul>",
        "Hello all,\nsee the page (https://x.example/).\none\ntwo\n")]
    [InlineData("<style>p{color:red}</style><h1>Title</h1><p>a &amp; b</p>", "Title\na & b\n")]
    [InlineData("<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>", "a 1\nb 2\n")]
    public void A_body_in_HTML_has_its_text_part(string body, string text)
    {
        (fixture.Task.Body, fixture.Task.BodyAsHtml) = (body, true);
        Assert.StartsWith(text, Compose().TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-01", "2026-11-01", "<", "", "October 2026")]
    [InlineData("2026-10-01", "2026-10-31", "<=", "", "October 2026")]
    [InlineData("2026-10-01", "2026-11-01", "<", "de-DE", "Oktober 2026")]
    [InlineData("2026-01-01", "2027-01-01", "<", "", "2026")]
    [InlineData("2026-07-01", "2026-10-01", "<", "de-DE", "3. Quartal 2026")]
    [InlineData("2026-10-05", "2026-10-12", "<", "", "2026-10-05 to 2026-10-11")]
    [InlineData("2026-10-05", "2026-10-12", "<=", "de-DE", "05.10.2026 bis 12.10.2026")]
    [InlineData("2026-10-05", "2026-10-06", "<", "", "2026-10-05")]
    public void The_period_is_said_with_its_last_day(string since, string until, string comparison, string culture, string text)
    {
        var task = new ReportTask { Name = "t", Query = $"select * from t where at >= @since and at {comparison} @until" };
        ShownParameter Shown(string name, string day) => new(name, day) { Date = DateTime.Parse(day, CultureInfo.InvariantCulture) };
        Assert.Equal(text + " · Customer id: 5", PeriodText.Line([Shown("since", since), Shown("until", until), new("customer_id", "5")],
            task, CultureInfo.GetCultureInfo(culture)));
    }

    [Fact]
    public void A_long_figure_has_more_room_than_the_short_ones_beside_it()
    {
        Wide(2, 1);
        var preview = fixture.Export.Datasets[0] with
        {
            Figures = [new KeyFigure("Revenue", "€6,673,558.39"), new KeyFigure("Orders", "28,054"), new KeyFigure("Share", "17%")],
        };
        fixture.Export = fixture.Export with { Datasets = [preview] };
        Assert.Equal(["52%", "24%", "24%"],
            Regex.Matches(Compose().HtmlBody!, "class=\"t\" width=\"([^\"]*)\"").Select(cell => cell.Groups[1].Value));
    }

    private void Wide(int columns, int rows, string text = "value")
    {
        var preview = new DatasetPreview(
            "Sales",
            [.. Enumerable.Range(1, columns).Select(column => new SourceColumn(column - 1, $"c{column}", $"c{column}", ColumnKind.Text))],
            rows,
            [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Repeat<string?>(text, columns).ToArray())])
        {
            Titles = [.. Enumerable.Range(1, columns).Select(column => $"Column {column}")],
            Figures = [new KeyFigure("Revenue", "1,234.50")],
        };
        fixture.Export = fixture.Export with { Datasets = [preview] };
    }

    private MimeMessage Compose() => MimeMessage.Load(fixture.Compose(server).MessagePath!);
}
