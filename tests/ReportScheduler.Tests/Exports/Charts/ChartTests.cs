using System.Globalization;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Rows;
using SkiaSharp;

namespace ReportScheduler.Tests.Exports.Charts;

public sealed class ChartTests
{
    private static readonly string[] Columns = ["month", "total", "cost"];

    private static object?[][] Months(int count) =>
        [.. Enumerable.Range(1, count).Select(month => new object?[] { $"M{month:000}", month * 100.5, month == 4 ? null : 90m * month })];

    [Theory]
    [InlineData(ChartKind.Bar)]
    [InlineData(ChartKind.Line)]
    [InlineData(ChartKind.Pie)]
    public void A_chart_in_the_PDF_is_made_of_vectors_and_text(ChartKind kind)
    {
        using var report = new PdfReport();
        report.Task.Chart = kind;
        report.Task.ChartX = "month";
        report.Task.ChartY = ["total"];
        using var pdf = report.Write(Columns, Months(6)).Open();
        var page = pdf.GetPage(1);
        Assert.Empty(page.GetImages());
        Assert.Contains(page.Paths, path => path.FillColor?.ToRGBValues() is { } color && Math.Abs(color.r - (0x25 / 255d)) < 0.01
            && Math.Abs(color.b - (0xA6 / 255d)) < 0.01
            || path.StrokeColor?.ToRGBValues() is { } stroke && Math.Abs(stroke.r - (0x25 / 255d)) < 0.01);
        Assert.Equal(2, report.Text().Split("M003").Length - 1);
        Assert.True(new FileInfo(report.Path).Length < 40 * 1024);
        PdfReport.Run("qpdf", "--check", report.Path);
        Assert.Empty(report.Warnings);
    }

    [Theory]
    // names: the greatest and the others; dates in longer units; numbers the newest
    [InlineData(ChartKind.Bar, "date", "2025-12-29 2026-04-06", 15, "2026-01-01 to 2026-04-10.")]
    [InlineData(ChartKind.Bar, "iso", "2025-12-29 2026-04-06", 15, "2026-01-01 to 2026-04-10.")]
    [InlineData(ChartKind.Bar, "number", "40 99", 60, "The newest 60 of 100 rows.")]
    [InlineData(ChartKind.Bar, "name", "M99 Other", 16, null)]
    [InlineData(ChartKind.Pie, "name", "M85 Other", 16, null)]
    [InlineData(ChartKind.Line, "date", "2026-01-01 2026-04-10", 100, null)]
    [InlineData(ChartKind.Line, "iso", "2026-01-01 2026-04-10", 100, null)]
    public void Of_more_rows_than_it_can_show_the_newest_are_in_a_chart(ChartKind kind, string x, string ends, int count, string? note)
    {
        var day = new DateOnly(2026, 1, 1);
        var chart = Chart(kind, [.. Enumerable.Range(0, 100).Select(row => new object?[] { x switch
        {
            "date" => day.AddDays(row),
            "iso" => day.AddDays(row).ToString("O", CultureInfo.InvariantCulture),
            "number" => row,
            _ => $"M{row}",
        }, row, 0 })], x == "date" ? ColumnKind.Date : ColumnKind.Text);
        Assert.Equal(ends, $"{chart.Labels[0]} {chart.Labels[^1]}");
        Assert.Equal(count, chart.Labels.Count);
        Assert.Equal(note, chart.Note);
        // nothing is lost but what is said
        Assert.Equal(x != "number" ? 4950 : Enumerable.Range(40, 60).Sum(), chart.Series.Single().Values.Sum());
    }

    [Theory]
    [InlineData(60, "Total per day", "2026-01-05")]
    [InlineData(61, "Total per week", "2026-01-05")]
    [InlineData(60 * 7 + 1, "Total per month", "Jan 2026")]
    [InlineData(60 * 31, "Total per quarter", "Q1 2026")]
    [InlineData(60 * 93, "Total per year", "2026")]
    public void Days_become_weeks_months_quarters_and_years(int days, string title, string first)
    {
        var chart = Chart(ChartKind.Bar,
            [.. Enumerable.Range(0, days).Select(row => new object?[] { new DateOnly(2026, 1, 5).AddDays(row), 2, 0 })], ColumnKind.Date);
        Assert.Equal((title, first), (chart.Title, chart.Labels[0]));
        Assert.InRange(chart.Labels.Count, 2, 60);
        Assert.Equal(2 * days, chart.Series.Single().Values.Sum());
        // the last of the longer units is not over
        var last = new DateOnly(2026, 1, 5).AddDays(days - 1);
        Assert.Equal(days == 60 ? null : string.Create(CultureInfo.InvariantCulture, $"2026-01-05 to {last:yyyy-MM-dd}."), chart.Note);
    }

    [Fact]
    public void Names_of_quarters_are_never_cut()
    {
        using var report = new PdfReport { Culture = CultureInfo.GetCultureInfo("cs-CZ") };
        report.Task.Datasets = [new ReportDataset { Name = "Sales", Query = "select 1" }];
        report.Task.Datasets[0].Charts = [new ReportChart { Kind = ChartKind.Line, X = "month", Y = ["total"] },
            new ReportChart { Kind = ChartKind.Bar, X = "month", Y = ["total"] }];
        var text = report.Write(["month", "total"],
            [.. Enumerable.Range(0, 9).Select(row => new object?[] { new DateTime(2024, 10, 1).AddMonths(3 * row), row })]).Text();
        Assert.Equal(2, text.Split("4. čtvrtletí 2024").Length - 1);
        Assert.DoesNotContain("…", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-US", "Total by region, EUR")]
    [InlineData("de-DE", "Total nach Region, EUR")]
    [InlineData("zh-CN", "按region的Total（EUR）")]
    public void A_name_of_the_database_is_small_within_a_heading(string culture, string heading)
    {
        using var report = new PdfReport { Culture = CultureInfo.GetCultureInfo(culture) };
        (report.Task.Chart, report.Task.ChartX, report.Task.ChartY) = (ChartKind.Bar, "region", ["total"]);
        report.Task.ColumnFormat = new System.Collections.Specialized.OrderedDictionary { ["total"] = "currency EUR" };
        Assert.Contains(heading.Replace(" ", "", StringComparison.Ordinal),
            report.Write(["region", "total"], ["North", 1.5], ["South", 2.5]).Text().Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Months_in_the_data_are_named_as_months()
    {
        var chart = Chart(ChartKind.Line,
            [.. Enumerable.Range(0, 14).Select(row => new object?[] { new DateOnly(2025, 1, 1).AddMonths(row), row, 0 })], ColumnKind.Date);
        Assert.Equal(("Total per month", "Jan 2025", "Feb 2026"), (chart.Title, chart.Labels[0], chart.Labels[^1]));
        Assert.Equal(["2025", "Mar", "May", "Jul", "Sep", "Nov", "2026"], chart.Ticks.Select(tick => tick.Text));
    }

    [Theory]
    [InlineData(30, "1 Jan 8 Jan 15 Jan 22 Jan 29 Jan")]
    [InlineData(365, "2026 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")]
    [InlineData(1200, "2026 May Sep 2027 May Sep 2028 May Sep 2029 May Sep")]
    public void A_time_axis_has_its_marks_where_months_and_years_begin(int days, string marks)
    {
        if (days == 1200)
        {
            marks = "2026 Jul 2027 Jul 2028 Jul 2029";
        }

        var first = new DateTime(2026, 1, 1);
        Assert.Equal(marks,
            string.Join(' ', AxisTicks.Of(first, first.AddDays(days - 1), CultureInfo.InvariantCulture).Select(tick => tick.Text)));
    }

    [Fact]
    public void A_line_over_numbers_keeps_the_last_points()
    {
        var chart = Chart(ChartKind.Line, [.. Enumerable.Range(-5, 5005).Select(row => new object?[] { row, row, 0 })]);
        Assert.Equal((400, "4,600", "4,999"), (chart.Labels.Count, chart.Labels[0], chart.Labels[^1]));
        Assert.Equal((4600d, 4999d), (chart.Series.Single().Values[0], chart.Series.Single().Values[^1]));
        Assert.Equal("The newest 400 of 5,005 rows.", chart.Note);
    }

    [Theory]
    [InlineData(8, 12, false)]
    [InlineData(9, 4, true)]
    [InlineData(2, 13, true)]
    public void Many_names_and_long_ones_stand_one_below_the_other(int names, int length, bool isHorizontal)
    {
        var chart =
            Chart(ChartKind.Bar, [.. Enumerable.Range(0, names).Select(row => new object?[] { $"{row}".PadRight(length, 'x'), row, 0 })]);
        Assert.Equal(isHorizontal, chart.IsHorizontal);
        Assert.Equal(names > 5,
            Chart(ChartKind.Pie, [.. Enumerable.Range(0, names).Select(row => new object?[] { $"{row}", row + 1, 0 })]).IsHorizontal);
    }

    [Fact]
    public void A_series_that_cannot_be_seen_beside_another_is_a_warning()
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Pdf);
        (task.Chart, task.ChartY) = (ChartKind.Line, ["total", "cost"]);
        var chart = Assert.Single(ChartData.Of(folder.Document(task), "Sales",
            [.. Columns.Select((column, index) => new SourceColumn(index, column, column, ColumnKind.Text))]));
        chart.Add(PdfReport.Batch(3, [["May", 5000, 3], ["June", 7000, 50]]));
        chart.End();
        Assert.Equal("In the chart of 'Sales' 'Cost' can hardly be seen beside 'Total', which is more than a hundred times as large. "
            + "Draw it with -SecondAxis of New-ReportChart, or in a chart of its own.", Assert.Single(folder.Warnings));
    }

    [Theory]
    [InlineData("#,##0 €", "0 € 25 € 50 € 75 € 100 €", 97.0)]
    [InlineData("0%", "0% 25% 50% 75% 100%", 0.97)]
    // a format that makes two lines one is not followed
    [InlineData("0", "0.00 0.25 0.50 0.75 1.00", 0.97)]
    [InlineData("#,##0.00 €", "0 € 100K € 200K € 300K € 400K €", 350000.0)]
    [InlineData("\"$\"#,##0.00", "$0 $1M $2M $3M", 2700000.0)]
    [InlineData("General", "0 1M 2M 3M", 2700000.0)]
    [InlineData("General", "0 25 50 75 100", 97.0)]
    public void The_axis_has_the_format_of_its_column(string format, string texts, double value)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Pdf);
        (task.Chart, task.ChartY,
            task.ColumnFormat) = (ChartKind.Bar, ["total"], new System.Collections.Specialized.OrderedDictionary { ["total"] = format });
        var chart = Assert.Single(ChartData.Of(folder.Document(task), "Sales",
            [new SourceColumn(0, "month", "month", ColumnKind.Text), new SourceColumn(1, "total", "total", ColumnKind.Double)]));
        chart.Add(PdfReport.Batch(2, [["May", value]]));
        Assert.Contains(texts, string.Join(' ', new ChartPainter(chart.Drawing()).TickTexts), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChartKind.Bar)]
    [InlineData(ChartKind.Line)]
    [InlineData(ChartKind.Pie)]
    public void The_heading_of_a_chart_is_drawn_and_told(ChartKind kind)
    {
        using var report = new PdfReport();
        report.Task.Chart = kind;
        report.Task.ChartY = ["total"];
        report.Task.Datasets[0].Charts[0].Title = "Umsatz je\nMonat 売上";
        Assert.Contains("Umsatz je Monat", report.Write(Columns, Months(6)).Text(), StringComparison.Ordinal);
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Html);
        (task.Chart, task.ChartY) = (kind, ["total"]);
        task.Datasets[0].Charts[0].Title = "Revenue";
        var columns =
            new[] { new SourceColumn(0, "month", "month", ColumnKind.Text), new SourceColumn(1, "total", "total", ColumnKind.Double) };
        ChartPicture Picture()
        {
            var chart = Assert.Single(ChartData.Of(folder.Document(task), "Sales", columns));
            chart.Add(PdfReport.Batch(2, [["May", 5.0], ["June", 7.0]]));
            return ChartPicture.Of(chart)!;
        }

        var titled = Picture();
        Assert.StartsWith($"{kind} chart of Revenue: ", titled.AlternativeText, StringComparison.Ordinal);
        task.Datasets[0].Charts[0].Title = null;
        var plain = Picture();
        Assert.StartsWith($"{kind} chart of Total by month: ", plain.AlternativeText, StringComparison.Ordinal);
        Assert.NotEqual(plain.Png, titled.Png);
    }

    [Fact]
    public void The_last_slice_of_a_pie_is_everything_but_the_greatest()
    {
        var chart = Chart(ChartKind.Pie, Months(999));
        Assert.Equal([.. Enumerable.Range(985, 15).Select(month => $"M{month}"), "Other"], chart.Labels);
        Assert.Equal(Enumerable.Range(1, 984).Sum(month => month * 100.5), chart.Series.Single().Values[^1], 3);
        Assert.Null(chart.Note);
    }

    [Theory]
    [InlineData(16, "M016")]
    [InlineData(17, "Other")]
    public void A_pie_of_few_slices_shows_them_all(int rows, string last)
    {
        var chart = Chart(ChartKind.Pie, Months(rows));
        Assert.Equal(16, chart.Labels.Count);
        Assert.Equal(last, chart.Labels[^1]);
    }

    [Fact]
    public void A_pie_says_that_values_below_zero_have_no_slice()
    {
        using var report = new PdfReport();
        report.Task.Chart = ChartKind.Pie;
        report.Task.ChartY = ["total"];
        var text = report.Write(Columns, ["May", 75, 0], ["June", -5, 0], ["July", 25, 0], ["August", null, 0]).Text();
        Assert.Contains("Values below zero have no slice.", text, StringComparison.Ordinal);
        Assert.Matches("May +75.0%", text);
        Assert.DoesNotMatch("June +.*%", text);
    }

    [Fact]
    public void A_pie_without_a_value_above_zero_is_a_warning()
    {
        using var report = new PdfReport();
        report.Task.Chart = ChartKind.Pie;
        report.Task.ChartY = ["total"];
        report.Write(Columns, ["May", 0, 0], ["June", -5, 0]);
        Assert.Equal("'Sales' has no pie chart: no value of 'total' is above zero. -Chart Bar shows zero and less.",
            Assert.Single(report.Warnings));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    [InlineData(60)]
    public void Names_along_the_axis_stand_apart_and_differ(int rows)
    {
        using var report = new PdfReport();
        report.Task.Chart = ChartKind.Bar;
        report.Task.ChartY = ["total"];
        report.Task.Hide = ["month"];
        using var pdf = report.Write(Columns, [.. Months(rows)
            .Select((month, index) => new[] { $"Rather_long_name_of_the_place_number_{index}", month[1], month[2] })]).Open();
        var names = pdf.GetPage(1).GetWords().Where(word => word.Text.StartsWith("Rat", StringComparison.Ordinal))
            .OrderByDescending(word => word.BoundingBox.Top).ToList();
        Assert.True(names.Count > 2);
        Assert.All(names.Zip(names.Skip(1)), pair => Assert.True(pair.First.BoundingBox.Bottom >= pair.Second.BoundingBox.Bottom + 5));
        Assert.Equal(names.Count, names.Select(word => word.Text).Distinct().Count());
    }

    [Theory]
    [InlineData(ChartKind.Bar, 80)]
    [InlineData(ChartKind.Line, 80)]
    [InlineData(ChartKind.Pie, 80)]
    public void Rows_of_the_same_name_are_added_up(ChartKind kind, double may)
    {
        object?[][] rows = [["May", 75, 0], ["July", 25, 0], ["May", null, 0], ["May", 5, 0]];
        var chart = Chart(kind, rows);
        Assert.Equal(["May", "July"], chart.Labels);
        Assert.Equal([may, 25], chart.Series.Single().Values);
        Assert.Equal("Rows with the same month are added up.", chart.Note);
        using var report = new PdfReport();
        report.Task.Chart = kind;
        report.Task.ChartY = ["total"];
        Assert.Contains("Rows with the same month are added up.", report.Write(Columns, rows).Text(), StringComparison.Ordinal);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void Rows_of_the_same_day_are_one_point_of_a_line()
    {
        var chart = Chart(ChartKind.Line, [.. Days, .. Days], ColumnKind.Date);
        Assert.Equal([2d, 4, 6], chart.Series.Single().Values);
        Assert.Equal("Rows without a date have no place.", chart.Note);
    }

    [Fact]
    public void A_chart_whose_column_is_missing_is_a_warning_and_the_report_is_whole()
    {
        using var report = new PdfReport();
        report.Task.Chart = ChartKind.Bar;
        report.Task.ChartY = ["turnover"];
        Assert.Contains("M001", report.Write(Columns, Months(2)).Text(), StringComparison.Ordinal);
        Assert.Contains("'turnover'", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dataset_without_rows_has_no_chart()
    {
        using var report = new PdfReport();
        report.Task.Chart = ChartKind.Line;
        report.Task.ChartY = ["total"];
        Assert.Contains("No rows.", report.Write(Columns).Text(), StringComparison.Ordinal);
        Assert.Null(ChartPicture.Of(Chart(ChartKind.Line, [])));
    }

    [Theory]
    [InlineData(ChartKind.Bar)]
    [InlineData(ChartKind.Line)]
    [InlineData(ChartKind.Pie)]
    public void A_picture_for_the_mail_shows_the_chart_and_says_it_in_words(ChartKind kind)
    {
        var picture = ChartPicture.Of(Chart(kind, Months(6)))!;
        using var bitmap = SKBitmap.Decode(picture.Png);
        Assert.Equal((picture.Width * 2, picture.Height * 2), (bitmap.Width, bitmap.Height));
        Assert.Contains(new SKColor(0x25, 0x63, 0xA6), bitmap.Pixels);
        Assert.Equal(SKColors.White, bitmap.Pixels[0]);
        Assert.Equal($"{(kind == ChartKind.Pie ? ChartKind.Bar : kind)} chart of Total by month: Total from 100.5 to 603, M001 to M006.",
            picture.AlternativeText);
    }

    [Fact]
    public void A_line_over_dates_is_in_their_order_and_as_far_apart_as_they_are()
    {
        var chart = Chart(ChartKind.Line, Days, ColumnKind.Date);
        Assert.Equal(["2026-01-01", "2026-01-02", "2026-01-11"], chart.Labels);
        Assert.Equal([1d, 2, 3], chart.Series.Single().Values);
        Assert.Equal([0d, 0.2, 2], chart.Places, (expected, found) => Math.Abs(expected - found) < 1e-9);
        Assert.Equal("Rows without a date have no place.", chart.Note);
        Assert.Equal("Line chart of Total per day: Total from 1 to 3, 2026-01-01 to 2026-01-11.", ChartPicture.Of(chart)!.AlternativeText);
    }

    [Theory]
    [InlineData(ChartKind.Bar)]
    [InlineData(ChartKind.Line)]
    public void Other_points_stand_side_by_side_in_the_order_of_the_rows(ChartKind kind)
    {
        var chart = Chart(kind, [["b", 3, 0], ["a", 1, 0], ["d", 9, 0], ["c", 2, 0]]);
        Assert.Equal(["b", "a", "d", "c"], chart.Labels);
        Assert.Equal([0d, 1, 2, 3], chart.Places);
    }

    [Fact]
    public void A_line_over_one_date_or_none_is_drawn_or_left_out()
    {
        Assert.NotNull(ChartPicture.Of(Chart(ChartKind.Line, [Days[0]], ColumnKind.Date)));
        Assert.Null(ChartPicture.Of(Chart(ChartKind.Line, [Days[2]], ColumnKind.Date)));
        Assert.Equal([0d], Chart(ChartKind.Line, [Days[0], Days[0]], ColumnKind.Date).Places);
    }

    [Theory]
    // values, with zero, texts of the grid lines
    [InlineData(new[] { 3d, 97 }, true, "0 25 50 75 100")]
    [InlineData(new[] { -5d, 12 }, true, "-5 0 5 10 15")]
    [InlineData(new[] { 1000d, 1004 }, false, "1,000 1,001 1,002 1,003 1,004")]
    [InlineData(new[] { 0.001, 0.002 }, true, "0.0000 0.0005 0.0010 0.0015 0.0020")]
    [InlineData(new[] { 7d }, false, "0 2 4 6 8")]
    // whole numbers have no lines between them
    [InlineData(new[] { 0d, 0 }, true, "0 1")]
    [InlineData(new[] { 2d, 1 }, true, "0 1 2")]
    [InlineData(new[] { 9d, 4 }, true, "0 5 10")]
    [InlineData(new[] { 2d, 1.5 }, true, "0.0 0.5 1.0 1.5 2.0")]
    [InlineData(new[] { 3d, 350_000 }, true, "0 100K 200K 300K 400K")]
    [InlineData(new[] { 3d, 2_700_000 }, true, "0 1M 2M 3M")]
    [InlineData(new[] { 3d, 24_000 }, true, "0 10K 20K 30K")]
    [InlineData(new[] { -1e300, 1e300 }, false, "-1E+300 -5E+299 0 5E+299 1E+300")]
    [InlineData(new[] { 1e-10, 2.4e-10 }, true, "0 1E-10 2E-10 3E-10")]
    [InlineData(new[] { double.NaN }, false, "0 1")]
    public void The_axis_has_round_numbers(double[] values, bool withZero, string texts) =>
        Assert.Equal(texts,
            string.Join(' ', new ChartAxis(values, withZero, CultureInfo.InvariantCulture).Ticks.Select(tick => tick.Text)));

    private static readonly object?[][] Days =
        [[new DateOnly(2026, 1, 11), 3, 0], [new DateOnly(2026, 1, 1), 1, 0], [null, 9, 0], [new DateOnly(2026, 1, 2), 2, 0]];

    [Theory]
    [InlineData(ChartKind.Bar)]
    [InlineData(ChartKind.Pie)]
    [InlineData(ChartKind.Line)]
    public void What_has_no_name_has_the_words_of_the_column(ChartKind kind)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Pdf);
        (task.Chart, task.ChartY) = (kind, ["total"]);
        task.Datasets[0].AddColumn("month").NullText = "ohne";
        var chart = Assert.Single(ChartData.Of(folder.Document(task), "Sales",
            [.. Columns.Select((column, index) => new SourceColumn(index, column, column, ColumnKind.Text))]));
        chart.Add(PdfReport.Batch(3, [["a", 5, 0], [null, 3, 0]]));
        Assert.Equal(["a", "ohne"], chart.Labels);
    }

    private static ChartData Chart(ChartKind kind, object?[][] rows, ColumnKind first = ColumnKind.Text)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Pdf);
        task.Chart = kind;
        task.ChartY = ["total"];
        var chart = Assert.Single(ChartData.Of(folder.Document(task), "Sales",
            [.. Columns.Select((column, index) => new SourceColumn(index, column, column, index == 0 ? first : ColumnKind.Text))]));
        chart.Add(PdfReport.Batch(3, rows));
        return chart;
    }
}
