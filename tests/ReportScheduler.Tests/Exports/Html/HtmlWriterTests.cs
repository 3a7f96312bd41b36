using System.Collections.Specialized;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using ReportScheduler.Exports;
using UglyToad.PdfPig;

namespace ReportScheduler.Tests.Exports.Html;

public sealed class HtmlWriterTests : IDisposable
{
    private const string Rows = """
        create table sales(day date, region text, "<b>note</b>" text, amount decimal(10,2), qty integer, share real, at datetime, empty text);
        insert into sales values
            ('2026-01-31', 'Zürich & Söhne', '<script>alert(1)</script>', 1234.5, 10, 0.25, '2026-01-31 13:45:00', null),
            ('2026-01-05', '東京', '"quoted" ''text''', -99.25, 9, 0.5, '2026-01-05 08:00:00', ''),
            ('2026-02-01', 'שלום', 'two
        lines', 20000, 100, 0.125, '2026-02-01 00:00:00', null);
        select * from sales
        """;

    private readonly ExportFolder folder = new();

    [Fact]
    public void A_colour_of_a_number_format_is_shown()
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        task.ColumnFormat = new OrderedDictionary { ["n"] = "0;[Red]-0;[Black]0" };
        task.Total = new OrderedDictionary { ["n"] = "sum" };
        folder.Sqlite(task, "select 'a' as t, 1 as n union all select 'b', -5 union all select 'c', 0");
        var page = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Contains("table tr td.cFF0000 { color: #FF0000; }", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">1</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n cFF0000\">-5</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">0</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n cFF0000\">-4</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_escaped_and_stays_readable()
    {
        var page = Page(ExportFolder.Task(ReportFormat.Html), Rows);
        Assert.Contains("<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>", page);
        Assert.Contains("<td>Zürich &amp; Söhne</td>", page);
        Assert.Contains("<td>東京</td>", page);
        Assert.Contains("&lt;b&gt;note&lt;/b&gt;</th>", page);
        Assert.DoesNotContain("<b>note", page);
    }

    [Fact]
    public void Options_of_columns_hold()
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        task.Culture = "de-DE";
        task.Hide = ["region"];
        task.ColumnFormat = new OrderedDictionary { ["amount"] = "#,##0.00 €", ["share"] = "0.0%" };
        task.ColumnHeader = new OrderedDictionary { ["amount"] = "Umsatz" };
        task.ColumnWidth = new OrderedDictionary { ["qty"] = 20 };
        task.Total = new OrderedDictionary { ["amount"] = "sum", ["qty"] = "avg", ["share"] = "count" };
        var page = Page(task, Rows);
        Assert.DoesNotContain("東京", page);
        Assert.Contains("<th scope=\"col\" class=\"n\">Umsatz</th>", page);
        Assert.Contains("<td class=\"n\" data-v=\"1234.5\">1.234,50 €</td>", page);
        Assert.Contains("<td class=\"n\" data-v=\"0.25\">25,0%</td>", page);
        Assert.Contains("<td class=\"d\" data-v=\"2026-01-31\">31.01.2026</td>", page);
        Assert.Contains("<col width=\"160\">", page);
        Assert.Matches("<tfoot>\\s*<tr><th scope=\"row\">Summe, Durchschnitt, Anzahl</th>.*21.135,25 €</td>.*>39,67</td>.*</tfoot>",
            page.Replace('\n', ' '));
    }

    [Fact]
    public void No_rows_leave_a_table_with_its_header()
    {
        var page = Page(ExportFolder.Task(ReportFormat.Html), "select 1 as a, 2 as b where 0");
        Assert.Contains("<th scope=\"col\">A</th><th scope=\"col\">B</th>", page);
        Assert.Contains("0 rows", page);
    }

    [Fact]
    public void The_chart_is_a_picture_inside_the_page_with_words_for_those_who_do_not_see_it()
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        (task.Chart, task.ChartX, task.ChartY) = (ChartKind.Bar, "region", ["amount"]);
        var page = Page(task, Rows.Replace("20000", "11041.23", StringComparison.Ordinal));
        var picture = Regex.Match(page, "<figure><picture>.*<img width=\"\\d+\" height=\"\\d+\" alt=\"([^\"]+)\" "
            + "src=\"data:image/png;base64,([^\"]+)\"></picture></figure>");
        Assert.True(picture.Success);
        Assert.Contains("Amount from −99.25 to 11,041.23", picture.Groups[1].Value, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(picture.Groups[2].Value)[..4]);
    }

    [Fact]
    public void A_browser_runs_the_script_and_shows_every_cell()
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        Page(task, Rows);
        var dom = Browse("--dump-dom");
        // the buttons are the script's work: the policy let it run
        Assert.Contains("<th scope=\"col\"><button type=\"button\">Region</button></th>", dom);
        var cells = Regex.Matches(dom, "<td[^>]*>(.*?)</td>", RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(24, cells.Count);
        Assert.Equal(["2026-01-31", "Zürich &amp; Söhne", "&lt;script&gt;alert(1)&lt;/script&gt;", "1,234.50", "10", "0.250",
            "2026-01-31 13:45", ""], cells[..8]);
    }

    [Theory]
    // column, times its header is pressed, its cells after that
    [InlineData("amount", 2, "20000,00 1234,50 \u221299,25")]
    // NULL stays last
    [InlineData("computed", 1, "\u2212198,50 2469,00 ")]
    [InlineData("day", 1, "05.01.2026 31.01.2026 01.02.2026")]
    [InlineData("word", 1, "ähnlich Apfel Élan")]
    public void Pressing_a_header_sorts_by_value(string column, int presses, string cells)
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        task.Culture = "de-DE";
        task.ColumnFormat = new OrderedDictionary { ["amount"] = "0.00", ["computed"] = "0.00" };
        Page(task, Rows.Replace("select * from sales", "select amount, day, iif(amount < 10000, amount * 2, null) as computed, case qty "
            + "when 10 then 'Élan' when 9 then 'Apfel' else 'ähnlich' end as word from sales"));
        var path = $"{folder.Path}/sales.html";
        var page = File.ReadAllText(path);
        // the policy of the page lets no script in but its own
        page = Regex.Replace(page, "<meta http-equiv[^>]*>", "").Replace("</body>",
            string.Concat(Enumerable.Repeat("<script>[...document.querySelectorAll('th button')].find(button => "
                + $"button.textContent.toLowerCase() === '{column}').click()</script>", presses)) + "</body>");
        File.WriteAllText(path, page);
        var dom = Browse("--dump-dom");
        Assert.Equal(presses == 1 ? "ascending" : "descending",
            Regex.Match(dom, $"aria-sort=\"(\\w+)\"[^>]*><button type=\"button\">{column}<", RegexOptions.IgnoreCase).Groups[1].Value);
        var place = Array.IndexOf(["amount", "day", "computed", "word"], column);
        var found = Regex.Matches(dom, "<tr>(<td.*?)</tr>")
            .Select(row => Regex.Matches(row.Groups[1].Value, "<td[^>]*>(.*?)</td>")[place].Groups[1].Value);
        Assert.Equal(cells, string.Join(' ', found));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(25)]
    [InlineData(61)]
    public void A_printed_page_has_every_column_and_the_chart_above_them(int columns)
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        (task.Chart, task.ChartY) = (ChartKind.Bar, ["number2"]);
        var page =
            Page(task, "select " + string.Join(", ", Enumerable.Range(1, columns).Select(column => $"{column}000.25 as number{column}")));
        Assert.True(page.IndexOf("<figure>", StringComparison.Ordinal) < page.IndexOf("<table", StringComparison.Ordinal));
        Browse("--no-pdf-header-footer", $"--print-to-pdf={folder.Path}/printed.pdf");
        using var pdf = PdfDocument.Open($"{folder.Path}/printed.pdf");
        var printed = pdf.GetPage(1);
        Assert.Equal(columns > 4, printed.Width > printed.Height);
        var last = printed.GetWords().Single(word => word.Text == $"Number{columns}");
        Assert.InRange(last.BoundingBox.Right, 0, printed.Width - 10);
        Assert.True(printed.GetImages().Single().BoundingBox.Bottom > last.BoundingBox.Top);
    }

    [Fact]
    public void The_head_is_printed_on_every_page()
    {
        Page(ExportFolder.Task(ReportFormat.Html),
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 200) select i as number1 from n");
        Browse("--no-pdf-header-footer", $"--print-to-pdf={folder.Path}/printed.pdf");
        using var pdf = PdfDocument.Open($"{folder.Path}/printed.pdf");
        Assert.InRange(pdf.NumberOfPages, 3, 20);
        Assert.All(pdf.GetPages(), page => Assert.Single(page.GetWords(), word => word.Text == "Number1"));
    }

    [Theory]
    [InlineData(100, true)]
    // a list of more would be longer than a page
    [InlineData(101, false)]
    public void Rows_of_groups_wait_as_long_as_there_may_be_a_list_of_them(int groups, bool isListed)
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        task.Datasets[0].GroupBy = ["g"];
        task.Total = new OrderedDictionary { ["n"] = "sum" };
        var waited = new List<bool>();
        using (var connection = new SqliteConnection("Data Source=:memory:"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"with recursive r(i) as (select 0 union all select i + 1 from r where i < {(groups * 10) - 1}) "
                + "select i / 10 as g, i as n from r";
            using var reader = command.ExecuteReader();
            using var export = new ReportExport(folder.Document(task), isSmall: true);
            export.Add("Sales", new ReaderRows(reader), _ => waited.Add(File.Exists($"{folder.Path}/sales.html.part.rows")),
                CancellationToken.None);
            export.Complete();
        }

        Assert.True(waited[0]);
        Assert.Equal(isListed, waited[^1]);
        var page = File.ReadAllText($"{folder.Path}/sales.html");
        Assert.Equal(isListed ? groups : 0, Regex.Count(page, "<li><a href=\"#group-1-"));
        Assert.Equal(Enumerable.Range(1, groups).Select(number => $"group-1-{number}"),
            Regex.Matches(page, "<th [^>]*id=\"(group-1-\\d+)\"").Select(id => id.Groups[1].Value));
        var numbers = Enumerable.Range(0, groups * 10);
        Assert.Equal(numbers, Regex.Matches(page, "<tr><td></td><td[^>]*>([\\d,]+)</td></tr>")
            .Select(row => int.Parse(row.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));
        Assert.Equal(groups, Regex.Count(page, "<tr class=\"sum l0\">"));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>What Chromium prints for the page.</summary>
    private string Browse(params string[] arguments)
    {
        const string chromium = "/usr/bin/chromium";
        if (!File.Exists(chromium))
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") != "true", "CI has no chromium");
            Assert.Skip("No /usr/bin/chromium: apt-get install chromium");
        }

        return Run(chromium, ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder.Path}/profile", .. arguments,
            $"file://{folder.Path}/sales.html"]);
    }

    private static string Run(string program, string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process.StandardOutput.ReadToEnd();
    }

    private string Page(ReportTask task, string sql) => File.ReadAllText(Assert.Single(folder.Sqlite(task, sql).Files));
}
