using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Exports.Html;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Exports.Excel;

namespace ReportScheduler.Tests.Exports;

/// <summary>Lists of numbers as small charts.</summary>
public sealed class SparklineTests
{
    [Theory]
    // text, the chart in characters; empty for none
    [InlineData("1,2,3,4,5,6,7,8", "▁▂▃▄▅▆▇█")]
    [InlineData("[1, 2.5, 4]", "▁▅█")]
    [InlineData("{1,NULL,4}", "▁\u2009█")]
    [InlineData("8;1;8", "█▁█")]
    [InlineData(" 3  5 4 ", "▁█▅")]
    [InlineData("1,,2", "▁\u2009█")]
    [InlineData("-5, 0, 5", "▁▅█")]
    [InlineData("7,7,7", "▅▅▅")]
    [InlineData("1e3,2E3", "▁█")]
    // one bar
    [InlineData("5", "█")]
    [InlineData("[5]", "█")]
    // nothing
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("{ }", "")]
    [InlineData("null,null", "")]
    // their distance has no room in a number
    [InlineData("1e308,-1e308", "█▁")]
    [InlineData("-1e308,0,1e308", "▁▅█")]
    [InlineData("3 pieces", "")]
    [InlineData("1,2,x", "")]
    [InlineData("1,2,NaN", "")]
    [InlineData("[[1,2],[3,4]]", "")]
    [InlineData("{\"a\": 1}", "")]
    public void A_list_of_numbers_is_a_chart_and_other_text_is_none(string text, string blocks) =>
        Assert.Equal(blocks, Sparkline.Of(CellOf(text), SparklineKind.Line)?.Text() ?? "");

    [Fact]
    public void Many_numbers_are_thinned_and_the_newest_is_exact()
    {
        var text = string.Join(',', Enumerable.Range(0, 10_000).Select(number => number == 9_999 ? "-1" : "5"));
        var spark = Sparkline.Of(CellOf(text), SparklineKind.Line)!;
        Assert.Equal(24, spark.Text().Length);
        Assert.Equal('▁', spark.Text()[^1]);
        var line = Assert.Single(spark.Lines(100, 20, 2));
        Assert.Equal(121, line.Count);
        Assert.Equal((98f, 18f), line[^1]);
        Assert.True(spark.Words.Length < 310);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_peaks_of_many_numbers_are_seen(bool areBars)
    {
        var numbers = Enumerable.Repeat(5, 10_000).ToArray();
        (numbers[1_234], numbers[7_777]) = (90, -40);
        var spark = Sparkline.Of(CellOf(string.Join(',', numbers)), areBars ? SparklineKind.Bars : SparklineKind.Line)!;
        if (!areBars)
        {
            var points = Assert.Single(spark.Lines(100, 20, 0));
            Assert.Equal((0f, 20f), (points.Min(point => point.Y), points.Max(point => point.Y)));
            Assert.Equal(points.Select(point => point.X).Order(), points.Select(point => point.X));
        }
        else
        {
            var bars = spark.Bars(100, 20).ToList();
            Assert.Equal((0f, 20f), (bars.Min(bar => bar.Y), bars.Max(bar => bar.Y + bar.Height)));
        }

        Assert.Contains('█', spark.Text());
        Assert.Contains('▁', spark.Text());
    }

    [Fact]
    public void Lines_end_at_gaps_and_bars_begin_at_zero()
    {
        Assert.Equal([2, 1], Sparkline.Of(CellOf("1,2,null,4"), SparklineKind.Line)!.Lines(100, 20, 0).Select(line => line.Count));
        var bars = Sparkline.Of(CellOf("-10,10,0"), SparklineKind.Bars)!.Bars(30, 20).ToList();
        Assert.Equal([(10f, 10f), (0f, 10f)], bars.Take(2).Select(bar => (bar.Y, bar.Height)));
        Assert.Equal(0.8f, bars[2].Height);
    }

    [Theory]
    [InlineData("sparkline", false)]
    [InlineData("Sparkline Line", false)]
    [InlineData("sparkline bars", true)]
    [InlineData("sparklines", null)]
    [InlineData("sparkline pie", null)]
    [InlineData("0.0", null)]
    public void Sparkline_is_the_name_of_a_format(string format, bool? isBars)
    {
        Assert.Equal(isBars, NamedFormat.SparklineOf(format));
        Assert.Equal(isBars is not null, NamedFormat.Is(format));
        Assert.Equal(isBars is null ? format : null, NamedFormat.Resolve(format, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Each_format_shows_the_chart_or_the_text()
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Excel, ReportFormat.Html, ReportFormat.Pdf, ReportFormat.Csv, ReportFormat.Json);
        task.Datasets[0].Columns = [new() { Name = "trend", Format = "sparkline" }, new() { Name = "bars", Format = "sparkline bars" }];
        folder.Sqlite(task, "select 'a' as name, '3,5,<4' as trend, '1,2,3' as bars union all select 'b', '3,5,4', null");
        var page = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Equal(1, Regex.Count(page, "<polyline points=\"3,19 52,3 101,11\"/>"));
        Assert.Contains("aria-label=\"3,5,4\"", page, StringComparison.Ordinal);
        Assert.Contains(">3,5,&lt;4</td>", page, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(page, "<rect "));
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal(["text:3,5,<4", "text:▁█▅", "text:▃▆█"], new[] { "B2", "B3", "C2" }.Select(cell => book.Cells("Sales")[cell]));
        var pdf = Path.Combine(folder.Path, "sales.pdf");
        PdfReport.Run("qpdf", "--check", pdf);
        Assert.Contains("3,5,<4", PdfReport.Run("pdftotext", pdf, "-"), StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(PdfReport.Run("pdfinfo", "-struct", pdf), "Figure"));
        Assert.Contains("\"3,5,4\"", File.ReadAllText(Path.Combine(folder.Path, "sales.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void One_number_is_a_bar_and_none_an_empty_cell()
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Excel, ReportFormat.Html, ReportFormat.Pdf);
        task.Datasets[0].Columns = [new() { Name = "trend", Format = "sparkline" }];
        folder.Sqlite(task, "select 'a' as name, '[57]' as trend union all select 'b', '[]' union all select 'c', '' "
            + "union all select 'd', ','");
        var page = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Single(Regex.Matches(page, "<rect "));
        Assert.Equal(3, Regex.Count(page, "<td></td>"));
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal("text:█", book.Cells("Sales")["B2"]);
        var pdf = Path.Combine(folder.Path, "sales.pdf");
        PdfReport.Run("qpdf", "--check", pdf);
        Assert.DoesNotMatch(@"\[|57|,", PdfReport.Run("pdftotext", pdf, "-").Split("Trend")[1].Split("Page")[0]);
        Assert.Equal(1, Regex.Count(PdfReport.Run("pdfinfo", "-struct", pdf), "Figure"));
    }

    [Fact]
    public void Large_numbers_are_thinned_too() =>
        Assert.Equal(24, Sparkline.Of(CellOf(string.Join(',', Enumerable.Repeat("1e308,-1e308", 500))), SparklineKind.Bars)!.Text().Length);

    [Theory]
    [InlineData("1,2,3", 1, 1)]
    [InlineData("4,null,2,1", 2, 1)]
    [InlineData("1,2,null,3", 1, 1)]
    [InlineData("1,,2,,3", 3, 0)]
    public void A_point_between_gaps_is_a_dot(string numbers, int dots, int lines)
    {
        var drawing = HtmlSparkline.Of(Sparkline.Of(CellOf(numbers), SparklineKind.Line)!);
        Assert.Equal((dots, lines), (Regex.Count(drawing, "<circle "), Regex.Count(drawing, "<polyline ")));
    }

    private static Cell CellOf(string text)
    {
        var cell = default(Cell);
        cell.SetText(text);
        return cell;
    }
}
