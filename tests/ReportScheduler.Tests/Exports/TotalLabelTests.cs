using System.Globalization;
using ReportScheduler.Tests.Exports.Excel;
using ReportScheduler.Words;

namespace ReportScheduler.Tests.Exports;

/// <summary>The words in lines of totals, and empty cells.</summary>
public sealed class TotalLabelTests : IDisposable
{
    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string> Words => new(
        from language in ReportWords.Languages
        from total in new[] { "distinct", "average" }
        select (language, total));

    [Theory]
    [MemberData(nameof(Words))]
    public void The_word_of_a_total_has_room_in_a_narrow_column(string language, string total)
    {
        var isPdf = language is "de" or "pl";
        var task = ExportFolder.Task([ReportFormat.Excel, .. isPdf ? [ReportFormat.Pdf] : Array.Empty<ReportFormat>()]);
        task.Culture = language;
        task.Datasets[0].AddColumn("amount").Total = total == "distinct" ? ColumnTotal.Distinct : ColumnTotal.Average;
        // more rows than those that give the columns of a PDF their widths
        var rows = isPdf ? 1200 : 3;
        folder.Sqlite(task, $"with recursive n(i) as (select 1 union all select i + 1 from n where i < {rows}) "
            + "select 'x' as a, i as amount, "
            + string.Join(", ", Enumerable.Range(0, 12).Select(i => $"'some text' as t{i}")) + " from n");
        var word = ReportWords.Of(CultureInfo.GetCultureInfo(language))[total];
        using var book = new ClosedXML.Excel.XLWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal(word, book.Worksheet(1).Cell(rows + 2, 1).GetString());
        Assert.True(book.Worksheet(1).Column(1).Width >= word.Sum(letter => letter > 0x2E00 ? 2 : 1));
        if (isPdf)
        {
            Assert.Contains(word, PdfReport.Run("pdftotext", "-layout", Path.Combine(folder.Path, "sales.pdf"), "-"),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_line_below_a_row_does_not_end_at_an_empty_cell()
    {
        folder.Sqlite(ExportFolder.Task(ReportFormat.Excel), "select 1 as a, null as b, 'x' as c union all select null, 2, null");
        using var book = new ClosedXML.Excel.XLWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.All(book.Worksheet(1).Range("A2:C3").Cells(), cell =>
            Assert.Equal(ClosedXML.Excel.XLBorderStyleValues.Thin, cell.Style.Border.BottomBorder));
        Assert.True(book.Worksheet(1).Cell("B2").IsEmpty());
    }

    [Theory]
    [InlineData(30)]
    [InlineData(70)]
    public void Each_slice_of_a_narrow_pie_has_its_name_and_share(int letters)
    {
        var task = ExportFolder.Task(ReportFormat.Pdf);
        var chart = new ReportChart { Kind = ChartKind.Pie, X = "name", Y = ["amount"] };
        task.Datasets[0].Charts = [chart, chart];
        var name = string.Concat(Enumerable.Repeat("Lorem ipsum ", 9))[..letters].Trim();
        folder.Sqlite(task, $"select '{name} one' as name, 60 as amount union all select '{name} two', 30 union all select 'three', 10");
        var text = PdfReport.Run("pdftotext", "-layout", Path.Combine(folder.Path, "sales.pdf"), "-");
        Assert.Equal(2, text.Split("60.0%").Length - 1);
        Assert.Equal(2, text.Split("30.0%").Length - 1);
        if (letters < 50)
        {
            Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(text, $"{name} one +60.0%"));
        }
    }
}
