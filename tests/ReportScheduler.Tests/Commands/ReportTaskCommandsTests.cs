using ReportScheduler.Tests.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>The task cmdlets as a person uses them, in a real runspace with the built module.</summary>
public sealed class ReportTaskCommandsTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public ReportTaskCommandsTests() => session.Run(
        "New-ReportConnection mem ':memory:'; New-ReportMailServer pickup -PickupDirectory mail -From 'Reports <r@example.com>'")
        .NoErrors();

    public void Dispose() => session.Dispose();

    [Theory]
    // nothing left, and never run
    [InlineData("-At '2020-01-01' -Destination out -Owner o@example.com", false, "will never be due")]
    // what a scheduled report lacks
    [InlineData("-Cron '0 7 * * *' -Owner o@example.com", true, "It delivers nowhere: without -To and -Destination its files stay in '")]
    [InlineData("-Cron '0 7 * * *' -To a@example.com", true, "Without -Owner no mail reports its failures.")]
    public void Test_says_what_a_schedule_will_not_do(string given, bool success, string words)
    {
        session.Run($"New-ReportTask t mem -Query 'select 1' -Format Csv {given}").NoErrors();
        dynamic check = session.Run("Test-ReportTask t | Where-Object Check -eq Schedule").NoErrors().Output.Single();
        Assert.Equal(success, (bool)check.Success);
        Assert.Contains(words, (string)check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_one_off_that_has_run_is_over_and_no_failure()
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -At '2020-01-01'; Invoke-ReportTask t").NoErrors();
        dynamic check = session.Run("Test-ReportTask t | Where-Object Check -eq Schedule").NoErrors().Output.Single();
        Assert.True((bool)check.Success);
        Assert.StartsWith("It is over: ", (string)check.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-ReportTask u mem -Query 'select 1' -Format Csv -Cron @weekly")]
    [InlineData("Set-ReportTask t -Cron @weekly")]
    [InlineData("Get-ReportSchedule @weekly")]
    [InlineData("Get-ReportSchedule -Cron @weekly")]
    public void A_cron_word_without_quotes_is_an_error_and_no_task_on_demand(string command)
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -Cron '@weekly'").NoErrors();
        var error = session.Run(command).Error();
        Assert.StartsWith("CronEmpty,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(("InvalidArgument", (object)"-Cron"), (error.CategoryInfo.Category.ToString(), error.TargetObject));
        Assert.Equal("@weekly", (string)session.Run("Get-ReportTask").Single().Cron);
        session.Run("Set-ReportTask t -Cron $null").NoErrors();
        Assert.Null((string?)session.Run("Get-ReportTask").Single().Cron);
    }

    [Fact]
    public void New_keeps_what_was_given_and_works_out_the_next_run()
    {
        var task = session.Run("""
            New-ReportTask 'Daily sales' mem -Query 'select 1' -Cron '0 7 * * *' -TimeZone Europe/Paris -Format Excel, Csv -To 'Ada <ada@example.com>' -Timeout 2m30s
            """).Single();
        Assert.Equal("Daily sales", (string)task.Name);
        Assert.Equal("mem", (string)task.Connection);
        Assert.Equal(TimeSpan.FromSeconds(150), (TimeSpan)task.Timeout);
        Assert.Equal("pickup", (string)task.MailServer);
        Assert.Equal(7, ((DateTimeOffset)task.NextRunAt).Hour);
        Assert.Equal(0L, (long)task.RunCount);
    }

    [Theory]
    [InlineData("xlsx, .PDF", "Excel Pdf")]
    [InlineData("'htm' ", null)]
    [InlineData("json", "Json")]
    [InlineData("0", null)]
    [InlineData("Excel, docx", null)]
    public void A_format_may_be_called_by_its_extension(string given, string? formats)
    {
        var result = session.Run($"New-ReportTask t mem -Query 'select 1' -Format {given}");
        if (formats is null)
        {
            var error = Assert.Single(result.Errors);
            Assert.Contains("is not a format. The formats are Excel, Pdf, Csv, Html, Json.", error.Exception.Message,
                StringComparison.Ordinal);
            Assert.Empty(session.Run("Get-ReportTask").Output);
            return;
        }

        Assert.Equal(formats, string.Join(' ', (ReportFormat[])result.Single().Format));
    }

    [Theory]
    [InlineData("-Format Csv", 1)]
    [InlineData("-Format Csv, Html", 0)]
    [InlineData("-To a@example.com", 0)]
    [InlineData("-To a@example.com -MailRows 0", 1)]
    [InlineData("-To a@example.com -MailContent Figures", 1)]
    [InlineData("-To a@example.com -MailContent Figures, Table", 0)]
    public void Colours_are_shown_by_files_and_by_the_rows_of_a_mail(string options, int warnings)
    {
        var made = session.Run($"New-ReportTask t mem -Query 'select 1 as n' -Highlight @{{ n = 'greater 0 red' }} {options}").NoErrors();
        Assert.Equal(warnings, made.Warnings.Count(warning => $"{warning}".Contains("-Highlight does nothing", StringComparison.Ordinal)));
    }

    [Fact]
    public void Options_that_no_file_follows_are_warnings_when_the_task_is_made_and_changed()
    {
        var made = session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -TitleRows").NoErrors();
        Assert.Equal(["t: The task makes no workbook, so -TitleRows does nothing. Add Excel to -Format, or leave it out."], made.Warnings);
        Assert.Empty(session.Run("Set-ReportTask t -Format Excel").NoErrors().Warnings);
        Assert.Equal(["t: -TableName names a table of a template, and the task has none. Give -Template, or leave -TableName out."],
            session.Run("Set-ReportTask t -TableName Sales").NoErrors().Warnings);
    }

    [Fact]
    public void Test_ReportTask_names_options_for_columns_that_the_query_lacks()
    {
        session.Run("New-ReportTask t mem -Query 'select 1 as id, ''x'' as name' -Format Excel -Total @{ name = 'sum'; amount = 'sum' }")
            .NoErrors();
        dynamic check = session.Run("Test-ReportTask t | Where-Object Check -eq Columns").NoErrors().Output.Single();
        Assert.False((bool)check.Success);
        Assert.Equal("OptionsNotFollowed", (string)check.ErrorId);
        Assert.Contains("no column 'amount', so -Total does nothing", (string)check.Message, StringComparison.Ordinal);
        Assert.Contains("'name' of 't' has no sum: its values are text", (string)check.Message, StringComparison.Ordinal);
        session.Run("Set-ReportTask t -Total @{ id = 'sum' }").NoErrors();
        Assert.True((bool)((dynamic)session.Run("Test-ReportTask t | Where-Object Check -eq Columns").NoErrors().Output.Single()).Success);
    }

    [Fact]
    public void A_time_without_offset_is_in_the_zone_of_the_task()
    {
        var task = session.Run("New-ReportTask once mem -Query 'select 1' -Format Csv -At '2099-07-01 09:00' -TimeZone America/New_York")
            .Single();
        Assert.Equal(new DateTimeOffset(2099, 7, 1, 9, 0, 0, TimeSpan.FromHours(-4)), (DateTimeOffset)task.NextRunAt);
    }

    [Fact]
    public void Times_are_shown_in_the_zone_of_the_task()
    {
        var task = session.Run("New-ReportTask zoned mem -Query 'select 1' -Format Csv -At '2099-07-01 09:00' -StartAt '2098-01-01' "
            + "-TimeZone Asia/Kolkata").Single();
        Assert.Equal(TimeSpan.FromHours(5.5), ((DateTimeOffset)task.At).Offset);
        Assert.Equal((2098, 0), (((DateTimeOffset)task.StartAt).Year, ((DateTimeOffset)task.StartAt).Hour));
        Assert.Equal(TimeSpan.FromHours(5.5), ((DateTimeOffset)task.CreatedAt).Offset);
        session.Run("Invoke-ReportTask zoned -NoDelivery").NoErrors();
        var run = session.Run("Get-ReportRun zoned").Single();
        Assert.Equal(TimeSpan.FromHours(5.5), ((DateTimeOffset)run.DueAt).Offset);
        Assert.Equal(TimeSpan.FromHours(5.5), ((DateTimeOffset)run.FinishedAt).Offset);
    }

    [Fact]
    public void A_definition_that_cannot_be_read_is_named_and_the_others_are_shown()
    {
        var broken = session.Run("New-ReportTask broken mem -Query 'select 1' -Format Csv").Single();
        session.Run("New-ReportTask whole mem -Query 'select 1' -Format Csv").NoErrors();
        StoreEditor.Edit(session.StorePath, "tasks", (string)broken.Id, document => document["Timeout"] = "soon");
        var shown = session.Run("Get-ReportTask");
        Assert.Equal("whole", (string)((dynamic)Assert.Single(shown.Output)).Name);
        var error = Assert.Single(shown.Errors);
        Assert.Equal("RecordNotReadable", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("'broken'", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-ReportTask late mem -Query 'select 1' -Format Csv -At '2020-01-01 09:00'")]
    [InlineData("New-ReportTask late mem -Query 'select 1' -Format Csv -Cron '0 9 * * *' -EndAt '2020-01-01'")]
    [InlineData("New-ReportTask late mem -Query 'select 1' -Format Csv -Cron '0 9 * * *' | Set-ReportTask -EndAt '2020-01-01'")]
    public void A_schedule_without_a_time_left_is_warned_about(string script) =>
        Assert.Contains("late: it is never due", Assert.Single(session.Run(script).NoErrors().Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("-At '2020-01-01 09:00'")]
    [InlineData("-At 2020-01-01")]
    [InlineData("-At ([DateTime]::Now.AddMinutes(-1))")]
    [InlineData("-At '2020-01-01 09:00' -WhatIf")]
    [InlineData("-At '2020-01-01T09:00:00+02:00' -TimeZone Asia/Tokyo")]
    public void An_instant_that_has_passed_takes_no_schedules_place(string change)
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -Cron '0 9 * * *'").NoErrors();
        var error = session.Run($"Set-ReportTask t {change}").Error();
        Assert.StartsWith("AtIsPast,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("'t' would never be due: -At '20", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("0 9 * * *", (string)session.Run("Get-ReportTask").Single().Cron);
    }

    [Fact]
    public void An_instant_that_has_passed_may_stay_with_a_task_that_is_switched_off()
    {
        session
            .Run("New-ReportTask t mem -Query 'select 1' -Format Csv -Cron '0 9 * * *'; Set-ReportTask t -At '2020-01-01' -Enabled $false")
            .NoErrors();
        Assert.Null((string?)session.Run("Get-ReportTask").Single().Cron);
    }

    [Theory]
    [InlineData("-To ann@example", "ann@example")]
    [InlineData("-To 'Ann <ann@mail>', b@example.com", "Ann <ann@mail>")]
    [InlineData("-To a@example.com -Cc x@y", "x@y")]
    [InlineData("-To a@example.com -Owner ops@intern", "ops@intern")]
    [InlineData("-To a@example.com", null)]
    [InlineData("-To root@localhost, a@[192.0.2.1], a@münchen.example", null)]
    public void A_domain_without_a_dot_is_warned_about_where_it_is_given(string given, string? address)
    {
        var made = session.Run($"New-ReportTask t mem -Query 'select 1' -Format Csv {given}").NoErrors().Warnings;
        if (address is null)
        {
            Assert.Empty(made);
            return;
        }

        Assert.Contains($"the domain of the address '{address}' has no dot in it", Assert.Single(made), StringComparison.Ordinal);
        Assert.Empty(session.Run("Set-ReportTask t -Retry 1").NoErrors().Warnings);
        Assert.Single(session.Run($"Set-ReportTask t {given}").NoErrors().Warnings);
    }

    [Theory]
    [InlineData("select max(day) as a, 5 as n from (select '2026-03-01' as day)", "",
        " SQLite has 'a' as text: a date format, such as 'yyyy-mm-dd' with -ColumnFormat or New-ReportColumn -Format, makes dates of it.")]
    [InlineData("select datetime('2026-03-01') as a, '2026-03-01T10:00:00+02:00' as b", "",
        " SQLite has 'a' and 'b' as text: a date format")]
    [InlineData("select date('2026-03-01') as a", "-ColumnFormat @{ a = 'yyyy-mm-dd' }", null)]
    [InlineData("select '2026' as a, 'n/a' as b, '20260301' as c", "", null)]
    [InlineData("select date('2026-03-01') as a where false", "", null)]
    public void Test_says_which_dates_SQLite_has_as_text(string query, string given, string? hint)
    {
        session.Run($"New-ReportTask t mem -Query \"{query}\" -Format Csv {given}").NoErrors();
        dynamic check = session.Run("Test-ReportTask t | Where-Object Check -eq Columns").NoErrors().Output.Single();
        Assert.True((bool)check.Success);
        Assert.Equal(hint is not null, ((string)check.Message).Contains(hint ?? "SQLite", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dataset_with_groups_passes_the_test_of_its_columns()
    {
        session.Run("New-ReportTask t -Format Csv -Dataset (New-ReportDataset d mem 'select 1 as a, 2 as b' -GroupBy a)").NoErrors();
        dynamic check = session.Run("Test-ReportTask t | Where-Object Check -eq Columns").NoErrors().Output.Single();
        Assert.True((bool)check.Success, (string)check.Message);
    }

    [Theory]
    [InlineData("New-ReportColumn a -Format '#,##0.00;[Oops'", "cannot be the -Format of the column 'a'")]
    [InlineData("New-ReportColumn a -Format '[>=]0'", "'[>=]0' cannot be the -Format of the column 'a'")]
    [InlineData("New-ReportTask t mem -Query 'select 1 as a' -Format Csv -ColumnFormat @{ a = '[<>]0' }",
        "'[<>]0' cannot be the -ColumnFormat of the column 'a'")]
    [InlineData("[pscustomobject]@{ a = 1 } | Export-Report /tmp/never.pdf -ColumnFormat @{ a = '[>]0;0' }",
        "'[>]0;0' cannot be the -ColumnFormat of the column 'a'")]
    [InlineData("New-ReportColumn a -Width 400", "cannot be the -Width of the column 'a'")]
    [InlineData("New-ReportTask t mem -Query 'select 1 as a' -Format Csv -ColumnFormat @{ a = '#,##0.00;[Oops' }",
        "cannot be the -ColumnFormat of the column 'a'")]
    [InlineData("New-ReportTask t mem -Query 'select 1 as a' -Format Csv -ColumnWidth @{ a = 400 }",
        "cannot be the -ColumnWidth of the column 'a'")]
    public void A_column_is_refused_under_the_name_of_the_parameter_that_was_given(string command, string words) =>
        Assert.Contains(words, session.Run(command).Error().Exception.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"`t\"", '\t')]
    [InlineData("' '", ' ')]
    [InlineData("';'", ';')]
    [InlineData("([char]9)", '\t')]
    [InlineData("'|'", '|')]
    public void Any_character_that_is_no_letter_may_stand_between_fields(string delimiter, char expected)
    {
        session.Run($"New-ReportTask t mem -Query 'select 1 as a, 2 as b' -Format Csv -Delimiter {delimiter}").NoErrors();
        Assert.Equal(expected, (char)session.Run("Get-ReportTask").Single().Delimiter);
    }

    [Fact]
    public void Set_changes_only_what_is_given_also_for_piped_tasks()
    {
        session.Run("1..3 | ForEach-Object { New-ReportTask \"s$_\" mem -Query 'select 1' -Format Csv -Cron '0 7 * * *' -Subject 'Hi' } ")
            .NoErrors();
        var changed = session.Run("Get-ReportTask s* | Set-ReportTask -Cc bob@example.com -PassThru").NoErrors().Output;
        Assert.Equal(3, changed.Count);
        Assert.All(changed.Cast<dynamic>(), task =>
        {
            Assert.Equal("0 7 * * *", (string)task.Cron);
            Assert.Equal("Hi", (string)task.Subject);
            Assert.Equal(["bob@example.com"], (string[])task.Cc);
        });
    }

    [Fact]
    public void A_new_schedule_takes_the_place_of_the_old_one_and_null_leaves_none()
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -Cron '0 7 * * *'").NoErrors();
        var every = session.Run("Set-ReportTask t -Every 15m -PassThru").Single();
        Assert.Null((string?)every.Cron);
        Assert.Equal(TimeSpan.FromMinutes(15), (TimeSpan)every.Every);
        Assert.NotNull((DateTimeOffset?)every.NextRunAt);
        var none = session.Run("Set-ReportTask t -Every $null -PassThru").Single();
        Assert.Null((object?)none.Every);
        Assert.Null((object?)none.NextRunAt);
    }

    [Fact]
    public void Disable_and_enable_stop_and_resume_the_schedule()
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -Cron '0 7 * * *'").NoErrors();
        Assert.Null((object?)session.Run("Disable-ReportTask t -PassThru").Single().NextRunAt);
        Assert.NotNull((object?)session.Run("Enable-ReportTask t -PassThru").Single().NextRunAt);
    }

    [Fact]
    public void Enabling_a_task_whose_only_time_is_over_says_that_nothing_is_left()
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -At '2026-01-01 09:00'; Disable-ReportTask t").NoErrors();
        Assert.Contains("it is never due", Assert.Single(session.Run("Enable-ReportTask t").NoErrors().Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9999-12-31 23:59")]
    [InlineData("0001-01-01")]
    public void A_time_at_an_end_of_the_calendar_is_refused(string time) => Assert.StartsWith(
        "TimeOutOfReach", Assert.Single(session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -At $time -TimeZone Asia/Tokyo",
            new { time }).Errors).FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void A_copy_has_its_own_id_and_waits_to_be_enabled()
    {
        var original = session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -Cron '0 7 * * *'").Single();
        var copy = session.Run("Copy-ReportTask t t2").Single();
        Assert.NotEqual((string)original.Id, (string)copy.Id);
        Assert.False((bool)copy.Enabled);
    }

    [Fact]
    public void A_copy_is_changed_and_started_in_the_same_line()
    {
        session.Run("New-ReportTask t mem -Query 'select @region' -Parameters @{ region = 'south' } -Format Csv -Every 1d").NoErrors();
        session.Run("Copy-ReportTask t t2 | Set-ReportTask -Parameters @{ region = 'north' } -Enabled $true").NoErrors();
        var names = session.Run(
            "Get-ReportTask | ForEach-Object { \"$($_.Name) $($_.Parameters['region']) $($_.Enabled) $($null -ne $_.NextRunAt)\" }").Output;
        Assert.Equal(["t south True True", "t2 north True True"], names.Select(name => name.ToString()));
    }

    [Theory]
    [InlineData("Invoke-ReportTask t -AsOf monday")]
    [InlineData("New-ReportTask x mem -Query 'select 1' -Format Csv -At monday")]
    public void What_is_no_date_is_said_with_the_forms_that_are(string script)
    {
        var error = session.Run(script).Error();
        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("'monday' is not a date and time. Give one such as '2026-11-23', '2026-11-23 09:00' or", error.Exception.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'2099-07-01 09:00'", 9)]
    [InlineData("'2099-07-01T09:00:00+02:00'", 7)]
    [InlineData("([datetimeoffset]'2099-07-01T09:00:00+02:00')", 7)]
    [InlineData("([datetime]'2099-07-01T09:00:00Z')", 9)]
    public void A_date_may_be_given_as_text_and_as_a_value(string at, int hour)
    {
        var task = session.Run($"New-ReportTask x mem -Query 'select 1' -Format Csv -TimeZone UTC -At {at}").Single();
        Assert.Equal(hour, ((DateTimeOffset)task.At).UtcDateTime.Hour);
    }

    [Fact]
    public void Force_replaces_and_keeps_the_history()
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv; Invoke-ReportTask t").NoErrors();
        var replaced = session.Run("New-ReportTask T mem -Query 'select 2' -Format Json -Force").Single();
        Assert.Equal("select 2", (string)replaced.Query);
        Assert.Equal(1L, (long)replaced.RunCount);
        Assert.Single(session.Run("Get-ReportTask").NoErrors().Output);
    }

    [Theory]
    [InlineData("New-ReportTask t2 mem -Query 'select 1' -Format Csv -WhatIf")]
    [InlineData("Set-ReportTask t -Query 'select 2' -WhatIf")]
    [InlineData("Remove-ReportTask t -WhatIf")]
    [InlineData("Remove-ReportTask t -Force -WhatIf")]
    [InlineData("Disable-ReportTask t -WhatIf")]
    [InlineData("Copy-ReportTask t t2 -WhatIf")]
    [InlineData("Invoke-ReportTask t -WhatIf")]
    public void WhatIf_says_what_would_happen_and_does_nothing(string script)
    {
        session.Run("New-ReportTask t mem -Query 'select 1' -Format Csv -Cron '0 7 * * *'").NoErrors();
        var result = session.Run(script).NoErrors();
        Assert.Empty(result.Output);
        Assert.NotEmpty(result.HostLines);
        var left = session.Run("Get-ReportTask").Single();
        Assert.Equal("select 1", (string)left.Query);
        Assert.True((bool)left.Enabled);
        Assert.Equal(0L, (long)left.RunCount);
    }

    [Theory]
    // names and duplicates
    [InlineData("New-ReportTask 'Taken' mem -Query 'select 1' -Format Csv", "NameTaken", "ResourceExists", "Taken", "already")]
    [InlineData("New-ReportTask 'TAKEN' mem -Query 'select 1' -Format Csv", "NameTaken", "ResourceExists", "TAKEN", "already")]
    [InlineData("New-ReportTask '' mem -Query 'select 1' -Format Csv", "NameNotUsable", "InvalidArgument", "", "empty")]
    [InlineData("New-ReportTask 'a*' mem -Query 'select 1' -Format Csv", "NameNotUsable", "InvalidArgument", "a*", "wildcards")]
    [InlineData("New-ReportTask 'a[1]' mem -Query 'select 1' -Format Csv", "NameNotUsable", "InvalidArgument", "a[1]", "wildcards")]
    [InlineData("New-ReportTask ' a' mem -Query 'select 1' -Format Csv", "NameNotUsable", "InvalidArgument", " a", "space")]
    [InlineData("New-ReportTask \"a`nb\" mem -Query 'select 1' -Format Csv", "NameNotUsable", "InvalidArgument", "a\nb", "control")]
    [InlineData("Set-ReportTask Taken -NewName Other", "NameTaken", "ResourceExists", "Other", "already")]
    [InlineData("Copy-ReportTask Taken Other", "NameTaken", "ResourceExists", "Other", "already")]
    [InlineData("Get-ReportTask nobody", "TaskNotFound", "ObjectNotFound", "nobody", "Get-ReportTask lists")]
    [InlineData("Invoke-ReportTask nobody", "TaskNotFound", "ObjectNotFound", "nobody", "Get-ReportTask lists")]
    [InlineData("Remove-ReportTask nobody -Force", "TaskNotFound", "ObjectNotFound", "nobody", "Get-ReportTask lists")]
    // addresses
    [InlineData("New-ReportTask n mem -Query 'select 1' -To 'no at sign'", "AddressNotUsable", "InvalidArgument", "no at sign", "no @")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To \"a@b.c`r`nBcc: x@y.z\"", "AddressNotUsable", "InvalidArgument",
        "a@b.c\r\nBcc: x@y.z", "line end")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To ''", "AddressNotUsable", "InvalidArgument", "", "empty")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Cc 'a@'", "AddressNotUsable", "InvalidArgument", "a@", "")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Bcc '@b.c'", "AddressNotUsable", "InvalidArgument", "@b.c", "")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To a@b.c -Owner 'a@b.c, d@e.f'", "AddressNotUsable", "InvalidArgument",
        "a@b.c, d@e.f", "one address")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To a@b.c -ReplyTo 'x y'", "AddressNotUsable", "InvalidArgument", "x y", "")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Owner 'me'", "AddressNotUsable", "InvalidArgument", "me", "")]
    // schedules and zones
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Cron '61 * * * *'", "NotASchedule", "ParserError", "61 * * * *",
        "minute")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Cron '* *'", "NotASchedule", "ParserError", "* *", "")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Cron '0 7 * * *' -Every 5m", "ScheduleAmbiguous", "InvalidArgument",
        "n", "-Cron and -Every")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Cron '0 7 * * *' -TimeZone Nowhere", "UnknownTimeZone",
        "InvalidArgument", "Nowhere", "IANA")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Every 5m -StartAt 2030-01-02 -EndAt 2030-01-01", "ScheduleWindowEmpty",
        "InvalidArgument", "n", "-EndAt")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Cron '0 9 30 2 *'", "ScheduleNeverRuns", "InvalidArgument",
        "0 9 30 2 *", "never runs")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Cron '@never'", "NotASchedule", "ParserError", "@never", "@weekly")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Every 0s", "IntervalTooShort", "InvalidArgument", "00:00:00",
        "one second")]
    [InlineData("Set-ReportTask Taken -Cron '0 25 * * *'", "NotASchedule", "ParserError", "0 25 * * *", "hour")]
    [InlineData("Set-ReportTask Taken -TimeZone 'CEST'", "UnknownTimeZone", "InvalidArgument", "CEST", "IANA")]
    // templates
    [InlineData("New-ReportTask n mem -Query 'select 1' -To a@b.c -Subject '{{ task.name'", "TemplateInvalid", "ParserError",
        "{{ task.name", "'}}' was expected")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To a@b.c -Subject '{{ tsk.name }}'", "TemplateInvalid", "ParserError",
        "{{ tsk.name }}", "no 'tsk'")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To a@b.c -Subject '{{ task.nme }}'", "TemplateInvalid", "ParserError",
        "{{ task.nme }}", "no 'nme'")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To a@b.c -Body '{% if run.rows %}'", "TemplateInvalid", "ParserError",
        "{% if run.rows %}", "endif")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To a@b.c -Body '{% endfor %}'", "TemplateInvalid", "ParserError", "{% endfor %}",
        "endfor")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To a@b.c -Body '{% nosuchtag %}'", "TemplateInvalid", "ParserError",
        "{% nosuchtag %}", "nosuchtag")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To a@b.c -Body '{{ run.rows | nosuchfilter }}'", "TemplateInvalid", "ParserError",
        "{{ run.rows | nosuchfilter }}", "no filter 'nosuchfilter'")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -FileName '{{ run.due_at | date: }'", "TemplateInvalid", "ParserError",
        "{{ run.due_at | date: }", "line 1")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -FileName @{ Csv = '{% for %}' }", "TemplateInvalid", "ParserError",
        "{% for %}", "line 1")]
    // SQL and parameters
    [InlineData("New-ReportTask n mem -Query \"select `0 1\" -Format Csv", "QueryHasNul", "InvalidData", "n", "at place 8")]
    [InlineData("New-ReportTask n mem -Datasets @{ d = \"select 1`0\" } -Format Csv", "QueryHasNul", "InvalidData", "d", "at place 9")]
    [InlineData("New-ReportTask n mem -Query 'select @day' -Format Csv", "ParameterMissing", "InvalidArgument", "day", "@{ day = ... }")]
    [InlineData("New-ReportTask n mem -Query 'select @day' -Format Csv -Parameters @{ day = 'tomorow' }", "RelativeDateUnknown",
        "ParserError", "tomorow", "text:tomorow")]
    [InlineData("New-ReportTask n mem -Query 'select @day' -Format Csv -Parameters @{ day = 'today-1parsec' }", "RelativeDateUnknown",
        "ParserError", "today-1parsec", "offsets")]
    [InlineData("New-ReportTask n mem -Query 'select @day' -Format Csv -Parameters @{ day = 'startOfFortnight' }", "RelativeDateUnknown",
        "ParserError", "startOfFortnight", "startOf Minute")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Parameters @{ 'a b' = 1 }", "ParameterNameNotUsable",
        "InvalidArgument", "a b", "letters")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Parameters @{ day = { 1 } }", "ParameterValueNotUsable",
        "InvalidArgument", "day", "ScriptBlock")]
    [InlineData("New-ReportTask n mem -Query '  ' -Format Csv", "QueryMissing", "InvalidArgument", "n", "-Query")]
    [InlineData("Set-ReportTask Taken -Query 'select @x'", "ParameterMissing", "InvalidArgument", "x", "-Parameters")]
    // what to make
    [InlineData("New-ReportTask n mem -Query 'select 1'", "NothingToMake", "InvalidArgument", "n", "-Format")]
    [InlineData("New-ReportTask n mem -Format Csv", "QueryMissing", "InvalidArgument", "n", "-Query")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Datasets @{ a = 'select 1' } -Format Csv", "QueryAmbiguous", "InvalidArgument",
        "n", "-Dataset")]
    [InlineData("New-ReportTask n mem -Datasets @{ a = '' } -Format Csv", "DatasetNotUsable", "InvalidArgument", "a", "empty")]
    [InlineData("New-ReportTask n nowhere -Query 'select 1' -Format Csv", "ConnectionNotFound", "ObjectNotFound", "nowhere",
        "Get-ReportConnection")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -To a@b.c -MailServer nowhere", "MailServerNotFound", "ObjectNotFound", "nowhere",
        "Get-ReportMailServer")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv, Csv", "FormatRepeated", "InvalidArgument", "Csv", "once")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Culture xx-nowhere-yy", "CultureUnknown", "InvalidArgument",
        "xx-nowhere-yy", "de-DE")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Retry 99", "ValueOutOfRange", "InvalidArgument", "99", "0 to 10")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Pdf -Logo /nowhere/logo.png", "FileNotFound", "ObjectNotFound",
        "/nowhere/logo.png", "logo")]
    [InlineData("New-ReportTask n mem -QueryPath /nowhere/q.sql -Format Csv", "FileNotFound", "ObjectNotFound", "/nowhere/q.sql", "query")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Excel -Total @{ a = 'median' }", "ColumnOptionNotUsable", "InvalidArgument",
        "median", "sum, avg, count, min, max or distinct")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Excel -Pivot @{ Rows = 'a'; Columns = 'b' } -GroupBy a", "PivotNotUsable",
        "InvalidArgument", "GroupBy", "Leave out -GroupBy or -Pivot")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Excel -GroupBy a, A", "GroupByNotUsable", "InvalidArgument", "a", "twice")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Excel -SheetPerGroup", "GroupByNotUsable", "InvalidArgument",
        "SheetPerGroup", "-GroupBy")]
    public void A_wrong_call_says_what_is_wrong_and_changes_nothing(string script, string id, string category, string target, string words)
    {
        session.Run("'Taken', 'Other' | ForEach-Object { New-ReportTask $_ mem -Query 'select 1' -Format Csv }").NoErrors();
        var error = session.Run(script).Error();
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(category, error.CategoryInfo.Category.ToString());
        Assert.Equal(target, error.TargetObject.ToString());
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["Other", "Taken"], session.Run("(Get-ReportTask).Name").Output.Select(name => name.ToString()));
    }

    [Theory]
    [InlineData("@{ Rows = 'a'; Colums = 'b' }", "Did you mean 'Columns'?")]
    [InlineData("@{ Rows = 'a'; Columns = 'b'; Value = 'c'; Function = 'median' }", "sum, avg, count, min, max or distinct")]
    public void A_matrix_that_is_none_says_why(string pivot, string words)
    {
        var error = session.Run($"New-ReportTask n mem -Query 'select 1' -Format Excel -Pivot {pivot}").Error();
        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
    }
}
