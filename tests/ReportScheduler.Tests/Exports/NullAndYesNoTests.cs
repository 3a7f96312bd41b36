using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Exports.Excel;

namespace ReportScheduler.Tests.Exports;

/// <summary>The text for NULL, and true and false in words.</summary>
public sealed class NullAndYesNoTests
{
    private const string Query = "select 1 as id, 5 as amount, 1 as paid, 'a' as note union all select 2, null, 0, null "
        + "union all select 3, -5, null, 'c'";

    [Theory]
    [InlineData("en-US", "Yes", "No")]
    [InlineData("de-DE", "Ja", "Nein")]
    [InlineData("fr-FR", "Oui", "Non")]
    [InlineData("ja-JP", "はい", "いいえ")]
    [InlineData("", "Yes", "No")]
    [InlineData("fi-FI", "Yes", "No")]
    public void Booleans_and_numbers_are_words_of_the_language(string culture, string yes, string no)
    {
        var known = CultureInfo.GetCultureInfo(culture);
        var text = new CellText(known, NamedFormat.Resolve("YesNo", known));
        Assert.Equal([yes, no, yes, no, yes, yes, "true"],
            new object[] { true, false, 1, 0, -1, 0.5m, "true" }.Select(value => text.Of(CellOf(value))));
    }

    [Theory]
    [InlineData("\"on\";\"on\";\"off\"", true)]
    [InlineData("\"✓\";;\"✗\"", true)]
    [InlineData("0", false)]
    [InlineData("#,##0.00", false)]
    [InlineData("0;-0;\"none\"", false)]
    [InlineData("yyyy-mm-dd", false)]
    [InlineData("mmm", false)]
    [InlineData("General", false)]
    [InlineData("@", false)]
    [InlineData(";;;", false)]
    [InlineData(null, false)]
    public void A_format_of_words_shows_no_digits(string? format, bool isOne) => Assert.Equal(isOne, WordsFormat.Is(format));

    [Fact]
    public void What_words_come_to_is_a_number()
    {
        var german = CultureInfo.GetCultureInfo("de-DE");
        var text = new CellText(german, NamedFormat.Resolve("yesno", german));
        Assert.Equal("12", text.Of(CellOf(12), ColumnTotal.Sum));
        Assert.Equal("0,33", text.Of(CellOf(0.3333m), ColumnTotal.Average));
    }

    [Fact]
    public void Each_format_of_a_report_shows_the_text_for_NULL_and_the_words()
    {
        using var folder = new ExportFolder();
        var task = Task(ReportFormat.Excel, ReportFormat.Html, ReportFormat.Pdf, ReportFormat.Csv, ReportFormat.Json);
        folder.Sqlite(task, Query);
        var page = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Contains("k. A.</td>", page, StringComparison.Ordinal);
        Assert.Contains(">Ja</td>", page, StringComparison.Ordinal);
        Assert.Contains(">Nein</td>", page, StringComparison.Ordinal);
        var pdf = PdfReport.Run("pdftotext", "-layout", Path.Combine(folder.Path, "sales.pdf"), "-");
        Assert.Contains("k. A.", pdf, StringComparison.Ordinal);
        Assert.Contains("Nein", pdf, StringComparison.Ordinal);
        Assert.DoesNotContain("–", pdf, StringComparison.Ordinal);
        var csv = File.ReadAllText(Path.Combine(folder.Path, "sales.csv"));
        Assert.DoesNotContain("k. A.", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Ja", csv, StringComparison.Ordinal);
        Assert.Contains("null", File.ReadAllText(Path.Combine(folder.Path, "sales.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_has_numbers_that_look_like_the_words_and_the_text_for_NULL_is_marked_as_NULL()
    {
        using var folder = new ExportFolder();
        var task = Task(ReportFormat.Excel);
        task.Datasets[0].AddColumn("amount").Highlight = [.. HighlightRule.Of("greater 3 green; empty red row")];
        folder.Sqlite(task, Query);
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        var sheet = book.Sheet("Sales").Worksheet;
        var formulas = sheet.Descendants<ConditionalFormattingRule>().Select(rule => rule.InnerText).ToList();
        Assert.Contains(formulas, formula => formula.StartsWith("AND(B", StringComparison.Ordinal)
            && formula.Contains("<>\"k. A.\",AND(ISNUMBER(B", StringComparison.Ordinal));
        Assert.Contains(formulas, formula => formula.StartsWith("OR(LEN($B", StringComparison.Ordinal)
            && formula.EndsWith("=\"k. A.\")", StringComparison.Ordinal));
        var formats = book.Workbook.WorkbookStylesPart!.Stylesheet!.NumberingFormats!.Elements<NumberingFormat>();
        Assert.Contains("\"Ja\";\"Ja\";\"Nein\"", formats.Select(format => format.FormatCode!.Value));
    }

    [Theory]
    // the query's column, its format, whether rows are grouped, the formula of the count and its value
    [InlineData("5 as v union all select 'a', null union all select 'b', -5", null, false, "SUBTOTAL(102,T_Sales[v])", "2")]
    [InlineData("1.5 as v union all select 'a', null union all select 'b', -5", null, true, "SUBTOTAL(2,B2:B8)", "2")]
    [InlineData("1 as v union all select 'a', null union all select 'b', 0", "yesno", false, "SUBTOTAL(102,T_Sales[v])", "2")]
    [InlineData("'x' as v union all select 'a', null union all select 'b', 'n/a'", null, false, "2", "2")]
    [InlineData("5 as v union all select 'a', null union all select 'b', 'x'", null, false, "2", "2")]
    [InlineData("5 as v union all select 'a', null union all select 'b', 6", "@", false, "2", "2")]
    [InlineData("'x' as v union all select 'a', 'y' union all select 'b', 'z'", null, false, "SUBTOTAL(103,T_Sales[v])", "3")]
    public void A_count_leaves_out_the_text_for_NULL(string query, string? format, bool isGrouped, string formula, string value)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Datasets[0].Columns = [new() { Name = "v", NullText = "n/a", Format = format, Total = ColumnTotal.Count }];
        task.Datasets[0].GroupBy = isGrouped ? ["k"] : [];
        folder.Sqlite(task, "select 'a' as k, " + query);
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        var total = book.Sheet("Sales").Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>()
            .Last(cell => cell.CellFormula is not null);
        Assert.Equal((formula, value), (total.CellFormula!.Text, total.CellValue!.Text));
    }

    [Fact]
    public void An_empty_text_for_NULL_leaves_the_cell_empty()
    {
        using var report = new PdfReport();
        report.Task.Datasets =
            [new ReportDataset { Name = "Sales", Query = "x", Columns = [new ReportColumn { Name = "b", NullText = "" }] }];
        report.Write(["a", "b"], [1, null], [2, "x"]);
        Assert.DoesNotContain("–", PdfReport.Run("pdftotext", report.Path, "-"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("two\rlines")]
    [InlineData("long")]
    public void A_text_for_NULL_is_one_short_line(string text) => Assert.Equal("ColumnOptionNotUsable", Assert.Throws<ReportException>(
        () => ColumnCheck.Check(new ReportColumn { Name = "x", NullText = text == "long" ? new string('x', 101) : text })).ErrorId);

    private static ReportTask Task(params ReportFormat[] formats)
    {
        var task = ExportFolder.Task(formats);
        task.Culture = "de-DE";
        task.Datasets[0].Columns =
        [
            new() { Name = "amount", NullText = "k. A." }, new() { Name = "note", NullText = "k. A." },
            new() { Name = "paid", NullText = "k. A.", Format = "yesno" },
        ];
        return task;
    }

    private static ReportScheduler.Rows.Cell CellOf(object value)
    {
        var cell = default(ReportScheduler.Rows.Cell);
        BoxedValue.Set(ref cell, value, ColumnKind.Text);
        return cell;
    }
}
