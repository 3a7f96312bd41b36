using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class ImportReportTaskTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void What_was_exported_comes_back_exactly_and_then_changes_nothing()
    {
        Define();
        session.Run("Export-ReportTask ./one.json").NoErrors();
        var text = File.ReadAllText(Path.Combine(session.Folder, "one.json"));
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains("\"passwordReference\": \"env:REPORT_ERP_PASSWORD\"", text, StringComparison.Ordinal);

        Assert.Empty(session.Run("Import-ReportTask ./one.json").NoErrors().Output);
        session.Run("Import-ReportTask ./one.json -StorePath ./other/reports.db -WarningAction SilentlyContinue").NoErrors();
        session.Run("Export-ReportTask ./two.json -StorePath ./other/reports.db").NoErrors();
        Assert.Equal(text, File.ReadAllText(Path.Combine(session.Folder, "two.json")));
    }

    [Fact]
    public void A_folder_has_the_queries_beside_the_definitions()
    {
        Define();
        session.Run("Export-ReportTask ./reports -Folder").NoErrors();
        Assert.Equal("select @day as day, @amount as amount, @ids as ids",
            File.ReadAllText(Path.Combine(session.Folder, "reports", "Daily sales.sql")));
        File.WriteAllText(Path.Combine(session.Folder, "reports", "Two parts.north.sql"), "select 3");
        var result = session.Run("Import-ReportTask ./reports -WhatIf").NoErrors();
        Assert.Contains(result.HostLines, line => line.Contains("Change report task: datasets", StringComparison.Ordinal)
            && line.Contains("Two parts", StringComparison.Ordinal));
        Assert.Equal("select 1",
            (string)session.Run("((Get-ReportTask 'Two parts').Datasets | Where-Object Name -EQ north).Query").Output[0].BaseObject);
        Assert.Equal("Two parts", (string)session.Run("Import-ReportTask ./reports").NoErrors().Single().Name);
        Assert.Equal("select 3",
            (string)session.Run("((Get-ReportTask 'Two parts').Datasets | Where-Object Name -EQ north).Query").Output[0].BaseObject);
    }

    [Fact]
    public void Pruning_removes_what_the_file_does_not_have()
    {
        Define();
        session.Run("Export-ReportTask -Name 'Daily sales' -Path ./one.json; Import-ReportTask ./one.json -Prune -WhatIf").NoErrors();
        Assert.Equal(2, session.Run("Get-ReportTask").Output.Count);
        session.Run("Import-ReportTask ./one.json -Prune -Confirm:$false").NoErrors();
        Assert.Equal("Daily sales", (string)session.Run("Get-ReportTask").Single().Name);
        Assert.Equal("shop", (string)session.Run("Get-ReportConnection").Single().Name);
    }

    [Fact]
    public void The_tasks_of_the_Python_tool_are_moved_over()
    {
        Write(".env",
            "SMTP_HOST=smtp.example.com\nSMTP_PORT=465\nEMAIL_USER=reports@example.com\nEMAIL_PASSWORD='pa$hunter2'\nPOSTGRES_DATABASE_URL=postgresql://u:hunter2@127.0.0.1:1/dwh\n");
        Write("tasks.json", """
            [
              { "task_id": "a1b2", "name": "Weekly", "description": "All", "database_type": "sqlite", "database_url": "sqlite:///shop.db", "query": "select 1 as n",
                "schedule_type": "cron", "schedule_config": { "day_of_week": "mon", "hour": 9 }, "email_recipients": ["ann@example.com"], "email_cc_recipients": ["bob@example.com"],
                "email_subject": "Sales {{x}}", "export_excel": true, "export_pdf": true, "excel_path": "out/week.xlsx", "pdf_path": "out/week report.pdf", "is_active": true,
                "created_at": "2024-01-02T03:04:05", "last_run": "2024-05-06T09:00:01.5", "next_run": null, "run_count": 12, "error_count": 2, "last_error": "timeout" },
              { "task_id": "c3", "name": "Often", "database_type": "sqlite", "database_url": "sqlite:///shop.db", "query": "select 1", "schedule_type": "interval",
                "schedule_config": { "weeks": 1, "hours": 2 }, "email_recipients": "ann@example.com, bob@example.com", "export_excel": false, "export_pdf": false, "is_active": false },
              { "task_id": "d4", "name": "Once", "database_type": "postgresql", "database_url": null, "query": "select 1", "schedule_type": "once",
                "schedule_config": { "run_date": "2031-07-01 08:30:00" }, "email_recipients": [], "export_excel": true, "is_active": true }
            ]
            """);
        var result = session.Run("Import-ReportTask ./tasks.json -TimeZone Europe/Berlin").NoErrors();
        Assert.Equal(3, result.Output.Count);
        Assert.Contains(result.Warnings, warning => warning.Contains("POSTGRES_DATABASE_URL", StringComparison.Ordinal)
            && warning.Contains("cannot be used yet", StringComparison.Ordinal));

        var weekly = session.Run("Get-ReportTask Weekly").Single();
        Assert.Equal(("a1b2", "0 9 * * 1", "Europe/Berlin"), ((string)weekly.Id, (string)weekly.Cron, (string)weekly.TimeZone));
        Assert.Equal((12L, 2L, "timeout"), ((long)weekly.RunCount, (long)weekly.ErrorCount, (string)weekly.LastError));
        Assert.Equal(Path.Combine(session.Folder, "out"), (string)weekly.Destination);
        Assert.Equal("week report", (string)session.Run("(Get-ReportTask Weekly).FileName['Pdf']").Output[0].BaseObject);
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 2, 4, 5, TimeSpan.Zero), ((DateTimeOffset)weekly.CreatedAt).ToUniversalTime());
        Assert.Equal("shop", (string)weekly.Connection);
        var often = session.Run("Get-ReportTask Often").Single();
        Assert.Equal((TimeSpan.FromDays(7) + TimeSpan.FromHours(2), false), ((TimeSpan)often.Every, (bool)often.Enabled));
        var once = session.Run("Get-ReportTask Once").Single();
        Assert.Equal(new DateTimeOffset(2031, 7, 1, 6, 30, 0, TimeSpan.Zero), ((DateTimeOffset)once.At).ToUniversalTime());

        Assert.Equal(["POSTGRES_DATABASE_URL", "shop"], session.Run("Get-ReportConnection").Output
            .Select(connection => (string)((dynamic)connection).Name).Order(StringComparer.Ordinal));
        var server = session.Run("Get-ReportMailServer").Single();
        Assert.Equal(("smtp.example.com", 465, "env:EMAIL_PASSWORD"),
            ((string)server.SmtpHost, (int)server.Port, (string)server.PasswordReference));
        Assert.Empty(session.Run("Import-ReportTask ./tasks.json -TimeZone Europe/Berlin").NoErrors().Output);
        var all = string.Join('\n', result.Warnings.Concat(result.HostLines)) + File.ReadAllText(session.StorePath);
        Assert.DoesNotContain("hunter2", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"query\": \"select 1\", \"schedule_type\": \"none\", \"email_recipients\": \"nobody\"", "AddressNotUsable,",
        "The report task 'x' was not imported: 'nobody' is not a mail address")]
    [InlineData("\"query\": \"select 1\", \"schedule_type\": \"cron\", \"schedule_config\": { \"day\": 31, \"month\": 2 }", "",
        "The report task 'x' was not imported: '0 0 31 2 *' never runs")]
    [InlineData("\"query\": \"\", \"schedule_type\": \"none\"", "QueryMissing,", "The task 'x' has no query")]
    public void A_refusal_says_of_which_task_it_is(string field, string id, string words)
    {
        Write("tasks.json",
            $$"""[ { "task_id": "1", "name": "x", "database_url": "sqlite:///shop.db", "export_excel": true, {{field}} } ]""");
        var error = session.Run("Import-ReportTask ./tasks.json").Error();
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(words, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"is_active\": \"no\"", false, null)]
    [InlineData("\"is_active\": \"off\"", false, null)]
    [InlineData("\"is_active\": 1", true, null)]
    [InlineData("\"updated_at\": \"2026-01-01\"", true, null)]
    [InlineData("\"zebra\": 1, \"retry_count\": 3", true, "left out: 'retry_count', 'zebra'.")]
    public void Fields_of_the_Python_tool_are_taken_refused_or_named(string field, bool isEnabled, string? warning)
    {
        Write("tasks.json",
            $$"""[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///shop.db", "export_excel": true, "schedule_type": "none", {{field}} } ]""");
        var result = session.Run("Import-ReportTask ./tasks.json").NoErrors();
        Assert.Equal(isEnabled, (bool)session.Run("Get-ReportTask x").Single().Enabled);
        Assert.Equal(warning is null ? 0 : 1,
            result.Warnings.Count(said => said.Contains("fields that are not known here", StringComparison.Ordinal)));
        Assert.Contains(result.Warnings.Append(""), said => said.EndsWith(warning ?? "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Export-ReportTask ./all.json 'Nothing*'")]
    [InlineData("Export-ReportTask ./all.json 'Dayly sales' -ErrorAction SilentlyContinue")]
    [InlineData("Get-ReportTask 'Nothing*' | Export-ReportTask ./all.json")]
    public void An_export_of_no_task_leaves_the_file_that_is_there(string script)
    {
        Define();
        Write("all.json", "kept");
        Assert.Contains("was not written", Assert.Single(session.Run(script).Warnings), StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(session.Folder, "all.json")));
    }

    [Fact]
    public void An_import_says_what_it_made_what_was_there_and_that_the_tasks_run()
    {
        Define();
        session.Run("Export-ReportTask ./all.json; Disable-ReportTask 'Two parts'; Export-ReportTask ./paused.json").NoErrors();
        var made = session.Run("Import-ReportTask ./all.json -StorePath ./new/reports.db -WarningAction SilentlyContinue").NoErrors();
        Assert.Equal("Made: 2 report tasks, 2 report connections and 1 report mail server.", made.Information[0]);
        Assert.StartsWith(
            "2 of these tasks are enabled and run at their times wherever a runner or the system looks for due reports; next is '",
            made.Information[1], StringComparison.Ordinal);

        var again = session.Run("Import-ReportTask ./all.json -StorePath ./new/reports.db").NoErrors();
        Assert.Equal("The same already: 2 report tasks, 2 report connections and 1 report mail server.", Assert.Single(again.Information));

        var changed = session.Run("Import-ReportTask ./paused.json -StorePath ./new/reports.db").NoErrors();
        Assert.Equal("Changed: 1 report task. The same already: 1 report task, 2 report connections and 1 report mail server.",
            Assert.Single(changed.Information));
        Assert.DoesNotContain(session.Run("Import-ReportTask ./all.json -StorePath ./new/reports.db -WhatIf").NoErrors().Information,
            line => line.Contains("Changed", StringComparison.Ordinal));
    }

    [Fact]
    public void Disabled_makes_tasks_that_wait_and_leaves_those_that_are_there()
    {
        Define();
        session.Run("Export-ReportTask ./all.json").NoErrors();
        var import = "Import-ReportTask ./all.json -Disabled -StorePath ./new/reports.db -WarningAction SilentlyContinue";
        var made = session.Run(import).NoErrors();
        Assert.All(made.Output, task => Assert.False((bool)((dynamic)task).Enabled));
        Assert.DoesNotContain(made.Information, line => line.Contains("enabled", StringComparison.Ordinal));
        session.Run("Enable-ReportTask 'Two parts' -StorePath ./new/reports.db").NoErrors();
        Assert.StartsWith("The same already: 2 report tasks", Assert.Single(session.Run(import).NoErrors().Information),
            StringComparison.Ordinal);
        Assert.Equal("Two parts",
            session.Run("(Get-ReportTask -StorePath ./new/reports.db | Where-Object Enabled).Name").Output.Single().ToString());
    }

    [Theory]
    [InlineData("{ not json", "DefinitionFileNotReadable")]
    [InlineData("[]", "DefinitionFileNotReadable")]
    [InlineData("""{ "format": "ReportScheduler", "version": 9 }""", "DefinitionNotUsable")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "colour": 1 } ] }""", "DefinitionNotUsable")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "every": "often" } ] }""", "DefinitionNotUsable")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "query": { "file": "none.sql" } } ] }""",
        "FileNotFound")]
    [InlineData(
        """{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "connection": "nowhere", "query": "select 1", "format": ["Csv"] } ] }""",
        "ConnectionNotFound")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "schedule_type": "cron", "schedule_config": { "week": 2 } } ]""",
        "CronFieldNotSayable")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "schedule_type": "sometimes" } ]""",
        "DefinitionNotUsable")]
    public void A_file_that_cannot_be_imported_says_why_and_leaves_no_task(string content, string id)
    {
        Write("bad.json", content);
        var result = session.Run("Import-ReportTask ./bad.json -WarningAction SilentlyContinue");
        Assert.Equal($"{id},ReportScheduler.Commands.ImportReportTaskCommand", result.Error().FullyQualifiedErrorId);
        Assert.Empty(session.Run("Get-ReportTask").Output);
    }

    // APScheduler makes every second of what it is not told: a mail every second
    [Theory]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "cron" } ]""",
        """it has no schedule_config""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": ["select 1"], "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "none" } ]""",
        """its query is array and not text""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "is_active": "maybe", "schedule_type": "none" } ]""",
        """its is_active is 'maybe' and neither true nor false""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_pdf": 2, "schedule_type": "none" } ]""",
        """its export_pdf is '2' and neither true nor false""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": null, "schedule_config": { "hour": 9 } } ]""",
        """it has a schedule_config and no schedule_type""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_config": { "minutes": 9 } } ]""",
        """it has a schedule_config and no schedule_type""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "cron", "schedule_config": {} } ]""",
        """none of year, month""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "cron", "schedule_config": { "timezone": "UTC" } } ]""",
        """none of year, month""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "cron", "schedule_config": null } ]""",
        """it has no schedule_config""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "cron", "schedule_config": "0 9 * * *" } ]""",
        """its schedule_config is '"0 9 * * *"'""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "cron", "schedule_config": { "hour": null } } ]""",
        """none of year, month""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "cron", "schedule_config": { "minutes": 5 } } ]""",
        """the field 'minutes'""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "cron", "schedule_config": { "hour": 9, "weekday": "mon" } } ]""",
        """the field 'weekday'""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "cron", "schedule_config": { "hour": [9] } } ]""",
        """the field 'hour' of its schedule_config is '[9]'""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "cron", "schedule_config": { "hour": true } } ]""",
        """the field 'hour' of its schedule_config is 'true'""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "interval", "schedule_config": { "minute": 5 } } ]""",
        """the field 'minute'""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "interval" } ]""",
        """it has no schedule_config""")]
    [InlineData(
        """[ { "task_id": "1", "name": "x", "query": "select 1", "database_url": "sqlite:///a.db", "export_excel": true, "schedule_type": "once", "schedule_config": { "date": "2031-01-01" } } ]""",
        """the field 'date'""")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "query": { "file": "/etc/passwd" } } ] }""",
        "is not in the folder of this file")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "query": { "file": "../outside.sql" } } ] }""",
        "is not in the folder of this file")]
    [InlineData(
        """{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "query": { "file": "sub/../../outside.sql" } } ] }""",
        "is not in the folder of this file")]
    [InlineData(
        """{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "datasets": { "a": { "file": "/etc/passwd" } } } ] }""",
        "is not in the folder of this file")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "query": { "file": "link.sql" } } ] }""",
        "is a link")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "query": { "file": "" } } ] }""",
        "is not the name of one")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "query": "select 1", "query": "select 2" } ] }""",
        "line 1 has the member 'query' a second time")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "x", "query": "select 1", "Query": "select 2" } ] }""",
        "twice, in capitals and small letters")]
    [InlineData("""[ { "task_id": "1", "task_id": "2" } ]""", "the member 'task_id' a second time")]
    public void What_is_not_understood_is_refused_by_name(string content, string words)
    {
        Write("bad.json", content);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(session.Folder, "link.sql"), "/etc/passwd");
        }

        var result = session.Run("Import-ReportTask ./bad.json -WarningAction SilentlyContinue");
        Assert.Contains(words, result.Error().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("root:", result.Error().ToString(), StringComparison.Ordinal);
        Assert.Empty(session.Run("Get-ReportTask").Output);
    }

    [Theory]
    [InlineData("[", "]", 20_000)]
    [InlineData("{\"a\":", "}", 20_000)]
    [InlineData("[", "", 100_000)]
    public void Deep_json_is_refused_with_the_limit(string open, string close, int levels)
    {
        Write("deep.json", string.Concat(Enumerable.Repeat(open, levels)) + "1" + string.Concat(Enumerable.Repeat(close, levels)));
        var error = session.Run("Import-ReportTask ./deep.json").Error();
        Assert.StartsWith("DefinitionFileNotReadable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("objects and lists stand more than 64 deep", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tasks_of_one_name_get_names_of_their_own_and_send_only_rows()
    {
        Write("tasks.json", """
            [{"task_id":"1","name":"Sales","database_url":"sqlite:///a.db","query":"select 1","schedule_type":"interval","schedule_config":{"hours":2},"export_excel":true},
             {"task_id":"2","name":"sales","database_url":"sqlite:///a.db","query":"select 2","schedule_type":"cron","schedule_config":{"minute":"*"},"export_excel":true}]
            """);
        var result = session.Run("Import-ReportTask tasks.json").NoErrors();
        Assert.Contains("There is more than one task 'sales'. That with the id '2' is called 'sales (2)' here.", result.Warnings);
        Assert.Equal(["Sales HasRows", "sales (2) HasRows"],
            session.Run("Get-ReportTask | ForEach-Object { \"$($_.Name) $($_.SendWhen)\" }").Output.Select(line => line.ToString()));
        Assert.Empty(session.Run("Import-ReportTask tasks.json").NoErrors().Output);
    }

    private void Define() => session.Run("""
        New-ReportConnection shop -ConnectionString sqlite:///shop.db
        New-ReportConnection erp -ConnectionString 'postgresql://ann:hunter2@erp/sales?sslmode=require'
        New-ReportMailServer office -SmtpHost smtp.example.com -From reports@example.com -UserName u -PasswordReference env:MAIL_PW
        New-ReportTask 'Daily sales' shop -Query 'select @day as day, @amount as amount, @ids as ids' -Parameters @{ day = 'yesterday'; amount = [decimal]'12.50'; ids = [long]5 } `
            -Cron '0 7 * * MON-FRI' -TimeZone Europe/Berlin -Format Excel, Pdf -To ann@example.com -MailServer office -FileName @{ Excel = 'a'; Pdf = 'b' } -Timeout 90s -Description 'Ünïcode "quoted"'
        New-ReportTask 'Two parts' erp -Datasets ([ordered]@{ south = 'select 2'; north = 'select 1' }) -Every 2h30m -Format Csv -Delimiter ';'
        """).NoErrors();

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(session.Folder, name), text);

    [Fact]
    public void Tasks_of_the_Python_tool_use_the_only_mail_server_and_keep_the_one_that_a_person_gave_them()
    {
        Write("tasks.json",
            """[{"task_id":"1","name":"t","database_url":"sqlite:///a.db","query":"select 1","schedule_type":"interval","schedule_config":{"hours":2},"email_recipients":["a@b.c"],"export_excel":true}]""");
        Assert.Contains(session.Run("Import-ReportTask tasks.json").Warnings,
            warning => warning.StartsWith("Tasks have recipients and no mail server. Make one", StringComparison.Ordinal));
        session.Run("New-ReportMailServer one -PickupDirectory mail -From a@b.c").NoErrors();
        Assert.DoesNotContain(session.Run("Import-ReportTask tasks.json").NoErrors().Warnings,
            warning => warning.Contains("no mail server", StringComparison.Ordinal));
        Assert.Equal("one", (string)session.Run("Get-ReportTask t").Single().MailServer);
        session.Run("New-ReportMailServer two -PickupDirectory mail -From a@b.c; Set-ReportTask t -MailServer two; "
            + "Import-ReportTask tasks.json").NoErrors();
        Assert.Equal("two", (string)session.Run("Get-ReportTask t").Single().MailServer);
    }

    [Fact]
    public void A_task_that_cron_text_cannot_say_is_refused_and_the_others_are_imported()
    {
        File.WriteAllText(Path.Combine(session.Folder, "mixed.json"), """
            [{"task_id":"1","name":"odd","database_url":"sqlite:///a.db","query":"select 1","schedule_type":"cron","schedule_config":{"week":"*/2"},"export_excel":true},
             {"task_id":"2","name":"even","database_url":"sqlite:///a.db","query":"select 1","schedule_type":"interval","schedule_config":{"hours":2},"export_excel":true}]
            """);
        session.Run("New-ReportConnection m :memory:; New-ReportTask kept m -Query 'select 1' -Format Csv").NoErrors();
        var result = session.Run("Import-ReportTask mixed.json -Prune -Confirm:$false");
        Assert.Equal(("CronFieldNotSayable,ReportScheduler.Commands.ImportReportTaskCommand", (object)"week"),
            (result.Error().FullyQualifiedErrorId, result.Error().TargetObject));
        Assert.Contains(result.Warnings, warning => warning.StartsWith("-Prune removes nothing this time:", StringComparison.Ordinal));
        Assert.Contains("Made: 1 report task and 1 report connection.", result.Information[0], StringComparison.Ordinal);
        Assert.Contains("Not imported, see the errors: 1.", result.Information[0], StringComparison.Ordinal);
        Assert.Equal(["even", "kept"], session.Run("(Get-ReportTask).Name").Output.Select(name => name.ToString()));
    }
}
