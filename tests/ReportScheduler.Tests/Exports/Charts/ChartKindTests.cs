using System.Globalization;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Exports.Excel;

namespace ReportScheduler.Tests.Exports.Charts;

public sealed class ChartKindTests : IDisposable
{
    private static readonly string[] Names = ["ordered", "region", "amount", "orders"];

    private readonly ExportFolder folder = new();

    private static readonly Dictionary<string, Func<int, object?[]>> Odd = new()
    {
        ["nothing"] = _ => [],
        ["usual"] = row => [Day(row * 9), $"R{row % 3}", 100 + row, row],
        ["null"] = row => [null, null, null, null],
        ["nulls"] = row => [row % 2 == 0 ? null : Day(row), row % 3 == 0 ? null : "", row % 5 == 0 ? null : row, null],
        ["negative"] = row => [Day(row), $"R{row % 4}", row % 2 == 0 ? -row : row, -1],
        ["equal"] = row => [Day(0), "same", 7, 7],
        ["unsorted"] = row => [Day(row * 7919 % 1000), $"R{row * 31 % 17}", row, 1],
        ["many names"] = row => [Day(row), $"A name of its own, number {row}", row, 1],
        ["huge"] = row => [Day(row), $"R{row % 3}", 1e300 * (row + 1), 1e307],
        ["tiny"] = row => [Day(row), $"R{row % 3}", 1e-12 * (row + 1), 1e-300],
        ["zero"] = row => [Day(row), "R", 0, 0],
        ["far apart"] = row => [Day(row), $"R{row % 2}", row * 1000, row / 1000d],
        ["first and last day"] = row => [row % 2 == 0 ? DateTime.MinValue : DateTime.MaxValue, "R", 1, 2],
        ["text for numbers"] = row => [Day(row), "R", "many", "more"],
        ["odd names"] = row => [Day(row), "<b>&\"'\u0001\r\n\U0001F600\u202E", row, 1],
        ["booleans"] = row => [Day(row), row % 2 == 0, row, 1],
    };

    private static readonly ReportChart[] Kinds =
    [
        new() { Kind = ChartKind.Bar, X = "ordered", Y = ["amount"], By = ChartPeriod.Month, Target = 50, ValueLabels = true },
        new() { Kind = ChartKind.StackedBar, X = "ordered", Y = ["amount"], SeriesBy = "region", By = ChartPeriod.Week },
        new() { Kind = ChartKind.StackedBar, X = "region", Y = ["amount", "orders"], ValueLabels = true, Target = -3 },
        new() { Kind = ChartKind.HorizontalBar, X = "region", Y = ["amount", "orders"], ValueLabels = true, Target = 1e9 },
        new() { Kind = ChartKind.HorizontalBar, X = "ordered", Y = ["amount"] },
        new() { Kind = ChartKind.Area, X = "ordered", Y = ["amount"], SeriesBy = "region", ValueLabels = true },
        new() { Kind = ChartKind.Area, X = "region", Y = ["amount", "orders"], Target = 0 },
        new() { Kind = ChartKind.Line, X = "ordered", Y = ["amount"], SecondAxis = ["orders"], ValueLabels = true },
        new() { Kind = ChartKind.Bar, X = "region", SecondAxis = ["orders"] },
        new() { Kind = ChartKind.Line, X = "amount", Y = ["orders"], SeriesBy = "region" },
        new() { Kind = ChartKind.Pie, X = "region", Y = ["amount"], ValueLabels = true },
    ];

    public static TheoryData<string, int> OddCases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var name in Odd.Keys)
        {
            foreach (var rows in name == "nothing" ? [0] : name == "many names" ? [400]
                : name is "usual" or "nulls" or "negative" ? new[] { 1, 40 } : [40])
            {
                cases.Add(name, rows);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(OddCases))]
    public void All_kinds_draw_odd_rows_in_all_formats(string name, int rows)
    {
        var task = ExportFolder.Task(ReportFormat.Excel, ReportFormat.Pdf, ReportFormat.Html);
        task.Datasets[0].Charts = Kinds;
        Write(task, [.. Enumerable.Range(0, rows).Select(row => Odd[name](row))]);
        using (var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx")))
        {
            Assert.Equal("", string.Join('\n', book.Errors()));
            Assert.Equal(Kinds.Length, book.Sheet("Sales").DrawingsPart!.ChartParts.Count());
            var xml = string.Concat(book.Sheet("Sales").DrawingsPart!.ChartParts.Select(part => part.ChartSpace.OuterXml));
            Assert.DoesNotContain("NaN", xml, StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", xml, StringComparison.Ordinal);
        }

        PdfReport.Run("qpdf", "--check", Path.Combine(folder.Path, "sales.pdf"));
        var page = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.InRange(page.Split("<figure>").Length - 1,
            rows == 0 || name is "text for numbers" || name.StartsWith("null", StringComparison.Ordinal) ? 0 : 9, Kinds.Length);
    }

    [Theory]
    [InlineData(ChartPeriod.Day, 60, "2026-01-01 2026-03-01", null)]
    [InlineData(ChartPeriod.Week, 9, "2025-12-29 2026-02-23", null)]
    [InlineData(ChartPeriod.Month, 3, "Jan 2026 Mar 2026", null)]
    [InlineData(ChartPeriod.Quarter, 1, "Q1 2026 Q1 2026", null)]
    [InlineData(ChartPeriod.Year, 1, "2026 2026", null)]
    [InlineData(ChartPeriod.Hour, 60, "2026-01-01 2026-03-01",
        "The chart of 'Sales' would have more than 60 points by Hour, so it is drawn by Day.")]
    public void Dates_are_put_together_as_asked(ChartPeriod by, int count, string ends, string? warning)
    {
        var chart = Chart(new ReportChart { Kind = ChartKind.Bar, X = "ordered", Y = ["amount"], By = by },
            [.. Enumerable.Range(0, 120).Select(row => new object?[] { Day(0).AddHours(row * 12), "R", 2, 1 })]);
        Assert.Equal((count, ends), (chart.Labels.Count, $"{chart.Labels[0]} {chart.Labels[^1]}"));
        Assert.Equal(240, chart.Series.Single().Values.Sum());
        chart.End();
        Assert.Equal(warning, folder.Warnings.SingleOrDefault());
    }

    [Fact]
    public void A_month_without_rows_has_a_place_among_bars()
    {
        var chart = Chart(new ReportChart { Kind = ChartKind.Bar, X = "ordered", Y = ["amount"], By = ChartPeriod.Month },
            [[Day(70), "R", 1, 1], [Day(0), "R", 2, 1]]);
        Assert.Equal(["Jan 2026", "Feb 2026", "Mar 2026"], chart.Labels);
        Assert.Equal([2, double.NaN, 1], chart.Series.Single().Values);
    }

    [Theory]
    // in the order of the rows; years in theirs; the five greatest and the others
    [InlineData("b a", "b=1 a=2")]
    [InlineData("2026 2025 2024", "2024=3 2025=2 2026=1")]
    [InlineData("a b c d e f g", "c=3 d=4 e=5 f=6 g=7 Other=3")]
    [InlineData("a b c d e f", "a=1 b=2 c=3 d=4 e=5 f=6")]
    [InlineData("a a a", "a=6")]
    [InlineData(" ", "–=3")]
    public void Each_value_of_a_column_is_a_series(string regions, string expected)
    {
        var chart = Chart(new ReportChart { Kind = ChartKind.Line, X = "ordered", Y = ["amount"], SeriesBy = "region" },
            [.. regions.Split(' ').Select((region, row) => new object?[] { Day(row), region, row + 1, 1 })]);
        Assert.Equal(expected, string.Join(' ', chart.Series.Select(series =>
            string.Create(CultureInfo.InvariantCulture, $"{series.Name}={series.Values.Where(double.IsFinite).Sum()}"))));
    }

    [Theory]
    // a dash stands for null; whatever stands first
    [InlineData("- - West West", "–=3 West=7")]
    [InlineData("- East - West", "–=4 East=2 West=4")]
    [InlineData("West - West -", "West=4 –=6")]
    [InlineData("- -", "–=3")]
    public void Rows_without_a_name_have_a_bar_wherever_they_stand(string regions, string expected)
    {
        var chart = Chart(new ReportChart { Kind = ChartKind.Bar, X = "region", Y = ["amount"] },
            [.. regions.Split(' ').Select((region, row) => new object?[] { Day(row), region == "-" ? null : region, row + 1, 1 })]);
        Assert.Equal(expected, string.Join(' ', chart.Labels.Zip(chart.Series.Single().Values).Select(bar =>
            string.Create(CultureInfo.InvariantCulture, $"{bar.First}={bar.Second}"))));
    }

    [Fact]
    public void Dates_that_are_text_are_dates_behind_rows_without_one()
    {
        var chart = Chart(new ReportChart { Kind = ChartKind.Bar, X = "region", Y = ["amount"], By = ChartPeriod.Month },
            [[Day(0), null, 1, 1], [Day(0), "2026-01-05", 2, 1], [Day(0), "2026-02-01", 3, 1]]);
        Assert.Equal(["Jan 2026", "Feb 2026"], chart.Labels);
        Assert.NotNull(chart.Note);
    }

    [Fact]
    public void Parts_stand_upon_each_other_above_and_below_zero()
    {
        var chart = Chart(new ReportChart { Kind = ChartKind.StackedBar, X = "ordered", Y = ["amount"], SeriesBy = "region" },
            [[Day(0), "a", 5, 1], [Day(0), "b", -2, 1], [Day(0), "c", 4, 1], [Day(0), "d", -1, 1], [Day(0), "e", null, 1]]).Drawing();
        Assert.Equal([-3, 9], chart.Ends(0));
        Assert.Equal("0>5 0>-2 5>9 -2>-3",
            string.Join(' ', StackedBarsPainter.Parts(chart, 0).Select(part => $"{part.From}>{part.To}")));
    }

    [Theory]
    // first day, days apart, rows, unit, whether the days are said
    [InlineData("2026-10-01", 1, 31, "Week", true)]
    [InlineData("2026-10-05", 1, 28, "Week", false)]
    [InlineData("2026-10-05", 1, 24, "Week", true)]
    [InlineData("2026-10-07", 1, 26, "Week", true)]
    [InlineData("2026-01-05", 7, 52, "Month", false)]
    [InlineData("2026-01-01", 1, 365, "Month", false)]
    [InlineData("2026-01-01", 1, 300, "Month", true)]
    [InlineData("2026-01-01", 0, 12, "Quarter", false)]
    [InlineData("2026-01-01", 0, 11, "Quarter", true)]
    [InlineData("2026-10-01", 1, 31, "Day", false)]
    [InlineData("0001-01-01", 1, 9, "Week", true)]
    [InlineData("9999-12-25", 1, 7, "Week", true)]
    public void Weeks_and_months_that_are_not_complete_are_known(string from, int step, int rows, string unit, bool isSaid)
    {
        var points = new DatePoints([false], isSplit: false, 60, Enum.Parse<DateUnit>(unit), isEven: true);
        var first = DateTime.Parse(from, CultureInfo.InvariantCulture);
        for (var row = 0; row < rows; row++)
        {
            points.Add(step == 0 ? first.AddMonths(row) : first.AddDays(row * step), [1]);
        }

        Assert.Equal(isSaid, points.Partial is not null);
    }

    [Fact]
    public void Names_at_lines_can_be_read_in_every_colour()
    {
        var theme = ReportScheduler.Exports.Themes.Theme.Standard;
        foreach (var shades in new[] { theme.Light, theme.Dark })
        {
            for (var series = 0; series < 6; series++)
            {
                Assert.True(ChartCanvas.Readable(shades.SeriesOf(series), shades.Paper).Contrast(shades.Paper) >= 4.5);
            }
        }
    }

    [Theory]
    [InlineData("de-DE", 700_000, "700 Tsd.", "[=0]0;0,\" Tsd.\"")]
    [InlineData("de-AT", 2_700_000, "2,7 Mio.", "[=0]0;0.0,,\" Mio.\"")]
    [InlineData("fr-FR", 3_000_000_000, "3 Md", "[=0]0;0.0,,,\" Md\"")]
    [InlineData("en-GB", 700_000, "700K", "[=0]0;0,\"K\"")]
    [InlineData("pl-PL", 45_000, "45 tys.", "[=0]0;0,\" tys.\"")]
    [InlineData("ja-JP", 700_000, "70万", null)]
    [InlineData("zh-CN", 320_000_000, "3.2亿", null)]
    [InlineData("fi-FI", 700_000, "700K", "[=0]0;0,\"K\"")]
    public void Large_values_are_short_in_the_words_of_the_language(string culture, double value, string text, string? format)
    {
        var known = CultureInfo.GetCultureInfo(culture);
        Assert.Equal(text, AxisText.Compact(value, value, null, known)!.Replace('\u00A0', ' '));
        Assert.Equal(format, AxisText.NumberFormat(value, null, known)?.Replace('\u00A0', ' '));
        Assert.Equal(text, AxisText.Of([0, value], null, known)![1].Replace('\u00A0', ' '));
    }

    [Theory]
    [InlineData(999, null, null)]
    [InlineData(12_345, "12.3K", "[=0]0;0,\"K\"")]
    [InlineData(12_345_678, "12.3M", "[=0]0;0,,\"M\"")]
    [InlineData(999_960, "1M", null)]
    [InlineData(-250_000, "-250K", null)]
    public void Large_values_are_short(double value, string? text, string? format)
    {
        Assert.Equal(text, AxisText.Compact(value, Math.Abs(value), null, CultureInfo.InvariantCulture));
        if (format is not null)
        {
            Assert.Equal(format, AxisText.NumberFormat(value, null, CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("he-IL", true)]
    [InlineData("de-DE", false)]
    public void The_heading_stands_where_the_page_begins(string culture, bool isAtTheRight)
    {
        var task = ExportFolder.Task(ReportFormat.Pdf);
        task.Culture = culture;
        task.Datasets[0].Charts = [new ReportChart { Kind = ChartKind.Bar, X = "region", Y = ["amount"], Title = "Heading" }];
        folder.Sqlite(task, "select 'a' as region, 5 as amount, 'so that the table is as wide as the page ' || hex(zeroblob(40)) as note");
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(Path.Combine(folder.Path, "sales.pdf"));
        var word = pdf.GetPage(1).GetWords().Single(word => word.Text == "Heading");
        Assert.Equal(isAtTheRight, word.BoundingBox.Left > pdf.GetPage(1).Width / 2);
    }

    [Fact]
    public void A_chart_without_a_number_is_not_drawn()
    {
        Assert.False(Chart(new ReportChart { Kind = ChartKind.Bar, X = "region", Y = ["amount"] }, [[Day(0), "a", null, null]]).HasPoints);
        Assert.True(Chart(new ReportChart { Kind = ChartKind.Bar, X = "region", Y = ["amount"] }, [[Day(0), "a", 0, null]]).HasPoints);
    }

    [Fact]
    public void A_second_axis_sets_the_sizes_apart_without_a_warning()
    {
        var chart = Chart(new ReportChart { Kind = ChartKind.Bar, X = "ordered", Y = ["amount"], SecondAxis = ["orders"] },
            [[Day(0), "a", 500_000, 3], [Day(1), "b", 400_000, 5]]);
        chart.End();
        Assert.Empty(folder.Warnings);
        Assert.Equal("False True", string.Join(' ', chart.Series.Select(series => series.IsSecond)));
    }

    [Theory]
    [InlineData(ChartPeriod.Month, "is not drawn by Month: its axis 'region' holds no dates.")]
    [InlineData(null, "cannot draw 'region', which holds no numbers. Name a column of numbers in -Y of New-ReportChart.")]
    public void What_a_chart_cannot_do_with_its_columns_is_a_warning(ChartPeriod? by, string end)
    {
        var chart = Chart(by is null ? new ReportChart { Kind = ChartKind.Line, X = "ordered", Y = ["amount", "region"] }
            : new ReportChart { Kind = ChartKind.Line, X = "region", Y = ["amount"], By = by }, [[Day(0), "a", 5, 3], [Day(1), "b", 4, 5]]);
        chart.End();
        Assert.EndsWith(end, Assert.Single(folder.Warnings), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static DateTime Day(int day) => new DateTime(2026, 1, 1).AddDays(day);

    private void Write(ReportTask task, object?[][] rows)
    {
        var pool = new SourceColumn[]
        {
            new(0, "ordered", "ordered", ColumnKind.DateTime), new(1, "region", "region", ColumnKind.Text),
            new(2, "amount", "amount", ColumnKind.Double), new(3, "orders", "orders", ColumnKind.Double),
        };
        foreach (var format in ExportFormats.Of(task))
        {
            using var writer = format.Create(folder.Document(task));
            writer.Begin("Sales", pool);
            writer.Write(PdfReport.Batch(Names.Length, rows));
            writer.End(CancellationToken.None);
            writer.Complete(CancellationToken.None);
        }
    }

    private ChartData Chart(ReportChart chart, object?[][] rows)
    {
        var task = ExportFolder.Task(ReportFormat.Pdf);
        task.Datasets[0].Charts = [chart];
        var data = Assert.Single(ChartData.Of(folder.Document(task), "Sales",
            [.. Names.Select((name, index) => new SourceColumn(index, name, name,
                index == 0 ? ColumnKind.DateTime : index == 1 ? ColumnKind.Text : ColumnKind.Double))]));
        data.Add(PdfReport.Batch(Names.Length, rows));
        return data;
    }
}
