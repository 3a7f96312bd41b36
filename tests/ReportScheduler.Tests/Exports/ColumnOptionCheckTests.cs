using System.Collections.Specialized;
using ReportScheduler.Exports;
using ReportScheduler.Rows;

namespace ReportScheduler.Tests.Exports;

public sealed class ColumnOptionCheckTests
{
    private static readonly IReadOnlyList<SourceColumn> Sales = [new(0, "Region", "Region", ColumnKind.Text),
        new(1, "Amount", "Amount", ColumnKind.Decimal)];
    private static readonly IReadOnlyList<SourceColumn> Stock = [new(0, "Article", "Article", ColumnKind.Text),
        new(1, "Left", "Left", ColumnKind.Integer)];

    private readonly ReportTask task = ExportFolder.Task(ReportFormat.Excel);

    [Theory]
    [InlineData("amount")]
    [InlineData("AMOUNT")]
    public void A_column_is_found_without_regard_to_case(string key)
    {
        task.ColumnFormat = new OrderedDictionary { [key] = "0.00" };
        Assert.Empty(Problems(("Sales", Sales)));
    }

    [Fact]
    public void An_unknown_column_is_said_once_with_all_its_options()
    {
        task.ColumnWidth = new OrderedDictionary { ["amuont"] = 12 };
        task.Total = new OrderedDictionary { ["amuont"] = "sum" };
        task.Hide = ["gone"];
        Assert.Equal(
            [
                "The report has no column 'amuont', so -ColumnWidth and -Total do nothing for it. Did you mean 'Amount'?",
                "The report has no column 'gone', so -Hide does nothing for it. Its columns are 'Region', 'Amount'.",
            ],
            Problems(("Sales", Sales)));
    }

    [Fact]
    public void A_column_of_the_mail_that_is_not_there_is_said()
    {
        task.MailColumns = ["amount", "regoin"];
        Assert.Equal(["The report has no column 'regoin', so -MailColumns does nothing for it. Did you mean 'Region'? Its columns are "
            + "'Region', 'Amount'."], Problems(("Sales", Sales)));
    }

    [Fact]
    public void With_several_datasets_a_column_of_any_of_them_is_known()
    {
        task.Highlight = new OrderedDictionary { ["left"] = "less 5", ["Lost sales"] = "less 5" };
        Assert.Equal(
            ["The report has no column 'Lost sales', so -Highlight does nothing for it. The columns of 'Sales' are 'Region', 'Amount'. "
                + "The columns of 'Stock' are 'Article', 'Left'."],
            Problems(("Sales", Sales), ("Stock", Stock)));
    }

    [Fact]
    public void A_misspelt_column_is_answered_with_the_right_one_and_a_wide_dataset_is_not_listed_whole()
    {
        task.Total = new OrderedDictionary { ["Amuont"] = "sum" };
        var wide = Enumerable.Range(1, 300).Select(number => new SourceColumn(number, $"c{number}", $"c{number}", ColumnKind.Text))
            .ToList();
        var problem = Assert.Single(Problems(("Sales", Sales), ("Wide", wide)));
        Assert.Contains("Did you mean 'Amount'?", problem, StringComparison.Ordinal);
        Assert.EndsWith("'c20' and 280 more.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_columns_of_a_chart_must_be_there()
    {
        (task.Chart, task.ChartX, task.ChartY) = (ChartKind.Line, "Month", ["Amount", "Cost"]);
        Assert.Equal(
            [
                "The report has no column 'Cost', so -Chart does nothing for it.",
                "The report has no column 'Month', so -Chart does nothing for it. Its columns are 'Region', 'Amount'.",
            ],
            Problems(("Sales", Sales)));
    }

    [Fact]
    public void A_sum_of_text_is_said_before_any_run()
    {
        task.Total = new OrderedDictionary { ["Region"] = "sum", ["Amount"] = "sum" };
        Assert.Equal(
            ["The column 'Region' of 'Sales' has no sum: its values are text. If they are numbers, say so in the query with CAST; "
                + "else use -Total @{ Region = 'count' }, or none."],
            Problems(("Sales", Sales)));
    }

    private IEnumerable<string> Problems(params (string, IReadOnlyList<SourceColumn>)[] datasets) =>
        ColumnOptionCheck.Problems(task, datasets);

    [Theory]
    [InlineData("#,##0.00 \"a;b;c;d;e\"", true)]
    [InlineData("0;-0;\\;;@", true)]
    [InlineData("[$-407]dddd;_)", true)]
    [InlineData("0;0;0;0;0", false)]
    [InlineData("0\\", false)]
    [InlineData("0_", false)]
    [InlineData("\"open", false)]
    [InlineData("300", false)]
    [InlineData("[>=1.5]0;0.0", true)]
    [InlineData("[Red][<-1e3]0;0", true)]
    [InlineData("[<>0]0", true)]
    // what stands in brackets is a word of Excel's
    [InlineData("[Color56]0;[color 5]0", true)]
    [InlineData("[hh]:mm", true)]
    [InlineData("[DBNum1]0", true)]
    [InlineData("[Purple]0", false)]
    [InlineData("[Color57]0", false)]
    [InlineData("[]0", false)]
    [InlineData("[hm]0", false)]
    [InlineData("[>=]0", false)]
    [InlineData("[<>]0", false)]
    [InlineData("[>]0;0", false)]
    [InlineData("[=]0", false)]
    [InlineData("[>=1e]0", false)]
    [InlineData("[>=1,5]0", false)]
    [InlineData("[>=a]0", false)]
    [InlineData("[>NaN]0", false)]
    [InlineData("[><1]0", false)]
    [InlineData("[=1]\"[>=]\"0", true)]
    [InlineData("[$€-407]0", true)]
    [InlineData("[$€]0", true)]
    [InlineData("[$€-x-euro2]0", true)]
    [InlineData("[$-en-US]d", true)]
    [InlineData("[$-F800]d", true)]
    [InlineData("[$€-xx]0", false)]
    [InlineData("[$€-4070000000]0", false)]
    public void A_number_format_that_Excel_would_repair_is_refused(string format, bool isUsable)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.ColumnFormat = new OrderedDictionary { ["a"] = format == "300" ? new string('0', 300) : format };
        if (isUsable)
        {
            ExportOptions.Check(task);
            return;
        }

        Assert.Equal("ColumnOptionNotUsable", Assert.Throws<ReportException>(() => ExportOptions.Check(task)).ErrorId);
    }

    [Theory]
    [InlineData(1, "1 text of the column 'long' of 'Sales' was cut to 32767 characters")]
    [InlineData(2, "2 texts of the column 'long' of 'Sales' were cut to 32767 characters")]
    public void What_is_cut_is_counted_in_plain_words(int count, string words)
    {
        using var folder = new ExportFolder();
        folder.Sqlite(ExportFolder.Task(ReportFormat.Excel),
            string.Join(" union all ", Enumerable.Repeat("select printf('%.40000c', 'x') as long", count)));
        Assert.StartsWith(words, Assert.Single(folder.Warnings), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("de-DE", "date", "text:31.12.1899")]
    [InlineData("en-US", "date", "text:12/31/1899")]
    [InlineData("", "dd.mm.yyyy", "text:31.12.1899")]
    public void A_day_before_those_of_Excel_is_written_like_the_others(string culture, string format, string text)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Culture, task.ColumnFormat) = (culture, new OrderedDictionary { ["day"] = format });
        folder.Sqlite(task, "select '1899-12-31' as day union all select '2026-11-29'");
        using var book = new Excel.OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal(text, book.Cells("Sales")["A2"]);
    }

    [Theory]
    [InlineData(ReportFormat.Excel)]
    [InlineData(ReportFormat.Pdf)]
    [InlineData(ReportFormat.Csv)]
    public void Hiding_every_column_is_an_error_that_says_so(ReportFormat format)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(format);
        task.Hide = ["a", "B"];
        var error = Assert.Throws<ReportException>(() => folder.Sqlite(task, "select 1 as a, 2 as b"));
        Assert.Equal(("AllColumnsHidden", "Sales"), (error.ErrorId, error.ErrorTarget));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
