using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using UglyToad.PdfPig;

namespace ReportScheduler.Tests.Splits;

public sealed partial class SplitMailTests : IDisposable
{
    private readonly SplitFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    /// <summary>10,000 rows in no order, whose every cell says whose it is.</summary>
    /// <remarks>A PDF takes a while to read: REPORTSCHEDULER_SPLIT_PDF=300 makes one for each of so many readers.</remarks>
    [Theory]
    [InlineData(300, ReportFormat.Csv, ReportFormat.Json, ReportFormat.Html, ReportFormat.Excel)]
    [InlineData(20, ReportFormat.Pdf)]
    public void Three_hundred_readers_find_their_own_rows_in_every_file_and_nobody_elses(int keys, params ReportFormat[] formats)
    {
        var readers = formats is [ReportFormat.Pdf] && Environment.GetEnvironmentVariable("REPORTSCHEDULER_SPLIT_PDF") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : keys;
        var run = fixture.Run(fixture.Add(task =>
        {
            task.Query = "with recursive t(i) as (select 0 union all select i + 1 from t where i < 9999) select 'reader' || (i * 7919 % "
                + $"{readers}) || '@x.org' as reader, 'k' || (i * 7919 % {readers}) || '-r' || i as token, i from t";
            (task.Format, task.Timeout) = (formats, TimeSpan.FromMinutes(20));
        }));
        Assert.Equal((RunOutcome.Succeeded, 10_000L, null), (run.Outcome, run.Rows, run.Error));
        Assert.Equal(readers, fixture.Smtp.Messages.Count);
        Assert.Equal(readers, run.Deliveries.Select(delivery => delivery.Key).Distinct().Count());
        var expected = Enumerable.Range(0, 10_000).ToLookup(i => i * 7919 % readers, i => $"k{i * 7919 % readers}-r{i}");
        foreach (var mail in fixture.Smtp.Messages)
        {
            var key = int.Parse(Digits().Match(Assert.Single(mail.To)).Value, CultureInfo.InvariantCulture);
            var own = expected[key].Order(StringComparer.Ordinal).ToList();
            var files = mail.Message.Attachments.OfType<MimePart>().ToList();
            Assert.Equal(formats.Length, files.Count);
            Assert.All(files, file => Assert.Equal(own, Tokens(Text(file))));
            // the first rows, in the mail itself
            Assert.Subset(own.ToHashSet(), Tokens(mail.Message.TextBody + mail.Message.HtmlBody).ToHashSet());
        }
    }

    private static List<string> Tokens(string text) =>
        [.. Token().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    private static string Text(MimePart file)
    {
        using var content = new MemoryStream();
        file.Content!.DecodeTo(content);
        content.Position = 0;
        switch (Path.GetExtension(file.FileName))
        {
            case ".pdf":
                using (var pdf = PdfDocument.Open(content.ToArray()))
                {
                    return string.Join('\n', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
                }

            case ".xlsx":
                using (var zip = new ZipArchive(content))
                {
                    return string.Join('\n', zip.Entries.Select(entry => new StreamReader(entry.Open()).ReadToEnd()));
                }

            default:
                return Encoding.UTF8.GetString(content.ToArray());
        }
    }

    [GeneratedRegex(@"k\d+-r\d+")]
    private static partial Regex Token();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
