using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class InvokeReportTaskTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public InvokeReportTaskTests() => session.Run(
        "New-ReportConnection mem ':memory:'; New-ReportMailServer pickup -PickupDirectory mail -From 'Reports <r@example.com>'")
        .NoErrors();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_run_makes_its_files_sends_its_mail_and_is_in_the_history()
    {
        session.Run("New-ReportTask t mem -Query 'select 1 as a union select 2' -Format Excel, Csv, Json -To ada@example.com").NoErrors();
        var run = session.Run("Invoke-ReportTask t").Single();
        Assert.Equal("Succeeded", run.Outcome.ToString());
        Assert.Equal(2L, (long)run.Rows);
        Assert.Equal([".xlsx", ".csv", ".json"], ((string[])run.Files).Select(Path.GetExtension));
        Assert.All((string[])run.Files, file => Assert.True(new FileInfo(file).Length > 0));
        Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "mail"), "*.eml"));
        Assert.Equal((string)run.Id, (string)session.Run("Get-ReportRun t").Single().Id);
        var task = session.Run("Get-ReportTask t").Single();
        Assert.Equal(1L, (long)task.RunCount);
        Assert.Equal("Succeeded", task.LastOutcome.ToString());
    }

    [Fact]
    public void The_history_of_a_misspelt_task_is_an_error_and_that_of_a_removed_one_is_there()
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv; Invoke-ReportTask t").NoErrors();
        var error = session.Run("Get-ReportRun tt").Error();
        Assert.Equal("TaskNotFound,ReportScheduler.Commands.GetReportRunCommand", error.FullyQualifiedErrorId);
        Assert.Equal("tt", error.TargetObject);
        Assert.Empty(session.Run("Get-ReportRun tt*").NoErrors().Output);
        Assert.Empty(session.Run("Get-ReportRun t -Outcome Failed").NoErrors().Output);
        session.Run("Remove-ReportTask t -Force").NoErrors();
        Assert.Single(session.Run("Get-ReportRun t").NoErrors().Output);
        Assert.Empty(session.Run("Get-ReportRun t -Outcome Failed").NoErrors().Output);
    }

    [Fact]
    public void A_name_that_nobody_has_is_an_error_and_the_others_run()
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv").NoErrors();
        var made = session.Run("Invoke-ReportTask nope, t");
        Assert.Equal("TaskNotFound,ReportScheduler.Commands.InvokeReportTaskCommand", made.Error().FullyQualifiedErrorId);
        Assert.Equal("t", Assert.Single(made.Output).Properties["TaskName"].Value);
        var exported = session.Run("Export-ReportTask -Name nope, t -Path ./some.json");
        Assert.Equal("TaskNotFound,ReportScheduler.Commands.ExportReportTaskCommand", exported.Error().FullyQualifiedErrorId);
        Assert.Single(exported.Output);
    }

    [Fact]
    public void Relative_dates_follow_the_logical_instant_and_the_zone()
    {
        session.Run("New-ReportTask t mem -Query 'select @d as d, @m as m' -Parameters @{ d = 'today'; "
            + "m = 'startOfMonth-1mo' } -Format Json -TimeZone Asia/Tokyo").NoErrors();
        var run = session.Run("Invoke-ReportTask t -AsOf '2026-03-01T20:00:00Z'").Single();
        Assert.Equal("""[{"d":"2026-03-02","m":"2026-02-01"}]""", Compact(((string[])run.Files)[0]));
    }

    // each day's report replaced the one of the day before
    [Theory]
    [InlineData("('北日本営業本部' * 8)", "")]
    [InlineData("('Ä' * 100)", "")]
    [InlineData("short", "-FileName (('Umsatz ' * 25) + '{{ run.due_at | date: \"%Y-%m-%d\" }}')")]
    [InlineData("('äöü ÄÖÜ ß ' * 11).Trim()", "-Dataset (New-ReportDataset 'Erste Zahlen' mem 'select 1'), "
        + "(New-ReportDataset 'Zweite Zahlen' mem 'select 2')")]
    public void A_name_that_is_too_long_for_a_file_keeps_its_date_and_the_run_warns(string name, string options)
    {
        var isSeveral = options.Contains("-Dataset", StringComparison.Ordinal);
        session.Run($"New-ReportTask {name} {(isSeveral ? "" : "mem -Query 'select 1 as a'")} {options} -Format Csv "
            + "-Destination ./out -To a@example.com").NoErrors();
        var warnings = session.Run("'2026-11-01 09:00', '2026-11-02 09:00' | "
            + $"ForEach-Object {{ (Invoke-ReportTask {name} -AsOf $_ -WarningAction Ignore).Warnings }}").NoErrors().Output;
        Assert.Equal(2, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains("shortened in the middle", warning.ToString(), StringComparison.Ordinal));
        var files = Directory.GetFiles(Path.Combine(session.Folder, "out"));
        Assert.Equal(isSeveral ? 4 : 2, files.Length);
        Assert.All(files, file => Assert.Contains("2026-11-0", file, StringComparison.Ordinal));
    }

    [Fact]
    public void Results_behind_the_first_are_told()
    {
        session.Run("New-ReportTask t mem -Query 'select 1 as a; select 2 as b; select 3 as c' -Format Json").NoErrors();
        var run = session.Run("Invoke-ReportTask t").Single();
        Assert.Equal("""[{"a":1}]""", Compact(((string[])run.Files)[0]));
        Assert.StartsWith("The query 't' gave 3 results, and only the first is in the report.", Assert.Single((string[])run.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_JSON_in_a_JSON_column_is_text()
    {
        session.Run("""
            New-ReportConnection file 'Data Source=j.db;Mode=ReadWriteCreate' -Provider Sqlite | Out-Null
            New-ReportTask t file -Query "create table j (v json); insert into j values (''), ('{'), (' '), ('{""a"":1}'), (null), ('nan'); select v from j" -Format Json, Csv, Html, Excel, Pdf
            """).NoErrors();
        var run = session.Run("Invoke-ReportTask t").NoErrors().Single();
        Assert.Equal("""[{"v":""},{"v":"{"},{"v":" "},{"v":{"a":1}},{"v":null},{"v":"nan"}]""", Compact(((string[])run.Files)[0]));
    }

    [Theory]
    [InlineData("select count(*) as n from (select 1 as id union select 2 union select 3) where id in (@ids)", 2)]
    [InlineData("select count(*) as n from (select 1 as id union select 2 union select 3) where id in @ids", 2)]
    [InlineData("select count(*) as n from (select 1 as id union select 2 union select 3) where id in (3, @ids)", 3)]
    public void A_list_of_values_serves_IN(string sql, int count)
    {
        session.Run($"New-ReportTask t mem -Query '{sql}' -Parameters @{{ ids = @(1, 2 | ForEach-Object {{ $_ }}) }} -Format Json")
            .NoErrors();
        Assert.Equal($$"""[{"n":{{count}}}]""", Compact(((string[])session.Run("Invoke-ReportTask t").Single().Files)[0]));
    }

    [Fact]
    public void All_results_are_datasets_when_asked_for()
    {
        session.Run("New-ReportTask t mem -Query 'select 1 as a; select 2 as b union select 3; "
            + "select 4 as c where 0' -AllResults -Format Json, Csv, Excel, Html, Pdf").NoErrors();
        var run = session.Run("Invoke-ReportTask t").Single();
        var files = (string[])run.Files;
        Assert.Equal("""{"t":[{"a":1}],"t 2":[{"b":2},{"b":3}],"t 3":[]}""",
            Compact(files.Single(file => file.EndsWith(".json", StringComparison.Ordinal))));
        Assert.Equal(3, files.Count(file => file.EndsWith(".csv", StringComparison.Ordinal)));
        Assert.Equal((3L, 0), ((long)run.Rows, ((string[])run.Warnings).Length));
        Assert.True((bool)session.Run("Test-ReportTask t | Where-Object Check -eq Query").Single().Success);
        session.Run("Set-ReportTask t -AllResults:$false").NoErrors();
        Assert.Single((string[])session.Run("Invoke-ReportTask t").Single().Warnings);
    }

    [Fact]
    public void A_further_dataset_does_not_take_the_name_of_another()
    {
        session.Run("New-ReportTask t mem -Datasets ([ordered]@{ x = 'select 1 as a; select 2 as b'; "
            + "'x 2' = 'select 3 as c' }) -AllResults -Format Json").NoErrors();
        Assert.Equal("""{"x":[{"a":1}],"x 3":[{"b":2}],"x 2":[{"c":3}]}""",
            Compact(((string[])session.Run("Invoke-ReportTask t").Single().Files)[0]));
    }

    [Fact]
    public void A_failure_is_an_error_with_its_stage_and_a_run_in_the_history()
    {
        session.Run("New-ReportTask t mem -Query 'select a from nowhere' -Format Csv").NoErrors();
        var result = session.Run("Invoke-ReportTask t");
        var error = result.Error();
        Assert.Equal("QueryFailed,ReportScheduler.Commands.InvokeReportTaskCommand", error.FullyQualifiedErrorId);
        Assert.Contains("no such table: nowhere", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("SqliteException", error.Exception.InnerException!.GetType().Name);
        dynamic run = Assert.Single(result.Output);
        Assert.Equal((string)run.Id, (string)((dynamic)error.TargetObject).Id);
        Assert.Equal("Failed", run.Outcome.ToString());
        Assert.Equal("Query", run.Stage.ToString());
        var task = session.Run("Get-ReportTask t").Single();
        Assert.Equal(1L, (long)task.ErrorCount);
        Assert.NotNull((string)task.LastError);
    }

    [Theory]
    [InlineData("HasRows", "select 1 where 0", "NoData", 0)]
    [InlineData("HasRows", "select 1", "Succeeded", 1)]
    [InlineData("NoRows", "select 1 where 0", "Succeeded", 1)]
    [InlineData("NoRows", "select 1", "NotNeeded", 0)]
    [InlineData("Always", "select 1 where 0", "Succeeded", 1)]
    [InlineData("rows > 1", "select 1 union select 2", "Succeeded", 1)]
    [InlineData("rows > 1", "select 1", "NotNeeded", 0)]
    [InlineData("max(lag_s) > 60 and rows > 0", "select 61 as lag_s", "Succeeded", 1)]
    [InlineData("max(lag_s) > 60", "select 59 as lag_s", "NotNeeded", 0)]
    // of no rows, and of no values, SQLite does not say what the values are
    [InlineData("total(lag_s) > 60", "select 61 as lag_s where 0", "NotNeeded", 0)]
    [InlineData("avg(lag_s) > 60 or rows = 1", "select null as lag_s", "Succeeded", 1)]
    [InlineData("max(lag) > 60", "select 59 as lag_s", "Failed", 0)]
    public void SendWhen_decides_whether_it_is_delivered(string when, string query, string outcome, int mails)
    {
        session.Run("New-ReportTask t mem -Query $query -Format Csv -To a@b.c -SendWhen $when", new { query, when }).NoErrors();
        var run = session.Run("Invoke-ReportTask t -ErrorAction Ignore").Single();
        Assert.Equal(outcome, run.Outcome.ToString());
        Assert.Equal(mails, Directory.Exists(Path.Combine(session.Folder, "mail"))
            ? Directory.GetFiles(Path.Combine(session.Folder, "mail"), "*.eml").Length
            : 0);
    }

    [Fact]
    public void NoDelivery_and_OutputPath_leave_files_only()
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -To a@b.c -Destination drop").NoErrors();
        var output = Path.Combine(session.Folder, "out");
        var run = session.Run("Invoke-ReportTask t -NoDelivery -OutputPath $output", new { output }).Single();
        Assert.Equal(output, Path.GetDirectoryName(((string[])run.Files)[0]));
        Assert.Empty(Directory.GetFiles(Path.Combine(session.Folder, "mail")));
        Assert.False(Directory.Exists(Path.Combine(session.Folder, "drop")));
    }

    [Fact]
    public void FailedOnly_says_that_nothing_failed()
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -To a@b.c; Invoke-ReportTask t").NoErrors();
        var result = session.Run("Get-ReportRun t | Send-ReportRun -FailedOnly").NoErrors();
        Assert.Empty(result.Output);
        Assert.Contains("every delivery succeeded", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "mail"), "*.eml"));
    }

    [Fact]
    public void What_fails_again_when_it_is_sent_again_is_an_error_and_the_run_is_returned_as_well()
    {
        var drop = Path.Combine(session.Folder, "drop");
        session
            .Run("New-ReportTask t mem -Query 'select 1' -Format Csv -FileName f -Destination drop -ExistingFile Fail; Invoke-ReportTask t")
            .NoErrors();
        var result = session.Run("Get-ReportRun t | Send-ReportRun");
        Assert.StartsWith("DropExists", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        dynamic run = Assert.Single(result.Output);
        Assert.Equal("Failed", run.Outcome.ToString());
        File.Delete(Path.Combine(drop, "f.csv"));
        Assert.Equal("Succeeded", session.Run("Get-ReportRun t | Send-ReportRun -FailedOnly").NoErrors().Single().Outcome.ToString());
    }

    [Fact]
    public void RedirectTo_sends_everything_to_one_address_and_says_so()
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -To boss@example.com -Bcc spy@example.com -Destination drop")
            .NoErrors();
        var run = session.Run("Invoke-ReportTask t -RedirectTo me@example.com").Single();
        var mail = MimeKit.MimeMessage.Load(Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "mail"), "*.eml")));
        Assert.Equal("me@example.com", Assert.Single(mail.GetRecipients()).Address);
        Assert.False(Directory.Exists(Path.Combine(session.Folder, "drop")));
        Assert.Equal("Succeeded", run.Outcome.ToString());
    }

    [Fact]
    public void Due_warns_of_a_due_time_that_was_given_up_with_the_command_that_makes_the_report_up()
    {
        session.Run("New-ReportTask \"Ada's\" mem -Query 'select 1' -Format Csv -At ([DateTime]::UtcNow.AddSeconds(1)) -TimeZone "
            + "Asia/Tokyo -MissedGrace 0s").NoErrors();
        var due = (DateTimeOffset)session.Run("Get-ReportTask").Single().NextRunAt;
        Assert.True(SpinWait.SpinUntil(() => TimeProvider.System.GetUtcNow() > due, TimeSpan.FromSeconds(30)));
        var result = session.Run("Invoke-ReportTask -Due").NoErrors();
        Assert.Equal("Missed", ((dynamic)Assert.Single(result.Output)).Outcome.ToString());
        var command = $"Invoke-ReportTask -Name 'Ada''s' -AsOf '{due:yyyy-MM-ddTHH:mm:ss}+09:00'";
        Assert.EndsWith($"{command} produces it.", Assert.Single(result.Warnings), StringComparison.Ordinal);
        session.Run(command).NoErrors();
    }

    [Fact]
    public void Due_runs_what_is_due_once_and_nothing_else()
    {
        session.Run("New-ReportTask later mem -Query 'select 1' -Format Csv -At '2099-01-01'").NoErrors();
        session.Run("New-ReportTask soon mem -Query 'select 1' -Format Csv -Every 1s").NoErrors();
        Thread.Sleep(1100);
        var runs = session.Run("Invoke-ReportTask -Due").NoErrors().Output;
        Assert.Contains(runs.Cast<dynamic>(), run => run.TaskName == "soon" && run.Trigger.ToString() == "Schedule");
        Assert.DoesNotContain(runs.Cast<dynamic>(), run => run.TaskName == "later");
    }

    [Fact]
    public void Several_datasets_are_several_sheets_and_csv_files()
    {
        session.Run("New-ReportTask t mem -Datasets ([ordered]@{ First = 'select 1 as a'; "
            + "Second = 'select 2 as b union select 3' }) -Format Excel, Csv").NoErrors();
        var run = session.Run("Invoke-ReportTask t").Single();
        var files = (string[])run.Files;
        Assert.Equal(3L, (long)run.Rows);
        Assert.Equal(2, files.Count(file => file.EndsWith(".csv", StringComparison.Ordinal)));
        using var book = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(
            files.First(file => file.EndsWith(".xlsx", StringComparison.Ordinal)), false);
        Assert.Equal(["First", "Second"],
            book.WorkbookPart!.Workbook.Sheets!.Cast<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Select(sheet => sheet.Name!.Value));
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(book));
    }

    [Fact]
    public void A_query_that_takes_too_long_is_cancelled()
    {
        session.Run("New-ReportTask t mem -Query 'with recursive n(i) as (select 1 union all select i+1 from n) select count(*) from n' "
            + "-Format Csv -Timeout 1s").NoErrors();
        var error = session.Run("Invoke-ReportTask t").Error();
        Assert.Equal("RunTimedOut", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("OperationTimeout", error.CategoryInfo.Category.ToString());
    }

    [Fact]
    public async Task Stopping_cancels_the_query_and_records_it()
    {
        session.Run("New-ReportTask t mem -Query 'with recursive n(i) as (select 1 union all select i+1 from n) select count(*) from n' "
            + "-Format Csv").NoErrors();
        var running = Task.Run(() => session.Run("Invoke-ReportTask t"));
        using var watcher = new PowerShellSession(session.Folder);
        while (watcher.Run("Get-ReportRun t | Where-Object Stage -eq Query").Output.Count == 0)
        {
            await Task.Delay(20);
        }

        await Task.Delay(200);

        Assert.False(running.IsCompleted,
            running.IsCompleted ? string.Join("; ", (await running).Errors) + watcher.Run("Get-ReportRun t").Single().Error : "");
        session.Stop();
        await running;
        Assert.Equal("Cancelled", watcher.Run("Get-ReportRun t").Single().Outcome.ToString());
    }

    private static string Compact(string file) =>
        System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonDocument.Parse(File.ReadAllText(file)).RootElement);

    [Fact]
    public void The_history_says_that_nothing_was_delivered_or_to_whom_it_went_instead()
    {
        session.Run("New-ReportTask t mem -Query 'select 1 as a' -To ada@example.com -Format Csv").NoErrors();
        session.Run("Invoke-ReportTask t -NoDelivery; Invoke-ReportTask t -RedirectTo me@example.com; Invoke-ReportTask t").NoErrors();
        var runs = session.Run("Get-ReportRun t").NoErrors().Output;
        Assert.Equal(
            [null, "Made with -RedirectTo: mailed to me@example.com only, and dropped nowhere.",
                "Made with -NoDelivery: nothing was mailed or dropped."],
            runs.Select(run => (string?)((dynamic)run).Note));
        Assert.Equal("me@example.com", (string)((dynamic)runs[1]).Deliveries[0].Recipients[0].Address);
        Assert.Empty((object[])((dynamic)runs[2]).Deliveries);
    }
}
