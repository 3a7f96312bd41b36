using Microsoft.Data.Sqlite;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Exports.Excel;

namespace ReportScheduler.Tests.Exports.Charts;

public sealed class ChartColumnsTests
{
    [Theory]
    [InlineData(null, "", "month: total")]
    [InlineData("month", "cost", "month: cost")]
    [InlineData("MONTH", "cost Total", "month: cost total")]
    [InlineData("weeks", "total", "lacks the column 'weeks'")]
    [InlineData("month", "total profit", "lacks the column 'profit'")]
    public void A_chart_draws_the_columns_that_it_names(string? x, string y, string expected)
    {
        var chart = new ReportChart { Kind = ChartKind.Bar, X = x, Y = y.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        Assert.Equal(expected, Chosen(chart, "month total cost"));
    }

    [Theory]
    [InlineData("total month", "month: total")]
    [InlineData("month total", "month: total")]
    [InlineData("total cost month", "total: cost")]
    [InlineData("total", "lacks a column of numbers")]
    public void A_number_before_its_name_is_drawn_too(string names, string expected) =>
        Assert.Equal(expected, Chosen(new ReportChart { Kind = ChartKind.Bar }, names));

    private static string Chosen(ReportChart chart, string names)
    {
        var chosen = ChartColumns.Of(chart, [.. names.Split(' ').Select((name, index) =>
            ColumnLayout.Of(definition: null, new SourceColumn(index, name, name, name == "month" ? ColumnKind.Text : ColumnKind.Integer),
                System.Globalization.CultureInfo.InvariantCulture))]);
        return chosen.Missing is { } missing
            ? $"lacks {missing}"
            : $"{chosen.X!.Column.Name}: {string.Join(' ', chosen.Y.Select(column => column.Column.Name))}";
    }

    [Fact]
    public void Workbook_page_and_PDF_have_the_chart_of_the_named_dataset_and_no_other()
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.TaskWithDatasets(["Sales", "Stock"], ReportFormat.Excel, ReportFormat.Html, ReportFormat.Pdf);
        task.Datasets[1].Charts = [new ReportChart { Kind = ChartKind.Bar, X = "month", Y = ["total"] }];
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select 'May' as month, 7 as total";
        using (var export = new ReportExport(folder.Document(task)))
        {
            foreach (var (dataset, _) in task.AllDatasets())
            {
                using var reader = command.ExecuteReader();
                export.Add(dataset, reader, _ => { }, CancellationToken.None);
            }

            export.Complete();
        }

        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal((false, true), (book.Sheet("Sales").DrawingsPart is not null, book.Sheet("Stock").DrawingsPart is not null));
        var html = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Equal(1, html.Split("<svg").Length + html.Split("<img").Length - 2);
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(Path.Combine(folder.Path, "sales.pdf"));
        var text = string.Concat(pdf.GetPages().Select(page => page.Text));
        // Twice in the tables, once along the axis.
        Assert.Equal(3, text.Split("May").Length - 1);
        Assert.Empty(folder.Warnings);
    }
}
