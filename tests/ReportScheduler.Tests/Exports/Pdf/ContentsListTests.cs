using System.Globalization;
using ReportScheduler.Exports.Pdf;
using ReportScheduler.Exports.PdfFile;
using ReportScheduler.Words;
using UglyToad.PdfPig.Actions;
using UglyToad.PdfPig.Annotations;

namespace ReportScheduler.Tests.Exports.Pdf;

public sealed class ContentsListTests
{
    private static readonly string[] Names = ["Orders", "Returns", "Customers"];

    private static (string, string[], IEnumerable<object?[]>) Dataset(string name, int rows) =>
        (name, ["id", "text"], Enumerable.Range(0, rows).Select(row => new object?[] { row, $"Text {row}" }));

    [Theory]
    // datasets that wait until it is known that the report is long; one of them with more rows than wait
    [InlineData(80, 90, 100)]
    [InlineData(20, 2000, 100)]
    [InlineData(2000, 20, 30)]
    public void A_long_report_of_several_datasets_begins_with_their_pages(params int[] rows)
    {
        using var report = new PdfReport();
        report.Task.Datasets = [.. Names.Select(name => new ReportDataset { Name = name, Query = "select 1" })];
        report.Write([.. Names.Zip(rows, Dataset)]);
        PdfReport.Run("qpdf", "--check", report.Path);
        using var pdf = report.Open();
        var first = report.Pages()[0];
        Assert.Contains("Contents", first, StringComparison.Ordinal);
        // a short list leaves the rest of the page to the table
        Assert.Contains("Text 0", first, StringComparison.Ordinal);
        var all = report.Pages();
        var targets = pdf.GetPage(1).GetAnnotations().Where(annotation => annotation.Type == AnnotationType.Link)
            .Select(annotation => Assert.IsType<GoToAction>(annotation.Action).Destination.PageNumber).ToList();
        Assert.Equal(Names.Length, targets.Count);
        foreach (var (name, page) in Names.Zip(targets))
        {
            Assert.Matches($@"{name}\s+{page}\s", report.Text());
            Assert.Contains(name, all[page - 1], StringComparison.Ordinal);
            Assert.Contains($"Page {page} of {all.Length}", all[page - 1], StringComparison.Ordinal);
        }

        Assert.Contains($"Page 1 of {all.Length}", first, StringComparison.Ordinal);
        Assert.True(pdf.TryGetBookmarks(out var bookmarks));
        Assert.Equal(Names, bookmarks.GetNodes().Select(node => node.Title));
        var tags = PdfReport.Run("pdfinfo", "-struct-text", report.Path);
        Assert.Equal(Names.Length, tags.Split('\n').Count(line => line.Trim() == "TOCI"));
        Assert.True(tags.IndexOf("TOC", StringComparison.Ordinal) < tags.IndexOf("Table", StringComparison.Ordinal));
    }

    [Theory]
    // groups, and rows of each; whether the table begins below the list
    [InlineData(5, 150, true)]
    [InlineData(24, 12, true)]
    [InlineData(90, 10, false)]
    // more rows than wait: as many groups again as have come are thought to be there
    [InlineData(12, 500, true)]
    [InlineData(120, 50, false)]
    public void A_list_that_takes_less_than_a_third_of_the_page_leaves_the_rest_to_the_table(int groups, int rows, bool isBelow)
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Pdf);
        task.Datasets[0].GroupBy = ["region"];
        folder.Sqlite(task, $"with recursive n(i) as (select 0 union all select i + 1 from n where i < {(groups * rows) - 1}) "
            + $"select printf('Region %03d', i / {rows}) as region, 'Text ' || (i % {rows}) as text from n");
        var path = System.IO.Path.Combine(folder.Path, "sales.pdf");
        PdfReport.Run("qpdf", "--check", path);
        var all = PdfReport.Run("pdftotext", "-layout", path, "-").TrimEnd('\f').Split('\f');
        var first = all[0];
        Assert.Contains("Contents", first, StringComparison.Ordinal);
        Assert.Equal(isBelow, first.Contains("Text 0", StringComparison.Ordinal));
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(path);
        var links = pdf.GetPage(1).GetAnnotations().Where(annotation => annotation.Type == AnnotationType.Link)
            .Select(annotation => Assert.IsType<GoToAction>(annotation.Action).Destination.PageNumber).ToList();
        Assert.Equal(links.Order(), links);
        Assert.InRange(links[^1], 2, all.Length);
        Assert.Contains($"Page 1 of {all.Length}", first, StringComparison.Ordinal);
        Assert.Contains($"Page 2 of {all.Length}", all[1], StringComparison.Ordinal);
    }

    [Theory]
    // few pages; one part
    [InlineData(3, 3, 3)]
    [InlineData(2000)]
    public void A_short_report_or_one_of_one_part_has_none(params int[] rows)
    {
        using var report = new PdfReport();
        report.Task.Datasets = [.. Names.Take(rows.Length).Select(name => new ReportDataset { Name = name, Query = "select 1" })];
        report.Write([.. Names.Zip(rows, Dataset)]);
        Assert.DoesNotContain("Contents", report.Pages()[0], StringComparison.Ordinal);
        Assert.Contains("Text 0", report.Pages()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Each_language_has_its_word()
    {
        var words = ReportWords.Languages.Select(language => ReportWords.Of(CultureInfo.GetCultureInfo(language))["contents"]).ToList();
        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.Equal("Inhalt", words[1]);
    }

    [Theory]
    // datasets and groups of each; the lines there are; the lines wanted
    [InlineData(3, 0, 10, 3)]
    [InlineData(3, 2, 10, 9)]
    [InlineData(2, 100, 20, 20)]
    [InlineData(1, 100, 20, 20)]
    [InlineData(1, 300, 40, 38)]
    [InlineData(50, 3, 20, 17)]
    public void A_list_is_never_longer_than_its_room(int datasets, int groups, int most, int lines)
    {
        var bookmarks = Enumerable.Range(0, datasets).SelectMany(dataset => Enumerable.Range(0, groups + 1)
            .Select(place => new PdfBookmark(0, $"{dataset}.{place}", place == 0 ? 0 : 1, dataset, dataset + place, 0))).ToList();
        var list = ContentsLine.Of(bookmarks, most);
        Assert.Equal(lines, list.Count);
        Assert.Equal(list.OrderBy(line => line.Target.Page).Select(line => line.Words), list.Select(line => line.Words));
        Assert.True(list.Count == datasets * (groups + 1) || list.Any(line => line.Words.Contains(" – ", StringComparison.Ordinal)));
    }
}
