using System.Globalization;
using ReportScheduler.Tests.Exports.Excel;
using ReportScheduler.Tests.Sources;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Exports;

public sealed class PivotTests(PostgreSqlServer postgreSql) : IDisposable
{
    private const string Sales = """
        create table sales(region text, month date, amount decimal(10,2), units integer);
        insert into sales values ('North', '2026-02-01', 10.50, 2), ('South', '2026-01-01', 1, 1), ('North', '2026-01-01', 2.25, 3), ('North', '2026-01-01', 4, 3), (null, '2026-02-01', -3, null);
        select * from sales
        """;

    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string?, string[]> Functions => new()
    {
        // function, value, the lines of the CSV file
        { "sum", "amount", ["region,Jan 2026,Feb 2026,Total", "North,6.25,10.5,16.75", "South,1,,1", ",,-3,-3", "Total,7.25,7.5,14.75"] },
        { "avg", "units", ["region,Jan 2026,Feb 2026,Average", "North,3,2,2.6666666667", "South,1,,1", ",,,",
            "Average,2.3333333333,2,2.25"] },
        { "count", "units", ["region,Jan 2026,Feb 2026,Total", "North,2,1,3", "South,1,,1", ",,0,0", "Total,3,1,4"] },
        { "count", null, ["region,Jan 2026,Feb 2026,Total", "North,2,1,3", "South,1,,1", ",,1,1", "Total,3,2,5"] },
        { "min", "amount", ["region,Jan 2026,Feb 2026,Minimum", "North,2.25,10.5,2.25", "South,1,,1", ",,-3,-3", "Minimum,1,-3,-3"] },
        { "max", "month", ["region,Jan 2026,Feb 2026,Maximum", "North,2026-01-01,2026-02-01,2026-02-01", "South,2026-01-01,,2026-01-01",
            ",,2026-02-01,2026-02-01", "Maximum,2026-01-01,2026-02-01,2026-02-01"] },
        { "distinct", "units", ["region,Jan 2026,Feb 2026,Distinct", "North,1,1,2", "South,1,,1", ",,0,0", "Distinct,2,1,3"] },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Rows_become_a_matrix(string function, string? value, string[] expected)
    {
        folder.Sqlite(Task(function, value, ReportFormat.Csv), Sales);
        Assert.Equal(expected, File.ReadAllLines(Path.Combine(folder.Path, "sales.csv")));
        Assert.Empty(folder.Warnings);
    }

    [Fact]
    public void The_workbook_computes_its_totals_and_JSON_names_the_columns_by_their_values()
    {
        folder.Sqlite(Task("sum", "amount", ReportFormat.Excel, ReportFormat.Json), Sales);
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        var cells = book.Cells("Sales");
        Assert.Equal(["text:Total", "7.25", "7.5", "14.75"], new[] { "A5", "B5", "C5", "D5" }.Select(cell => cells[cell]));
        Assert.StartsWith("SUBTOTAL(109,", book.Cell("Sales", "D5").CellFormula!.Text, StringComparison.Ordinal);
        var json = File.ReadAllLines(Path.Combine(folder.Path, "sales.json"));
        Assert.Equal("{\"region\":\"North\",\"2026-01-01\":6.25,\"2026-02-01\":10.5,\"Total\":16.75}", json[1].TrimEnd(','));
        Assert.Equal("{\"region\":\"Total\",\"2026-01-01\":7.25,\"2026-02-01\":7.5,\"Total\":14.75}", json[4]);
    }

    [Theory]
    [InlineData("avg", "Average", "2.50", "2.00", "2.38")]
    [InlineData("distinct", "Distinct", "4", "1", "4")]
    public void What_does_not_add_up_is_worked_out_from_the_rows(string function, string label, params string[] totals)
    {
        var preview = folder.Sqlite(Task(function, "units", ReportFormat.Excel), Sales.Replace("-3, null)",
            "-3, 2), (null, '2026-01-01', -3, 2), ('East', '2026-01-01', 0, 4), ('East', '2026-01-01', 0, 2)",
            StringComparison.Ordinal)).Datasets[0];
        Assert.Equal([label, .. totals], preview.Totals[0]);
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal(totals, new[] { "B6", "C6", "D6" }.Select(cell => double.Parse(book.Cells("Sales")[cell], CultureInfo.InvariantCulture)
            .ToString(function == "avg" ? "0.00" : "0", CultureInfo.InvariantCulture)));
    }

    [Theory]
    // all numbers have the digits of the one that needs most, also where a column is whole
    [InlineData("sum", "amount", "6.25 10.50 16.75|1.00  1.00| −3.00 −3.00|7.25 7.50 14.75", "#,##0.00")]
    [InlineData("avg", "units", "2.67 2.00 2.50|1.00  1.00|  |2.25 2.00 2.20", "#,##0.00")]
    [InlineData("sum", "units", "8 2 10|1  1|  |9 2 11", "#,##0")]
    public void Numbers_and_totals_have_the_same_digits(string function, string value, string expected, string format)
    {
        var task = Task(function, value, ReportFormat.Excel, ReportFormat.Html);
        var preview = folder.Sqlite(task, Sales.Replace("(null, '2026-02", "('North', '2026-01-01', null, 2), (null, '2026-02",
            StringComparison.Ordinal)).Datasets[0];
        Assert.Equal(expected, string.Join('|', preview.FirstRows.Concat(preview.Totals)
            .Select(row => string.Join(' ', row.Skip(1)))));
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal([format], new[] { "B2", "C2", "D2", "B3", "B5", "C5", "D5" }
            .Select(cell => book.Format("Sales", cell)).Distinct());
    }

    [Fact]
    public void It_is_the_matrix_that_PostgreSQL_works_out()
    {
        const string rows = "(select 'Region ' || (i * 7919 % 9) as region, i * 104729 % 12 + 1 as month, (i * 7907 % "
            + "100003)::numeric(20,4) / 8 as amount from generate_series(1, 5000) as i) as rows";
        var task = Task("sum", "amount", ReportFormat.Csv);
        using var database = Databases.Open(ReportProvider.PostgreSql, postgreSql.ConnectionString);
        using (var reader = database.Execute($"select * from {rows} order by region", [], Databases.Limit, CancellationToken.None))
        {
            folder.Export(task, ("Sales", reader));
        }

        var months =
            string.Join(", ", Enumerable.Range(1, 12).Select(month => $"coalesce((sum(amount) filter (where month = {month}))::text, '')"));
        using var expected = database.Execute(
            $"select concat_ws(',', coalesce(region, 'Total'), {months}, sum(amount)) from {rows} group by rollup (region) "
                + "order by region nulls last", [], Databases.Limit,
            CancellationToken.None);
        var lines = new List<string> { "region,1,2,3,4,5,6,7,8,9,10,11,12,Total" };
        while (expected.Read())
        {
            lines.Add(expected.GetString(0));
        }

        Assert.Equal(lines, File.ReadAllLines(Path.Combine(folder.Path, "sales.csv")));
    }

    public static TheoryData<string, string, string, string> Refused => new()
    {
        // columns, query; id and words of the error
        { "mnth", "select * from sales", "GroupColumnNotFound", "Did you mean 'month'?" },
        { "month", "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1234) select 'a' as region, i as month, i "
            + "as amount from n", "PivotTooWide", "would have 1,234 columns" },
        { "month", "with recursive n(i) as (select 1 union all select i + 1 from n where i < 260000) select i as region, 1 as month, i "
            + "as amount from n", "PivotTooLarge", "more than 250,000 cells" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_a_matrix_is_an_error(string columns, string query, string id, string words)
    {
        var task = Task("sum", "amount", ReportFormat.Csv);
        task.Datasets[0].Pivot!.Columns = columns;
        var error = Assert.Throws<ReportException>(
            () => folder.Sqlite(task, Sales[..Sales.LastIndexOf("select", StringComparison.Ordinal)] + query));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Columns_of_text_stand_in_the_order_in_which_they_come_and_names_are_unique()
    {
        var task = Task("sum", "amount", ReportFormat.Csv, ReportFormat.Json);
        folder.Sqlite(task,
            "select 'a' as region, column1 as month, 1 as amount from (values ('Feb'), ('Jan'), (null), ('region'), ('Total'), (''))");
        Assert.Equal("region,Feb,Jan,–,region_2,Total,(empty),Total_2", File.ReadAllLines(Path.Combine(folder.Path, "sales.csv"))[0]);
        Assert.Equal("{\"region\":\"a\",\"Feb\":1,\"Jan\":1,\"(none)\":1,\"region_2\":1,\"Total\":1,\"(empty)\":1,\"Total_2\":6}",
            File.ReadAllLines(Path.Combine(folder.Path, "sales.json"))[1].TrimEnd(','));
    }

    [Theory]
    [InlineData("('2026-11'), ('2026-09'), ('2026-10')", "region,2026-09,2026-10,2026-11,Total")]
    [InlineData("('10:30'), ('09:00'), ('10:00')", "region,09:00,10:00,10:30,Total")]
    [InlineData("('2026-11'), ('later'), ('2026-10')", "region,2026-11,later,2026-10,Total")]
    public void Columns_of_texts_that_begin_with_digits_are_sorted(string values, string head)
    {
        folder.Sqlite(Task("sum", "amount", ReportFormat.Csv),
            $"select 'a' as region, column1 as month, 1 as amount from (values {values})");
        Assert.Equal(head, File.ReadAllLines(Path.Combine(folder.Path, "sales.csv"))[0]);
    }

    [Fact]
    public void A_line_of_nothing_and_one_of_an_empty_text_have_their_words_wherever_people_read()
    {
        var preview = folder.Sqlite(Task("sum", "amount", ReportFormat.Csv, ReportFormat.Json, ReportFormat.Excel, ReportFormat.Html),
            "select column1 as region, 'm' as month, 1 as amount from (values (null), (''))").Datasets[0];
        Assert.Equal(["–", "(empty)"], preview.FirstRows.Select(row => row[0]));
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal(["text:–", "text:(empty)"], new[] { "A2", "A3" }.Select(cell => book.Cells("Sales")[cell]));
        Assert.Equal(["region,m,Total", ",1,1", "(empty),1,1", "Total,2,2"], File.ReadAllLines(Path.Combine(folder.Path, "sales.csv")));
        Assert.Contains("{\"region\":null,", File.ReadAllText(Path.Combine(folder.Path, "sales.json")), StringComparison.Ordinal);
    }

    [Theory]
    // days that a format shows as one month, names that differ in a capital, a number and its text, what is nothing and what looks so
    [InlineData("('2026-01-05'), ('2026-01-06')", "mmm yyyy", "region,Jan 2026,Jan 2026_2,Total")]
    [InlineData("('a'), ('A'), ('a')", null, "region,a,A_2,Total")]
    [InlineData("('b'), (1), ('1')", null, "region,b,1,1_2,Total")]
    [InlineData("(null), (''), ('–'), ('(empty)'), (' ')", null, "region,–,(empty),–_2,(empty)_2,\"\"\" \"\"\",Total")]
    [InlineData("('a'), ('a '), (' A')", null, "region,a,a_2,A_3,Total")]
    [InlineData("('total'), ('REGION')", null, "region,total,REGION_2,Total_2")]
    public void No_two_heads_are_one_for_programs(string values, string? format, string head)
    {
        var task = Task("sum", "amount", ReportFormat.Csv, ReportFormat.Json);
        task.Datasets[0].Columns = format is null ? [] : [new ReportColumn { Name = "month", Format = format }];
        folder.Sqlite(task, $"select 'a' as region, {(format is null ? "column1" : "date(column1)")} as month, 1 as amount "
            + $"from (values {values})");
        Assert.Equal(head, File.ReadAllLines(Path.Combine(folder.Path, "sales.csv"))[0]);
        var names = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "sales.json"))).RootElement[0]
            .EnumerateObject().Select(value => value.Name).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    // values of a column with words; the heads, the line and the totals of the matrix
    [InlineData("(1), (2), (0), (-1)", "region;Nein;Ja;Summe", "a;1;3;4", "Summe;1;3;4")]
    [InlineData("(1), (1.0), (0.0), (0)", "region;Nein;Ja;Summe", "a;2;2;4", "Summe;2;2;4")]
    // a text is shown as it is
    [InlineData("(1), ('1'), (0)", "region;Ja;1;Nein;Summe", "a;1;1;1;3", "Summe;1;1;1;3")]
    [InlineData("(null), (1), (null)", "region;Ja;k. A.;Summe", "a;1;2;3", "Summe;1;2;3")]
    public void What_shows_the_same_word_is_one_column(string values, params string[] expected)
    {
        var task = Task("count", null, ReportFormat.Csv);
        task.Culture = "de-DE";
        var month = task.Datasets[0].AddColumn("month");
        (month.Format, month.NullText) = ("yesno", "k. A.");
        folder.Sqlite(task, $"select 'a' as region, column1 as month from (values {values})");
        var lines = File.ReadAllLines(Path.Combine(folder.Path, "sales.csv"));
        Assert.Equal(expected, lines);
    }

    [Fact]
    public void What_shows_the_same_word_is_one_group()
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        task.Culture = "de-DE";
        task.Datasets[0].AddColumn("paid").Format = "yesno";
        task.Datasets[0].AddColumn("n").Total = ColumnTotal.Sum;
        task.Datasets[0].GroupBy = ["paid"];
        folder.Sqlite(task, "select column1 as paid, 1 as n from (values (1), (0), (2), (-5), (0))");
        var html = System.Net.WebUtility.HtmlDecode(File.ReadAllText(Path.Combine(folder.Path, "sales.html")));
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(html, "<tr class=\"head"));
        Assert.Contains("Summe Ja", html, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> EachLanguage => new(
        from language in ReportScheduler.Words.ReportWords.Languages
        from function in new[] { "sum:total", "count:total", "avg:average", "min:minimum", "max:maximum", "distinct:distinct" }
        select (language, function));

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public void The_totals_of_a_matrix_are_called_what_they_are_in_each_language(string language, string function)
    {
        var task = Task(function.Split(':')[0], "units", ReportFormat.Html);
        task.Culture = language;
        var preview = folder.Sqlite(task, Sales).Datasets[0];
        var word = ReportScheduler.Words.ReportWords.Of(CultureInfo.GetCultureInfo(language))[function.Split(':')[1]];
        Assert.Equal((word, word), (preview.Columns[^1].Look?.Header, preview.Totals[0][0]));
    }

    private static ReportTask Task(string function, string? value, params ReportFormat[] formats)
    {
        var task = ExportFolder.Task(formats);
        task.Datasets[0].Pivot =
            new ReportPivot { Rows = ["region"], Columns = "month", Value = value, Function = ColumnShorthand.TotalOf(function)!.Value };
        return task;
    }
}
