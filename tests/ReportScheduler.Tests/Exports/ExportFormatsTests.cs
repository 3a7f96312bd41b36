using System.Collections.Specialized;
using System.Text;
using System.Text.Json.Nodes;
using MimeKit;
using ReportScheduler.Definitions;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Files;
using ReportScheduler.Rows;
using ReportScheduler.Runs;
using ReportScheduler.Templates;
using ReportScheduler.Tests.Runs;

namespace ReportScheduler.Tests.Exports;

/// <summary>A sixth format that only these tests have: it needs its writer and its line, and nothing else.</summary>
public sealed class ExportFormatsTests : IDisposable
{
    private const ReportFormat Log = (ReportFormat)1000;

    private readonly RunFixture fixture = new();
    private readonly IDisposable line = ExportFormats.All.With(
        new(Log, ".log", "text/x-log", document => new LogWriter(document)) { Name = "Log", ShowsMarks = true });

    public void Dispose()
    {
        line.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void Each_name_for_users_has_one_line_and_an_extension_of_its_own()
    {
        Assert.All(Enum.GetValues<ReportFormat>(),
            format => Assert.Equal($"{format}", Assert.Single(ExportFormats.All, each => each.Format == format).Name));
        Assert.Distinct(ExportFormats.All.Select(format => format.Extension));
    }

    [Fact]
    public void A_new_format_is_written_named_and_mailed_with_its_media_type()
    {
        var task = fixture.AddTask("t", task =>
        {
            (task.Every, task.StartAt, task.Format) = (null, null, [ReportFormat.Csv, Log]);
            task.Query = "select 'North' as region union all select 'South'";
            task.FileName = new OrderedDictionary { ["log"] = "{{ task.name }} lines" };
        });
        Assert.Contains("write Csv, Log to", RunDescription.Describe(task, RunOptions.None, fixture.Store), StringComparison.Ordinal);
        using var worker = fixture.Worker();
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.Equal(RunOutcome.Succeeded, run.Outcome);
        Assert.Equal(["t 2026-03-02.csv", "t lines.log"], run.Files.Select(Path.GetFileName));
        Assert.Equal("t\nNorth\nSouth\n", File.ReadAllText(run.Files[1]));
        using var mail = MimeMessage.Load(Assert.Single(fixture.Mails));
        var part = Assert.Single(mail.Attachments.OfType<MimePart>(), part => part.FileName == "t lines.log");
        Assert.Equal("text/x-log", part.ContentType.MimeType);
    }

    [Theory]
    [InlineData("Log")]
    [InlineData(" log ")]
    [InlineData(".log")]
    public void A_new_format_is_known_by_its_name_and_extension(string text) => Assert.Equal(Log, FileNames.FormatOf(text));

    [Fact]
    public void A_word_that_is_no_format_is_answered_with_all_of_them_and_a_number_is_no_name()
    {
        Assert.EndsWith("The formats are Excel, Pdf, Csv, Html, Json, Log.",
            Assert.Throws<ReportException>(() => FileNames.FormatOf("lok")).Message, StringComparison.Ordinal);
        Assert.Throws<ReportException>(() => FileNames.FormatOf("1000"));
    }

    [Fact]
    public void A_new_format_is_exported_and_imported_by_its_name()
    {
        var json = DefinitionJson.Write(new ReportTask { Name = "t", Query = "select 1", Format = [Log, ReportFormat.Pdf] });
        Assert.Equal("""["Log","Pdf"]""", json["format"]!.ToJsonString());
        Assert.Equal([Log, ReportFormat.Pdf],
            DefinitionJson.Read<ReportTask>((JsonObject)JsonNode.Parse(json.ToJsonString())!, "file").Format);
    }

    [Fact]
    public void Advice_asks_what_a_new_format_can_do()
    {
        var task = ExportFolder.Task(ReportFormat.Csv);
        task.Datasets[0].Columns = [new ReportColumn { Name = "a", Highlight = [.. HighlightRule.Of("less 0 red")] }];
        Assert.Contains("Add Excel, Pdf, Html or Log to -Format", Assert.Single(OptionAdvice.Of(task)), StringComparison.Ordinal);
        task.Format = [Log];
        Assert.Empty(OptionAdvice.Of(task));
    }

    private sealed class LogWriter(ReportDocument document) : IReportWriter
    {
        private readonly OutputFile file = new(Path.Combine(document.Folder, document.FileName(Log)));

        public void Begin(string dataset, IReadOnlyList<SourceColumn> columns) => Line(dataset);

        public void Write(RowBatch rows)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                Line(rows[row][0].Text);
            }
        }

        public void End(CancellationToken cancellation)
        {
        }

        public IReadOnlyList<string> Complete(CancellationToken cancellation) => [file.Complete()];

        public void Dispose() => file.Dispose();

        private void Line(string text) => file.Stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
