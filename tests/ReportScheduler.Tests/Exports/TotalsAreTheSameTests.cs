using System.Collections.Specialized;
using System.Globalization;
using ReportScheduler.Tests.Exports.Excel;
using ReportScheduler.Tests.Sources;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Exports;

/// <summary>The total of a workbook, as LibreOffice computes it, is that of the other formats.</summary>
public sealed class TotalsAreTheSameTests(PostgreSqlServer postgreSql) : IDisposable
{
    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("select g, sum(x)/3.0 as n from (values ('a',1),('a',2),('b',2),('b',5),('b',1)) v(g,x) group by g order by g", "sum",
        3.66666666666667)]
    [InlineData("select g, avg(x) as n from (values ('a',1),('a',2),('a',2),('b',5)) v(g,x) group by g order by g", "avg",
        3.33333333333333)]
    [InlineData("select 'a' as g, 1::numeric(38,30)/3 as n union all select 'b', 12345678.123456789012345678901234567890", "sum",
        12345678.4567901)]
    [InlineData("select 'a' as g, 1.5::numeric as n union all select 'b', -0.25", "sum", 1.25)]
    public void Fractions_of_PostgreSQL_are_numbers_and_add_up(string sql, string total, double expected)
    {
        var task = Task(total);
        using (var database = Databases.Open(ReportProvider.PostgreSql, postgreSql.ConnectionString))
        using (var reader = database.Execute(sql, [], Databases.Limit, CancellationToken.None))
        {
            folder.Export(task, ("Sales", reader));
        }

        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        var cells = book.Cells("Sales");
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.All(["B2", "B3"], cell => Assert.True(double.TryParse(cells[cell], CultureInfo.InvariantCulture, out _), cells[cell]));
        Assert.Equal(expected, double.Parse(cells["B4"], CultureInfo.InvariantCulture), Math.Abs(expected) * 1e-13);
        var office = File.ReadAllLines(
            LibreOffice.Convert(Path.Combine(folder.Path, "sales.xlsx"), "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"));
        Assert.Equal(expected, double.Parse(office[3][(office[3].IndexOf(',', StringComparison.Ordinal) + 1)..].Trim('"'),
            NumberStyles.Number, CultureInfo.InvariantCulture), 0.0051);
        Assert.Empty(folder.Warnings);
    }

    [Theory]
    [InlineData("values ('a', 1), ('b', 9007199254740993)", "sum", "9007199254740994")]
    [InlineData("values ('a', 10), ('b', 9007199254740993), ('c', -9007199254740993)", "sum", "10")]
    [InlineData("values ('a', 1), ('b', 1000000000000002)", "avg", "500000000000001.5")]
    public void Long_numbers_are_in_the_total_although_they_stand_as_text(string rows, string total, string expected)
    {
        var preview = folder.Sqlite(Task(total), $"with v(g, n) as ({rows}) select g, n from v").Datasets[0];
        Assert.Equal(expected, decimal.Parse(preview.Totals[0][1]!, NumberStyles.Number, CultureInfo.InvariantCulture)
            .ToString("0.#", CultureInfo.InvariantCulture));
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        var cell = $"B{preview.Rows + 2}";
        Assert.Equal(expected, book.Cells("Sales")[cell].Replace("text:", "", StringComparison.Ordinal));
        Assert.Equal(book.Cell("Sales", cell).CellFormula!.Text,
            book.Table("Sales").Table.Descendants<DocumentFormat.OpenXml.Spreadsheet.TotalsRowFormula>().Single().Text);
        Assert.Contains("so its total is fixed", Assert.Single(folder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_totals_of_a_column_stand_on_lines_of_their_own()
    {
        var task = ExportFolder.Task(ReportFormat.Excel, ReportFormat.Html, ReportFormat.Pdf);
        task.Datasets[0].Columns =
        [
            new ReportColumn { Name = "n", Total = ColumnTotal.Sum | ColumnTotal.Average | ColumnTotal.Minimum | ColumnTotal.Maximum },
            new ReportColumn { Name = "day", Total = ColumnTotal.Minimum | ColumnTotal.Distinct },
        ];
        var preview = folder.Sqlite(task, "create table t(g text, n integer, day date); insert into t values ('a', 1, '2026-01-31'), "
            + "('b', 4, '2025-12-01'), ('b', null, '2026-01-31'); select * from t").Datasets[0];
        string?[][] expected = [["Total", "5", null], ["Average", "2.50", null], ["Minimum", "1", "2025-12-01"], ["Maximum", "4", null],
            ["Distinct", null, "2"]];
        Assert.Equal(expected, preview.Totals);
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal(["SUBTOTAL(109,", "IFERROR(SUBTOTAL(101,", "SUBTOTAL(105,", "SUBTOTAL(104,"], Enumerable.Range(5, 4)
            .Select(row => book.Cell("Sales", $"B{row}").CellFormula!.Text[
                ..book.Cell("Sales", $"B{row}").CellFormula!.Text.IndexOf("T_", StringComparison.Ordinal)]));
        Assert.Equal(["text:Total", "text:Average", "text:Minimum", "text:Maximum", "text:Distinct"],
            Enumerable.Range(5, 5).Select(row => book.Cells("Sales")[$"A{row}"]));
        var office = File.ReadAllLines(
            LibreOffice.Convert(Path.Combine(folder.Path, "sales.xlsx"), "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"));
        Assert.Equal(["Total,5,", "Average,2.50,", "Minimum,1,2025-12-01", "Maximum,4,", "Distinct,,2"], office[4..9]);
        var html = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Contains("<tr><th scope=\"row\">Average</th><td class=\"n\" data-v=\"2.5\">2.50</td><td></td></tr>", html,
            StringComparison.Ordinal);
        Assert.Empty(folder.Warnings);
    }

    [Theory]
    [InlineData("sum", null, "Total")]
    [InlineData("avg", null, "Average")]
    [InlineData("count", null, "Count")]
    [InlineData("sum", "avg", "Total, average")]
    [InlineData("count", "sum", "Count, total")]
    [InlineData("avg", "avg", "Average")]
    public void The_word_before_the_totals_says_what_they_are(string first, string? second, string label)
    {
        var task = ExportFolder.Task(ReportFormat.Excel, ReportFormat.Html, ReportFormat.Pdf);
        task.Total = second is null ? new OrderedDictionary { ["n"] = first } : new OrderedDictionary { ["n"] = first, ["m"] = second };
        var preview = folder.Sqlite(task, "select 'a' as g, 1 as n, 2 as m union all select 'b', 3, 4").Datasets[0];
        Assert.Equal(label, preview.Totals[0][0]);
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("text:" + label, book.Cells("Sales")["A4"]);
        Assert.Equal(label, book.Table("Sales").Table.TableColumns!.Elements<DocumentFormat.OpenXml.Spreadsheet.TableColumn>()
            .First().TotalsRowLabel!.Value);
        Assert.Contains($"<th scope=\"row\">{label}</th>", File.ReadAllText(Path.Combine(folder.Path, "sales.html")));
        Assert.Contains(label, PdfReport.Run("pdftotext", "-layout", Path.Combine(folder.Path, "sales.pdf"), "-"));
    }

    private static ReportTask Task(string total)
    {
        var task = ExportFolder.Task(ReportFormat.Excel, ReportFormat.Html);
        task.Total = new OrderedDictionary { ["n"] = total };
        return task;
    }
}
