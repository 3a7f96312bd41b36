using System.Data;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Preview;

namespace ReportScheduler.Tests.Exports;

public sealed class ReportExportTests : IDisposable
{
    private readonly ExportFolder folder = new();

    [Fact]
    public void One_pass_over_the_reader_feeds_all_formats_and_the_preview()
    {
        using var rows = new CountingRows(2000);
        var result =
            folder.Export(ExportFolder.Task(ReportFormat.Csv, ReportFormat.Json, ReportFormat.Html, ReportFormat.Csv), ("Sales", rows));
        Assert.Equal(2000, rows.Reads);
        Assert.Equal(["sales.csv", "sales.json", "sales.html"], result.Files.Select(Path.GetFileName));
        Assert.Equal(2000, result.Rows);
        var preview = Assert.Single(result.Datasets);
        Assert.Equal(PreviewRows.AndAFew(PreviewRows.Limit), preview.FirstRows.Count);
        Assert.Equal(["1", "row 1"], preview.FirstRows[0]);
        var lines = File.ReadAllLines(result.Files[0]);
        Assert.Equal(2001, lines.Length);
        Assert.All(lines.Skip(1).Select((line, i) => (line, i)), row => Assert.Equal($"{row.i + 1},row {row.i + 1}", row.line));
    }

    [Fact]
    public void Without_a_format_there_is_a_preview_and_no_file()
    {
        var result = folder.Export(ExportFolder.Task(), ("Sales", new CountingRows(700)));
        Assert.Empty(result.Files);
        Assert.Equal(700, result.Rows);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_preview_tells_NULL_from_empty_text_and_leaves_hidden_columns_out()
    {
        var task = ExportFolder.Task();
        task.Hide = ["secret"];
        var preview = Assert.Single(folder.Sqlite(task, "select 1.5 as n, 'x' as secret, '' as e, null as gone").Datasets);
        Assert.Equal(["n", "e", "gone"], preview.Columns.Select(column => column.Name));
        Assert.Equal(["1.50", "", null], Assert.Single(preview.FirstRows));
    }

    [Fact]
    public void Progress_comes_on_the_callers_thread()
    {
        var threads = new HashSet<int>();
        var seen = new List<long>();
        using var export = new ReportExport(folder.Document(ExportFolder.Task(ReportFormat.Csv, ReportFormat.Json)));
        export.Add("Sales", new CountingRows(3000), rows =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            seen.Add(rows);
        }, CancellationToken.None);
        export.Complete();
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
        Assert.Equal(3000, seen[^1]);
        Assert.True(seen.SequenceEqual(seen.Order()));
    }

    [Fact]
    public void Disposed_before_it_is_complete_it_leaves_no_file()
    {
        using (var export = new ReportExport(folder.Document(ExportFolder.Task(ReportFormat.Csv, ReportFormat.Json, ReportFormat.Html))))
        {
            export.Add("Sales", new CountingRows(3000), _ => { }, CancellationToken.None);
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void An_error_of_the_reader_surfaces_as_it_is_and_leaves_no_file()
    {
        using (var export = new ReportExport(folder.Document(ExportFolder.Task(ReportFormat.Csv, ReportFormat.Html))))
        {
            var error = Assert.Throws<DataException>(
                () => export.Add("Sales", new CountingRows(9000, failAt: 5000), _ => { }, CancellationToken.None));
            Assert.Equal("row 5000", error.Message);
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Excel)]
    // of a small report the last one is written on the thread of the caller
    [InlineData(ReportFormat.Csv, true)]
    [InlineData(ReportFormat.Excel, true)]
    public void A_file_that_cannot_be_written_stops_all_with_its_path(ReportFormat format, bool isSmall = false)
    {
        var document = folder.Document(ExportFolder.Task(ReportFormat.Csv, ReportFormat.Json, ReportFormat.Html, ReportFormat.Excel));
        var path = Path.Combine(folder.Path, "gone", "x");
        using var rows = new CountingRows(long.MaxValue);
        using (var export = new ReportExport(document with { FileName = asked => asked == format ? "gone/x" : document.FileName(asked) },
            isSmall))
        {
            var error = Assert.Throws<ReportException>(() => export.Add("Sales", rows, _ => { }, CancellationToken.None));
            Assert.Equal((nameof(ExportErrors.FileNotWritten), ReportErrorCategory.WriteError, path),
                (error.ErrorId, error.Category, error.ErrorTarget));
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_full_disk_is_said_in_words()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("/dev/full is Linux only");
        }

        var task = ExportFolder.Task(ReportFormat.Json);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "sales.json.part"), "/dev/full");
        using (var export = new ReportExport(folder.Document(task)))
        {
            var error = Assert.Throws<ReportException>(() =>
            {
                export.Add("Sales", new CountingRows(100_000), _ => { }, CancellationToken.None);
                export.Complete();
            });
            Assert.Equal(Path.Combine(folder.Path, "sales.json"), error.ErrorTarget);
            Assert.Contains("the disk is full", error.Message);
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_file_made_before_another_failed_goes_as_well()
    {
        // A folder of that name lets the page be written, but not renamed.
        Directory.CreateDirectory(Path.Combine(folder.Path, "sales.html", "x"));
        using (var export = new ReportExport(folder.Document(ExportFolder.Task(ReportFormat.Csv, ReportFormat.Html))))
        {
            export.Add("Sales", new CountingRows(10), _ => { }, CancellationToken.None);
            Assert.Throws<ReportException>(() => export.Complete());
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Csv, ReportFormat.Json)]
    public void A_small_report_is_as_another_one(params ReportFormat[] formats)
    {
        string[] Made(bool isSmall)
        {
            using var own = new ExportFolder();
            using var export = new ReportExport(own.Document(ExportFolder.Task(formats)), isSmall);
            export.Add("Sales", new CountingRows(3000), _ => { }, CancellationToken.None);
            return [.. export.Complete().Files.Select(File.ReadAllText)];
        }

        Assert.Equal(Made(isSmall: false), Made(isSmall: true));
    }

    [Fact]
    public void Cancelling_takes_effect_within_some_thousand_rows_and_leaves_no_file_and_no_thread()
    {
        using var cancellation = new CancellationTokenSource();
        var seen = 0L;
        using (var export = new ReportExport(
            folder.Document(ExportFolder.Task(ReportFormat.Csv, ReportFormat.Json, ReportFormat.Html, ReportFormat.Excel))))
        {
            Assert.ThrowsAny<OperationCanceledException>(() => export.Add("Sales", new CountingRows(long.MaxValue), rows =>
            {
                seen = rows;
                if (rows > 20_000)
                {
                    cancellation.Cancel();
                }
            }, cancellation.Token));
        }

        Assert.InRange(seen, 20_000, 40_000);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("Sales")]
    [InlineData("North", "South")]
    public void An_option_for_a_column_that_no_dataset_has_is_one_warning(params string[] datasets)
    {
        var task = datasets.Length == 1
            ? ExportFolder.Task(ReportFormat.Csv, ReportFormat.Html)
            : ExportFolder.TaskWithDatasets(datasets, ReportFormat.Csv, ReportFormat.Html);
        task.ColumnFormat = new System.Collections.Specialized.OrderedDictionary { ["n"] = "0", ["m"] = "0" };
        folder.Export(task, [.. datasets.Select(dataset => (dataset, (System.Data.Common.DbDataReader)new CountingRows(3)))]);
        Assert.StartsWith("The report has no column 'm', so -ColumnFormat does nothing for it.", Assert.Single(folder.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_columns_of_long_text_need_little_memory()
    {
        using var rows = new CountingRows(200, columns: 1000, text: new string('x', 20_000));
        using var export = new ReportExport(folder.Document(ExportFolder.Task()));
        export.Add("Sales", rows, _ => { }, CancellationToken.None);
        Assert.Equal(200, export.Complete().Rows);
    }

    public void Dispose() => folder.Dispose();
}
