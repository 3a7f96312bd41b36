using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Spreadsheet;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Tests.Exports.Excel;

namespace ReportScheduler.Tests.Exports;

public sealed class GroupedReportTests : IDisposable
{
    private const string Sales = """
        create table sales(id integer, region text, product text, amount decimal(10,2));
        insert into sales values (1, 'North', 'Tea', 10.50), (2, 'South', 'Tea', 1), (3, 'North', 'Coffee', 2.25), (4, 'North', 'Tea', 4), (5, null, 'Coffee', -3), (6, 'South', 'Coffee', null);

        """;

    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scattered_rows_are_sorted_and_each_group_has_head_and_totals_in_the_workbook()
    {
        var task = Task(ReportFormat.Excel);
        folder.Sqlite(task, Sales + "select id, region, product, amount from sales");
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        string[] expected =
        [
            "region|product|id|amount@0", "North|||@0", "|Coffee||@1", "||3|2.25@2", "|Total Coffee||=SUBTOTAL(9,D4:D4) 2.25@1", "|Tea||@1",
            "||1|10.5@2", "||4|4@2",
            "|Total Tea||=SUBTOTAL(9,D7:D8) 14.5@1", "Total North|||=SUBTOTAL(9,D3:D9) 16.75@0",
            "South|||@0", "|Coffee||@1", "||6|@2", "|Total Coffee||@1", "|Tea||@1", "||2|1@2", "|Total Tea||=SUBTOTAL(9,D16:D16) 1@1",
            "Total South|||=SUBTOTAL(9,D12:D17) 1@0",
            "–|||@0", "|Coffee||@1", "||5|-3@2", "|Total Coffee||=SUBTOTAL(9,D21:D21) -3@1", "Total –|||=SUBTOTAL(9,D20:D22) -3@0",
            "Grand total|||=SUBTOTAL(9,D2:D23) 14.75@0",
        ];
        Assert.Equal(expected, Rows(book, "Sales"));
        Assert.Empty(book.Sheet("Sales").TableDefinitionParts);
        // LibreOffice computes the same, and counts no total twice
        var office = File.ReadAllLines(
            LibreOffice.Convert(Path.Combine(folder.Path, "sales.xlsx"), "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"));
        Assert.Equal("Grand total,,,14.75", office[23]);
        Assert.Empty(folder.Warnings);
    }

    [Fact]
    public void Totals_that_no_formula_computes_are_in_no_total_of_the_groups_around_them()
    {
        const string format = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false";
        var task = Task(ReportFormat.Excel);
        task.Datasets[0].AddColumn("amount").Total = ColumnTotal.Sum | ColumnTotal.Minimum | ColumnTotal.Count | ColumnTotal.Distinct;
        folder.Sqlite(task, Sales + "select id, region, product, amount from sales");
        var path = Path.Combine(folder.Path, "sales.xlsx");
        var written = File.ReadAllLines(LibreOffice.Convert(path, format));
        Assert.Contains("Total North,,,16.75", written);
        // without the results that it has, LibreOffice computes them
        using (var package = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            var sheet = package.GetEntry("xl/worksheets/sheet1.xml")!;
            using var content = sheet.Open();
            var xml = new StreamReader(content).ReadToEnd();
            content.SetLength(0);
            using var writer = new StreamWriter(content);
            writer.Write(Regex.Replace(xml, "</f><v>[^<]*</v>", "</f>"));
        }

        Assert.Equal(written, File.ReadAllLines(LibreOffice.Convert(path, format)));
    }

    [Fact]
    public void Groups_in_the_order_of_the_query_keep_it()
    {
        var task = Task(ReportFormat.Excel);
        folder.Sqlite(task,
            Sales + "select id, region, product, amount from sales where region is not null order by region desc, product desc");
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal(["South", "Tea", "Coffee", "North", "Tea", "Coffee"], Rows(book, "Sales")
            .Select(row => Regex.Match(row, "^\\|?([A-Z][a-z]+)\\|").Groups[1].Value).Where(head => head.Length > 0 && head != "Total"));
    }

    [Fact]
    public void Only_the_columns_whose_groups_are_scattered_are_sorted()
    {
        var task = Task(ReportFormat.Json);
        folder.Sqlite(task, Sales + "select id, region, product, amount from sales where region is not null order by region desc, id");
        Assert.Equal("6 2 3 1 4", string.Join(' ', Regex
            .Matches(File.ReadAllText(Path.Combine(folder.Path, "sales.json")), "\"id\":([0-9]+)").Select(match => match.Groups[1].Value)));
    }

    [Fact]
    public void CSV_and_JSON_have_the_rows_alone_in_the_columns_of_the_query()
    {
        folder.Sqlite(Task(ReportFormat.Csv, ReportFormat.Json), Sales + "select id, region, product, amount from sales");
        Assert.Equal(["id,region,product,amount", "3,North,Coffee,2.25", "1,North,Tea,10.5", "4,North,Tea,4", "6,South,Coffee,",
            "2,South,Tea,1", "5,,Coffee,-3"], File.ReadAllLines(Path.Combine(folder.Path, "sales.csv")));
        Assert.Equal(8, File.ReadAllLines(Path.Combine(folder.Path, "sales.json")).Length);
    }

    [Fact]
    public void The_page_has_a_section_for_each_group_and_a_list_of_them()
    {
        folder.Sqlite(Task(ReportFormat.Html), Sales + "select id, region, product, amount from sales");
        var html = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Contains("<li><a href=\"#group-1-1\">North</a><span dir=\"auto\">3 rows</span></li>", html, StringComparison.Ordinal);
        Assert.Contains(
            "<tr class=\"head l0\"><th colspan=\"4\" id=\"group-1-1\">North</th></tr>\n<tr class=\"head l1\"><td colspan=\"1\"></td><th "
                + "colspan=\"3\">Coffee</th></tr>\n<tr><td></td><td></td><td class=\"n\">3</td>",
            html, StringComparison.Ordinal);
        Assert.Contains("<tr class=\"sum l0\"><th scope=\"row\" colspan=\"3\">Total North</th><td class=\"n\">16.75</td></tr>", html,
            StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Grand total</th>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mail_shows_the_heads_and_totals_among_the_first_rows()
    {
        var preview = folder.Sqlite(Task(ReportFormat.Csv), Sales + "select id, region, product, amount from sales").Datasets[0];
        Assert.Equal(
            ["0 North", "0 Coffee", "1 Total Coffee 2.25", "1 Tea", "3 Total Tea 14.50", "3 Total North 16.75", "3 South", "3 Coffee",
                "4 Total Coffee", "4 Tea", "5 Total Tea 1.00", "5 Total South 1.00", "5 –", "5 Coffee", "6 Total Coffee −3.00",
                "6 Total – −3.00"],
            preview.Groups.Select(Text));
        Assert.Equal([0, 1], preview.Keys);

        static string Text(PreviewLine line) => $"{line.Row} {string.Join(' ', line.Texts.OfType<string>())}";
    }

    [Fact]
    public void A_head_stands_on_the_page_of_its_first_row_and_goes_on_on_the_next()
    {
        var task = Task(ReportFormat.Pdf);
        task.Datasets[0].GroupBy = ["region"];
        folder.Sqlite(task, "with recursive n(i) as (select 1 union all select i + 1 from n where i < 400) select i as id, 'Region ' || "
            + "(i / 21) as region, 'p' as product, i * 1.25 as amount from n");
        var pages = Pages();
        Assert.True(pages.Count > 5);
        foreach (var lines in pages.Select(
            page => page.Where(line => !line.StartsWith("Page ", StringComparison.Ordinal) && line != "Sales").ToList()))
        {
            Assert.DoesNotMatch("^Region [0-9]+$", lines[^1]);
        }

        var text = string.Join('\n', pages.SelectMany(page => page));
        Assert.Contains("(continued)", text, StringComparison.Ordinal);
        Assert.Equal(20, Regex.Count(text, "^Total Region", RegexOptions.Multiline));
        Assert.Contains("Grand total", text, StringComparison.Ordinal);
    }

    [Theory]
    // an average of ones and zeros is a share
    [InlineData("0.0%", "37.5%", "33.3%")]
    [InlineData("0.0000", "0.3750", "0.3333")]
    [InlineData(null, "0.38", "0.33")]
    public void An_average_has_the_digits_that_its_format_shows(string? format, string all, string group)
    {
        var task = ExportFolder.Task(ReportFormat.Html, ReportFormat.Excel);
        task.Datasets[0].GroupBy = ["g"];
        task.Datasets[0].Columns = [new ReportColumn { Name = "late", Total = ColumnTotal.Average, Format = format }];
        folder.Sqlite(task, "select column1 as g, column2 as late from (values ('a', 1), ('a', 0), ('a', 0), ('b', 1), ('b', 0), ('b', 1), "
            + "('b', 0), ('b', 0))");
        var html = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Contains($">{all}</td>", html, StringComparison.Ordinal);
        Assert.Contains($">{group}</td>", html, StringComparison.Ordinal);
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal(1 / 3.0, double.Parse(book.Cells("Sales")["B6"], CultureInfo.InvariantCulture), 9);
    }

    [Fact]
    public void Shares_of_numbers_that_all_but_cancel_out_are_numbers()
    {
        var task = ExportFolder.Task(ReportFormat.Csv);
        task.Datasets[0].Columns = [new ReportColumn { Name = "v", ShareOf = "total" }];
        folder.Sqlite(task, "select column1 as v from (values (1e20), (-1e20), (1e-10))");
        var shares = File.ReadAllLines(Path.Combine(folder.Path, "sales.csv")).Skip(1)
            .Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal([1e30, -1e30, 1], shares);
    }

    [Fact]
    public void Each_outermost_group_begins_on_a_page_of_its_own()
    {
        var task = Task(ReportFormat.Pdf, ReportFormat.Excel, ReportFormat.Html);
        task.Datasets[0].PageBreakPerGroup = true;
        folder.Sqlite(task, Sales + "select id, region, product, amount from sales");
        Assert.Equal(3, Pages().Count);
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal([10u, 18u], book.Sheet("Sales").Worksheet.Descendants<Break>().Select(page => page.Id!.Value));
        Assert.Equal(2, Regex.Count(File.ReadAllText(Path.Combine(folder.Path, "sales.html")), "head l0 break"));
    }

    [Theory]
    [InlineData("", "(empty)")]
    [InlineData("de-DE", "(leer)")]
    [InlineData("ja", "（空）")]
    public void No_value_an_empty_one_and_a_blank_one_are_three_groups(string culture, string empty)
    {
        var task = Task(ReportFormat.Excel, ReportFormat.Html);
        (task.Culture, task.Datasets[0].GroupBy) = (culture.Length == 0 ? null : culture, ["region"]);
        var preview = folder.Sqlite(task,
            "select 1 as id, column1 as region, 'x' as product, 1 as amount from (values (null), (''), (' '))");
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        string[] heads = ["–", empty, "\" \""];
        Assert.All(heads, head => Assert.Contains(Rows(book, "Sales"), row => row.StartsWith(head + "|", StringComparison.Ordinal)));
        var page = System.Net.WebUtility.HtmlDecode(File.ReadAllText(Path.Combine(folder.Path, "sales.html")));
        Assert.All(heads, head => Assert.Contains($">{head}<", page, StringComparison.Ordinal));
        Assert.NotEmpty(preview.Datasets);
    }

    [Fact]
    public void Each_outermost_group_has_a_worksheet_and_the_last_one_what_each_comes_to()
    {
        var task = Task(ReportFormat.Excel);
        (task.Datasets[0].SheetPerGroup, task.Datasets[0].GroupBy) = (true, ["region"]);
        folder.Sqlite(task, Sales
            + "select id, region, product, amount from sales union all select 7, 'a/b:c', 'Tea', 5 union all select 8, 'A_b_c', 'Tea', 6");
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal(["A_b_c", "a_b_c (2)", "North", "South", "–", "Total"],
            book.Workbook.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value));
        Assert.Equal("Total North|||=SUBTOTAL(9,D3:D5) 16.75@0", Rows(book, "North")[^1]);
        Assert.Equal(["Total A_b_c|||=6 6@0", "Total a/b:c|||=5 5@0", "Total North|||=16.75 16.75@0", "Total South|||=1 1@0",
            "Total –|||=-3 -3@0", "Grand total|||=25.75 25.75@0"], Rows(book, "Total").Skip(1));
    }

    [Fact]
    public void Running_totals_begin_again_with_each_group_and_shares_are_of_what_was_asked()
    {
        var task = Task(ReportFormat.Csv);
        task.Datasets[0].Columns =
        [
            new ReportColumn { Name = "amount", RunningTotal = true, ShareOf = "region" },
            new ReportColumn { Name = "id", ShareOf = "total", Header = "No" },
        ];
        folder.Sqlite(task, Sales + "select id, region, product, amount from sales");
        Assert.Equal(
            [
                "No,No (% of total),region,product,amount,amount_running_total,amount_share",
                "3,0.142857,North,Coffee,2.25,2.25,0.134328", "1,0.047619,North,Tea,10.5,10.5,0.626866",
                "4,0.190476,North,Tea,4,14.5,0.238806",
                "6,0.285714,South,Coffee,,,", "2,0.095238,South,Tea,1,1,1", "5,0.238095,,Coffee,-3,-3,1",
            ],
            File.ReadAllLines(Path.Combine(folder.Path, "sales.csv")));
    }

    [Theory]
    [InlineData("de-DE", "N (laufende Summe)", "N (% der Summe)", "25,0 %")]
    [InlineData("fr-FR", "N (cumul)", "N (% du total)", "25,0 %")]
    [InlineData("en-US", "N (running total)", "N (% of total)", "25.0%")]
    public void What_is_worked_out_has_the_words_and_the_percent_sign_of_the_language(string culture, params string[] words)
    {
        var task = ExportFolder.Task(ReportFormat.Html, ReportFormat.Csv);
        task.Culture = culture;
        task.Datasets[0].Columns = [new ReportColumn { Name = "n", RunningTotal = true, ShareOf = "total" }];
        folder.Sqlite(task, "select 1 as n union all select 3");
        var page = System.Net.WebUtility.HtmlDecode(File.ReadAllText(Path.Combine(folder.Path, "sales.html")));
        Assert.All(words, word => Assert.Contains($">{word}<", page.Replace('\u00A0', ' '), StringComparison.Ordinal));
        Assert.StartsWith(culture == "en-US" ? "n,n_running_total,n_share" : "n;n_running_total;n_share",
            File.ReadAllText(Path.Combine(folder.Path, "sales.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_total_needs_no_groups()
    {
        var task = ExportFolder.Task(ReportFormat.Csv);
        task.Datasets[0].Columns = [new ReportColumn { Name = "n", RunningTotal = true }];
        folder.Sqlite(task, "with recursive n(n) as (select 1 union all select n + 1 from n where n < 200000) select n from n");
        Assert.Equal("200000,20000100000", File.ReadLines(Path.Combine(folder.Path, "sales.csv")).Last());
    }

    public static TheoryData<string[], string?, string, string, string> Refused => new()
    {
        // groups, share, query; id and words of the error
        { ["regoin"], null, "select * from sales", "GroupColumnNotFound", "Did you mean 'region'?" },
        { ["region"], null,
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100600) select i % 7 as region, i as amount from n",
            "RowsNotGrouped", "order by region" },
        { [], "total", "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100600) select i as amount from n",
            "TooManyRowsForShare", "sum(amount) over ()" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_grouped_is_an_error(string[] groupBy, string? share, string query, string id, string words)
    {
        var task = Task(ReportFormat.Csv);
        task.Datasets[0].GroupBy = groupBy;
        task.Datasets[0].Columns = [new ReportColumn { Name = "amount", ShareOf = share }];
        var error = Assert.Throws<ReportException>(() => folder.Sqlite(task, Sales + query));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void More_rows_than_can_be_sorted_are_streamed_when_they_come_in_groups()
    {
        var task = Task(ReportFormat.Csv);
        task.Datasets[0].GroupBy = ["region"];
        var preview = folder.Sqlite(task, "with recursive n(i) as (select 0 union all select i + 1 from n where i < 250000) select i / "
            + "1000 as region, i as amount from n").Datasets[0];
        Assert.Equal(250001, preview.Rows);
    }

    private List<string[]> Pages() =>
        [.. PdfReport.Run("pdftotext", "-layout", Path.Combine(folder.Path, "sales.pdf"), "-").TrimEnd('\f').Split('\f')
        .Select(page => page.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static ReportTask Task(params ReportFormat[] formats)
    {
        var task = ExportFolder.Task(formats);
        task.Datasets[0].GroupBy = ["region", "product"];
        task.Datasets[0].Columns = [new ReportColumn { Name = "amount", Total = ColumnTotal.Sum }];
        return task;
    }

    private static List<string> Rows(OpenedWorkbook book, string sheet) => [.. book.Sheet(sheet).Worksheet.Descendants<Row>().Select(row =>
    {
        var cells = row.Elements<Cell>().Select(cell => cell.CellFormula is { } formula
            ? $"={formula.Text} {double.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture)}"
            : book.Text(cell).Replace("text:", "", StringComparison.Ordinal));
        return $"{string.Join('|', cells)}@{row.OutlineLevel?.Value ?? 0}";
    })];
}
