using ReportScheduler.Delivery.Mail;
using System.Globalization;
using Microsoft.Data.Sqlite;
using MimeKit;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Preview;

namespace ReportScheduler.Tests.Delivery.Mail;

public sealed class MailComposerTests : IDisposable
{
    private readonly MailFixture fixture = new();
    private readonly ReportMailServer server =
        new() { Name = "pickup", PickupDirectory = "/nowhere", From = "Reports <reports@example.com>" };

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void The_first_rows_stand_in_text_and_table_and_the_rest_is_said()
    {
        fixture.Export = fixture.Export with { Datasets = [MailFixture.Sales(rows: 1234)] };
        fixture.Task.Culture = "de-DE";
        var message = Compose();
        Assert.Contains("Region      Total\n----------  -----\nNorth <b>&  10.50\nSouth           -\n", Text(message),
            StringComparison.Ordinal);
        Assert.Contains("Die ersten 2 von 1.234 Zeilen. Alle stehen in den angehängten Dateien.", Text(message), StringComparison.Ordinal);
        Assert.Contains(">North &lt;b&gt;&amp;</td>", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("Die ersten 2 von 1.234 Zeilen. Alle stehen in den angeh&#228;ngten Dateien.", message.HtmlBody,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Daily sales", "t1", "\"Daily sales\" <t1.reports.example.com>")]
    [InlineData("a \"b\" <c>", "A_9", "\"a \\\"b\\\" <c>\" <a-9.reports.example.com>")]
    [InlineData("Umsätze 売上", "t1", "Umsätze 売上 <t1.reports.example.com>")]
    public void A_mail_says_to_which_task_it_belongs(string name, string id, string list)
    {
        (fixture.Task.Name, fixture.Task.Id) = (name, id);
        var message = Compose();
        Assert.Equal(list, System.Text.RegularExpressions.Regex.Replace(message.Headers[HeaderId.ListId]!, @"\s+", " ").Trim());
        Assert.All(message.Headers.Single(header => header.Id == HeaderId.ListId).RawValue, letter => Assert.InRange(letter, 9, 126));
    }

    [Theory]
    [InlineData(true, PreviewRows.RowsBesideFiles)]
    [InlineData(false, PreviewRows.Limit)]
    public void Without_files_the_rows_are_the_report(bool hasFiles, int shown)
    {
        var rows = Enumerable.Range(1, 150).Select(row => new[] { $"r{row}", "1" }).ToList();
        fixture.Export = fixture.Export with
        {
            Files = hasFiles ? fixture.Export.Files : [],
            Datasets = [MailFixture.Sales(rows: 2000) with { FirstRows = rows }]
        };
        var message = Compose();
        Assert.Equal(shown, message.HtmlBody!.Split("</tr>\n").Length - 1);
        Assert.Contains($"\nr{shown} ", Text(message), StringComparison.Ordinal);
        Assert.DoesNotContain($"\nr{shown + 1} ", Text(message), StringComparison.Ordinal);
        Assert.Contains($"First {shown} of 2,000 rows.", Text(message), StringComparison.Ordinal);
        Assert.Equal(hasFiles ? 1 : 0, message.Attachments.Count());
    }

    [Theory]
    // rows there are, rows asked for, rows shown
    [InlineData(11, null, 11)]
    [InlineData(12, null, 12)]
    [InlineData(13, null, 10)]
    [InlineData(6, 5, 6)]
    [InlineData(5, 4, 4)]
    [InlineData(120, 100, 120)]
    public void A_mail_does_not_leave_out_the_last_row_or_two(int rows, int? asked, int shown)
    {
        fixture.Task.MailRows = asked;
        fixture.Export = fixture.Export with
        {
            Datasets = [MailFixture.Sales(rows) with
            {
                FirstRows = [.. Enumerable.Range(1, rows).Select(row => new[] { $"r{row}", "1" })],
            }],
        };
        var message = Compose();
        Assert.Equal(shown, message.HtmlBody!.Split("</tr>\n").Length - 1);
        Assert.Contains(shown == rows ? $"\n{rows} rows" : $"First {shown} of {rows} rows.", Text(message), StringComparison.Ordinal);
    }

    [Theory]
    // rows there are of which ten are shown; whether a group goes on behind them; what stands there
    [InlineData(40, false, "…")]
    [InlineData(40, true, "…")]
    [InlineData(10, true, "")]
    public void Where_rows_are_left_out_above_totals_there_is_a_sign(int rows, bool isGrouped, string sign)
    {
        fixture.Export = fixture.Export with
        {
            Datasets = [MailFixture.Sales(rows) with
            {
                FirstRows = [.. Enumerable.Range(1, 10).Select(row => new[] { $"r{row}", "1" })],
                Totals = isGrouped ? [] : [["Total", "40"]],
                Groups = isGrouped ? [new PreviewLine(0, 0, IsTotal: false, ["North", null])] : [],
            }],
        };
        var message = Compose();
        var behind = Text(message).Split("\nr10 ")[1].Split('\n')[1];
        Assert.Equal(sign.Length > 0, behind == sign);
        Assert.Equal(sign.Length > 0, message.HtmlBody!.Contains($">{MailTable.Gap}</td></tr></tbody>", StringComparison.Ordinal));
    }

    [Fact]
    public void The_totals_of_all_rows_stand_below_the_first_ones()
    {
        fixture.Export = fixture.Export with { Datasets = [MailFixture.Sales(rows: 2000) with { Totals = [["Total", "21,000.00"]] }] };
        var message = Compose();
        Assert.Contains("South               -\n…\n----------  ---------\nTotal       21,000.00\nFirst 2 of 2,000 rows.", Text(message),
            StringComparison.Ordinal);
        Assert.Matches("<tfoot><tr><td[^>]*>Total</td><td[^>]*text-align:right[^>]*>21,000.00</td></tr></tfoot>", message.HtmlBody);
    }

    [Theory]
    [InlineData("  two", "&#160;&#160;two")]
    [InlineData("a  b", "a &#160;b")]
    [InlineData("one\n   two", "one<br>&#160;&#160;&#160;two")]
    [InlineData("\tx", "&#160;&#160;&#160;&#160;x")]
    [InlineData("one two", "one two")]
    [InlineData(" <b>", "&#160;&lt;b&gt;")]
    public void Spaces_that_mean_something_are_kept(string text, string html)
    {
        fixture.Export = fixture.Export with { Datasets = [MailFixture.Sales() with { FirstRows = [[text, "1"]] }] };
        var message = Compose();
        Assert.Contains($">{html}</td>", message.HtmlBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"\n{text.ReplaceLineEndings(" ").Replace('\t', ' ')} ", Text(message), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_as_long_as_a_book_is_cut_in_the_table_of_the_mail()
    {
        fixture.Export = fixture.Export with { Datasets = [MailFixture.Sales() with { FirstRows = [[new string('x', 1_000_000), "1"]] }] };
        Assert.Contains($">{new string('x', 399)}…</td>", System.Net.WebUtility.HtmlDecode(Compose().HtmlBody), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_text_wraps_in_the_table_of_the_mail()
    {
        fixture.Export =
            fixture.Export with { Datasets = [MailFixture.Sales() with { FirstRows = [[new string('x', 200), "1"], ["short", "2"]] }] };
        var html = Compose().HtmlBody;
        Assert.Matches("max-width:420px;[^>]*>xxx", html);
        Assert.Matches("white-space:nowrap;[^>]*>short", html);
    }

    [Fact]
    public void Each_chart_of_several_datasets_is_a_picture_named_after_its_own()
    {
        Chart("Sales", "Sales: north", "Sales? north");
        Assert.Equal(["Sales.png", "Sales_ north.png", "Sales_ north (3).png"], Compose().BodyParts.OfType<MimePart>()
            .Where(part => part.ContentType.MimeType == "image/png" && !part.FileName!.StartsWith("dark ", StringComparison.Ordinal))
            .Select(part => part.FileName));
    }

    [Fact]
    public void The_rows_of_several_datasets_are_counted_apart()
    {
        DatasetPreview Rows(string name, int rows) =>
            MailFixture.Sales(rows) with { Name = name, FirstRows = rows == 0 ? [] : [["North", "1"]] };
        fixture.Export = fixture.Export with { Datasets = [Rows("Sales", 20), Rows("Returns", 1210), Rows("None", 0), Rows("One", 1)] };
        var text = Text(Compose());
        Assert.Matches("(?s)Sales\n.*First 1 of 20 rows\\..*Returns\n.*First 1 of 1,210 rows\\..*None\nNo rows\\..*One\n.*\n1 row\n", text);
    }

    [Fact]
    public void A_mail_program_in_dark_mode_gets_dark_colours_unless_the_body_is_a_persons_own_HTML()
    {
        var html = Compose().HtmlBody!;
        Assert.Contains("<meta name=\"color-scheme\" content=\"light dark\">", html, StringComparison.Ordinal);
        Assert.Contains("@media (prefers-color-scheme:dark)", html, StringComparison.Ordinal);
        (fixture.Task.Body, fixture.Task.BodyAsHtml) = ("<p style='color:#000'>own</p>", true);
        Assert.DoesNotContain("color-scheme", Compose().HtmlBody, StringComparison.Ordinal);
        fixture.Task.Body = "<p>own</p>";
        Assert.Contains("prefers-color-scheme", Compose().HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_stands_in_the_mail_as_a_picture_and_is_no_attachment()
    {
        Chart("Sales");
        var message = Compose();
        var picture = Assert.Single(message.BodyParts.OfType<MimePart>(),
            part => part.ContentType.MimeType == "image/png" && !part.FileName!.StartsWith("dark ", StringComparison.Ordinal));
        Assert.Contains($"src=\"cid:{picture.ContentId}\"", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("alt=\"Line chart of Sales by month", message.HtmlBody, StringComparison.Ordinal);
        Assert.Empty(message.Attachments);
    }

    /// <summary>Makes the export of datasets with a chart each.</summary>
    private void Chart(params string[] datasets)
    {
        fixture.Task.Format = [];
        (fixture.Task.Query, fixture.Task.Chart) = ("select 1", ChartKind.Line);
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select 'May' as month, 3 as sales union all select 'June', 5";
        var document = new ReportDocument
        {
            Task = fixture.Task,
            DueAt = fixture.Clock.GetUtcNow(),
            DataAt = fixture.Clock.GetUtcNow(),
            Culture = CultureInfo.InvariantCulture,
            Folder = fixture.Folder,
            FileName = _ => "x",
            Warn = Assert.Fail,
        };
        using var export = new ReportExport(document);
        foreach (var dataset in datasets)
        {
            using var reader = command.ExecuteReader();
            export.Add(dataset, reader, _ => { }, CancellationToken.None);
        }

        fixture.Export = export.Complete();
    }

    [Fact]
    public void Of_several_datasets_one_without_rows_is_named_and_said_to_have_none()
    {
        fixture.Export =
            fixture.Export with { Datasets = [MailFixture.Sales(), MailFixture.Sales(rows: 0) with { Name = "Returns", FirstRows = [] }] };
        var message = Compose();
        Assert.StartsWith("Sales\n", Text(message), StringComparison.Ordinal);
        Assert.Contains("\nReturns\nNo rows.\n", Text(message), StringComparison.Ordinal);
        Assert.Matches(">Returns</h2><p[^>]*>No rows.</p>", message.HtmlBody);
    }

    [Theory]
    // the words and the time of the files; what it is for where that is another time
    [InlineData(null, 2, "Data as of 2026-03-01 09:00 (Europe/Berlin)")]
    [InlineData("de-DE", 2, "Datenstand: 01.03.2026 09:00 (Europe/Berlin)")]
    [InlineData(null, 2940, "Data as of 2026-03-01 09:00 (Europe/Berlin), for 2026-02-27 08:00")]
    [InlineData("de-DE", -30, "Datenstand: 01.03.2026 09:00 (Europe/Berlin), für 01.03.2026 09:30")]
    public void The_mail_says_of_when_the_data_is(string? culture, int minutesLate, string sentence)
    {
        fixture.Task.Culture = culture;
        fixture.Run.DueAt = fixture.Export.DataAt.AddMinutes(-minutesLate);
        Assert.Contains("\n" + sentence + "\n", Text(Compose()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_mail_names_the_period()
    {
        fixture.Export = fixture.Export with { Parameters = [new("since", "2026-02-23"), new("region", "North\nSouth", ["Returns"])] };
        Assert.StartsWith("Since: 2026-02-23 · Region: North South (Returns)\n", Text(Compose()), StringComparison.Ordinal);
        Assert.Contains(">Since: 2026-02-23 ", Compose().HtmlBody, StringComparison.Ordinal);
        fixture.Task.Body = "Mine.";
        Assert.DoesNotContain("Since", Text(Compose()), StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_are_said_in_words()
    {
        fixture.Export = fixture.Export with { Datasets = [MailFixture.Sales(rows: 0) with { FirstRows = [] }] };
        var message = Compose();
        Assert.StartsWith("No rows.\n", Text(message), StringComparison.Ordinal);
        Assert.DoesNotContain("<thead", message.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_body_is_escaped_in_the_HTML_part_and_an_HTML_body_is_not()
    {
        fixture.Task.Body = "Dear <all> & {{ task.name }}\nsecond line\n\nnew paragraph";
        var message = Compose();
        Assert.StartsWith("Dear <all> & Umsätze täglich\nsecond line\n\nnew paragraph\n", Text(message), StringComparison.Ordinal);
        Assert.Contains("Dear &lt;all&gt; &amp; Ums&#228;tze t&#228;glich<br>second line</p>", message.HtmlBody, StringComparison.Ordinal);

        (fixture.Task.Body, fixture.Task.BodyAsHtml) = ("<b>{{ run.rows }}</b>", true);
        message = Compose();
        Assert.Contains("<b>2</b>", message.HtmlBody, StringComparison.Ordinal);
        Assert.StartsWith("2\n", Text(message), StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirected_mail_goes_to_one_address_and_says_to_whom_it_would_have_gone()
    {
        var delivery = fixture.Compose(server, "me@example.com");
        var message = MimeMessage.Load(delivery.MessagePath!);
        Assert.Equal(["me@example.com"], delivery.Recipients.Select(recipient => recipient.Address));
        Assert.Equal("me@example.com", message.To.ToString());
        Assert.Empty(message.Cc);
        Assert.Equal("[redirected] Umsätze täglich 2026-03-01", message.Subject);
        Assert.Contains(
            "It would have gone to Ada Lovelace <ada@example.com>, bob@example.com, Chloé Ünal <chloe@example.com>, hidden@example.com.",
            Text(message).ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_stands_in_several_lists_gets_one_mail()
    {
        fixture.Task.Cc = ["BOB@example.com", "Bob <bob@example.com>"];
        Assert.Equal(["ada@example.com", "bob@example.com", "hidden@example.com"],
            fixture.Compose(server).Recipients.Select(recipient => recipient.Address));
    }

    [Theory]
    [InlineData("a\r\nBcc: eve@example.com")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u2028b")]
    [InlineData("{% if run.rows > 0 %}a{% endif %}\nb")]
    public void A_subject_of_more_than_one_line_is_refused(string subject)
    {
        fixture.Task.Subject = subject;
        Assert.Equal("SubjectNotUsable", Assert.Throws<ReportException>(() => fixture.Compose(server)).ErrorId);
    }

    [Fact]
    public void A_line_end_in_the_data_does_not_become_a_header()
    {
        fixture.Task.Subject = "{{ rows[0].region }}";
        fixture.Export = fixture.Export with { Datasets = [MailFixture.Sales() with { FirstRows = [["x\r\nBcc: eve@example.com", "1"]] }] };
        Assert.Equal("SubjectNotUsable", Assert.Throws<ReportException>(() => fixture.Compose(server)).ErrorId);
    }

    [Fact]
    public void Attachments_keep_every_byte()
    {
        var files = new[] { "unix\nlines\n", "windows\r\nlines\r\n", ".\n.dots\n", "From here\n", "ends without line end" }
            .Select((content, place) => fixture.File(string.Create(CultureInfo.InvariantCulture, $"file{place}.csv"), content)).ToList();
        fixture.Export = fixture.Export with { Files = files };
        foreach (var (part, file) in Compose().Attachments.Cast<MimePart>().Zip(files))
        {
            using var content = new MemoryStream();
            part.Content!.DecodeTo(content);
            Assert.Equal(File.ReadAllBytes(file), content.ToArray());
        }
    }

    [Fact]
    public void The_saved_message_is_only_for_its_owner_to_find_in_the_run_folder()
    {
        var delivery = fixture.Compose(server);
        Assert.Equal(Path.Combine(fixture.Folder, "message.eml"), delivery.MessagePath);
        Assert.False(File.Exists(delivery.MessagePath + ".tmp"));
        Assert.Matches("^[^@]+@example.com$", delivery.MessageId);
    }

    [Fact]
    public void A_file_that_is_gone_is_named()
    {
        fixture.Export = fixture.Export with { Files = ["/nowhere/sales.pdf"] };
        var problem = Assert.Throws<ReportException>(() => fixture.Compose(server));
        Assert.Equal(("AttachmentNotReadable", "/nowhere/sales.pdf"), (problem.ErrorId, problem.ErrorTarget));
    }

    private MimeMessage Compose() => MimeMessage.Load(fixture.Compose(server).MessagePath!);

    private static string Text(MimeMessage message) => message.TextBody!.ReplaceLineEndings("\n");
}
