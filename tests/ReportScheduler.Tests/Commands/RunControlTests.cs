using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class RunControlTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public RunControlTests() => session.Run(
        "New-ReportConnection mem ':memory:'; New-ReportMailServer pickup -PickupDirectory mail -From r@example.com; "
        + "New-ReportTask sales mem -Query 'select @region as region' -Parameters @{ region = 's' } -Cron '0 7 * * *' -TimeZone "
        + "Europe/Paris -Format Json "
        + "-Subject 'of {{ task.parameters.region }}' -To ada@example.com").NoErrors();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_value_that_is_given_goes_into_query_mail_and_history_and_leaves_the_task_as_it_is()
    {
        var run = session.Run("Invoke-ReportTask sales -Parameters @{ Region = 'n' }").NoErrors().Single();
        Assert.Contains("""{"region":"n"}""", File.ReadAllText(((string[])run.Files)[0]), StringComparison.Ordinal);
        Assert.Contains("Subject: of n", File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "mail")))),
            StringComparison.Ordinal);
        Assert.Equal("n", session.Run("(Get-ReportRun sales).Parameters.region").NoErrors().Single().ToString());
        Assert.Equal("s", session.Run("(Get-ReportTask sales).Parameters.region").NoErrors().Single().ToString());
        var said = string.Concat(session.Run("Invoke-ReportTask sales -Parameters @{ region = 'n' } -WhatIf").NoErrors().HostLines);
        Assert.Contains("with @region = n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_history_names_the_files_that_can_be_opened_and_says_of_the_others_where_they_are()
    {
        var made = session.Run("Invoke-ReportTask sales; Invoke-ReportTask sales -OutputPath out").NoErrors().Output.ToList();
        Assert.All(made, run => Assert.Equal((1, 0, Environment.MachineName),
            (((string[])((dynamic)run).Files).Length, ((string[])((dynamic)run).FilesElsewhere).Length, ((dynamic)run).Machine)));
        const string Shown = "Get-ReportRun sales | ForEach-Object "
            + "{ \"$(@($_.Files).Where({ [IO.File]::Exists($_) }).Count) $($_.FilesElsewhere)\" }";
        string[] Lines() => [.. session.Run(Shown).NoErrors().Output.Select(line => line.ToString()!)];
        Assert.Equal(["1 ", "1 "], Lines());
        session.Run("Get-ReportRun sales | ForEach-Object Files | ForEach-Object { [IO.File]::Delete($_) }").NoErrors();
        Assert.All(Lines(), line => Assert.Matches("^0 .+\\.json: removed$", line));
    }

    [Fact]
    public void The_history_has_the_values_of_the_due_time()
    {
        session.Run("Set-ReportTask sales -Parameters @{ since = 'startOfWeek-1w' } -Query 'select @region as region, @since as since'")
            .NoErrors();
        session.Run("Invoke-ReportTask sales -AsOf '2026-11-23T09:00+01:00' -NoDelivery").NoErrors();
        var values = session.Run("Get-ReportRun sales | ForEach-Object { \"$($_.ParameterValues.region) $($_.ParameterValues.since)\" }");
        Assert.Equal("s 2026-11-16", values.NoErrors().Single().ToString());
        Assert.Null(session.Run("(Get-ReportRun sales).Parameters").NoErrors().Output.SingleOrDefault());
    }

    [Fact]
    public void A_run_is_removed_without_asking_by_force_and_WhatIf_still_only_shows()
    {
        session.Run("Invoke-ReportTask sales").NoErrors();
        session.Run("$ConfirmPreference = 'Low'; Get-ReportRun | Remove-ReportRun -Force -WhatIf").NoErrors();
        Assert.Single(session.Run("Get-ReportRun").NoErrors().Output);
        session.Run("$ConfirmPreference = 'Low'; Get-ReportRun | Remove-ReportRun -Force").NoErrors();
        Assert.Empty(session.Run("Get-ReportRun").NoErrors().Output);
    }

    [Theory]
    [InlineData("@{ regoin = 'n' }", "ParameterUndeclared", "Did you mean 'region'? It has 'region'.")]
    [InlineData("@{ region = 'last week' }", "RelativeDateUnknown", "'last week' is not a relative date.")]
    [InlineData("@{ 'a b' = 1 }", "ParameterNameNotUsable", "a b")]
    public void A_value_that_cannot_be_used_is_told_before_anything_runs(string parameters, string id, string words)
    {
        var error = session.Run($"Invoke-ReportTask sales -Parameters {parameters}").Error();
        Assert.Equal($"{id},ReportScheduler.Commands.InvokeReportTaskCommand", error.FullyQualifiedErrorId);
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(session.Run("Get-ReportRun").NoErrors().Output);
    }

    [Theory]
    [InlineData("'2026-09-01'", "'2026-10-01'", "September 2026")]
    [InlineData("'2026-09-01'", "'text:later'", "Since: 2026-09-01")]
    public void Days_that_were_typed_are_a_period(string since, string until, string words)
    {
        var run = session.Run("New-ReportTask typed mem -Query 'select 1 as n where @since < @until' -Format Html "
            + $"-Parameters @{{ since = {since}; until = {until} }} | Invoke-ReportTask -NoDelivery").NoErrors().Single();
        Assert.Contains(words, File.ReadAllText(((string[])run.Files)[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Instants_of_a_window_that_are_still_to_come_are_told()
    {
        var told = session.Run("Invoke-ReportTask sales -From 2090-09-01 -To 2090-09-02 -WhatIf").NoErrors().Warnings;
        Assert.Contains("2 of the 2 runs are for an instant still to come", $"{Assert.Single(told)}", StringComparison.Ordinal);
        Assert.Empty(session.Run("Invoke-ReportTask sales -From 2026-09-01 -To 2026-09-02 -WhatIf").NoErrors().Warnings);
    }

    [Theory]
    // a date is the whole day
    [InlineData("-From 2026-09-01 -To 2026-09-03", 3, "2026-09-01T05:00", "2026-09-03T05:00")]
    [InlineData("-From 2026-09-01 -To 2026-09-01", 1, "2026-09-01T05:00", "2026-09-01T05:00")]
    // instants are included, in the zone of the task
    [InlineData("-From '2026-09-01 07:00' -To '2026-09-02 07:00'", 2, "2026-09-01T05:00", "2026-09-02T05:00")]
    [InlineData("-From '2026-09-01 07:01' -To '2026-09-02 06:59'", 0, null, null)]
    [InlineData("-From '2026-09-01T05:00:00Z' -To '2026-09-02T05:00:00Z'", 2, "2026-09-01T05:00", "2026-09-02T05:00")]
    [InlineData("-From ([DateTime]'2026-09-01') -To ([DateTime]'2026-09-02')", 2, "2026-09-01T05:00", "2026-09-02T05:00")]
    // over the change of the clocks
    [InlineData("-From 2026-10-24 -To 2026-10-25", 2, "2026-10-24T05:00", "2026-10-25T06:00")]
    public void A_window_has_one_run_for_each_due_instant_in_order(string window, int count, string? first, string? last)
    {
        var listed = session.Run($"Invoke-ReportTask sales {window} -WhatIf").NoErrors();
        Assert.Equal(count, listed.HostLines.Count(line => line.Contains($" of {count}: ", StringComparison.Ordinal)));
        Assert.Empty(session.Run("Get-ReportRun").NoErrors().Output);
        var runs = session.Run($"Invoke-ReportTask sales {window} -NoDelivery").NoErrors();
        Assert.Equal(count, runs.Output.Count);
        Assert.Equal(count == 0 ? 1 : 0, runs.Warnings.Count);
        var due = session.Run($"Get-ReportRun | ForEach-Object {{ $_.DueAt.UtcDateTime.ToString('yyyy-MM-ddTHH:mm') + $_.Trigger }}")
            .NoErrors().Output.Select(text => $"{text}").Reverse().ToList();
        Assert.Equal((first is null ? null : first + "Manual", last is null ? null : last + "Manual"),
            (due.FirstOrDefault(), due.LastOrDefault()));
        Assert.Equal(due.Order(StringComparer.Ordinal), due);
    }

    [Theory]
    [InlineData("sales -From 2026-09-02 -To 2026-09-01", "WindowReversed")]
    [InlineData("sales -From '2026-09-02 09:00' -To '2026-09-02 08:00'", "WindowReversed")]
    [InlineData("sales -From 2001-01-01 -To 2026-09-01", "WindowTooLarge")]
    [InlineData("free -From 2026-09-01 -To 2026-09-02", "ScheduleNeeded")]
    public void A_window_that_cannot_be_run_is_told_before_anything_runs(string asked, string id)
    {
        session.Run("New-ReportTask free mem -Query 'select 1' -Format Csv").NoErrors();
        Assert.Equal($"{id},ReportScheduler.Commands.InvokeReportTaskCommand",
            session.Run($"Invoke-ReportTask {asked}").Error().FullyQualifiedErrorId);
        Assert.Empty(session.Run("Get-ReportRun").NoErrors().Output);
    }

    [Fact]
    public void An_instant_has_one_run_however_it_is_written_and_whatever_became_of_it()
    {
        var first = session.Run("Invoke-ReportTask sales -DueAt '2026-09-01 07:00' -Parameters @{ region = 'n' }").NoErrors().Single();
        Assert.Equal(("Schedule", "Succeeded"), ($"{first.Trigger}", $"{first.Outcome}"));
        Assert.Equal((string)first.Id, (string)session.Run("Invoke-ReportTask sales -DueAt '2026-09-01T05:00:00Z'").NoErrors().Single().Id);
        Assert.Equal((string)first.Id,
            (string)session.Run("Invoke-ReportTask sales -DueAt ([DateTimeOffset]'2026-09-01T07:00:00+02:00')").NoErrors().Single().Id);
        Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "mail")));

        session.Run("New-ReportTask fails mem -Query 'select * from gone' -Format Csv").NoErrors();
        var failed = session.Run("Invoke-ReportTask fails -DueAt 2026-09-01");
        var again = session.Run("Invoke-ReportTask fails -DueAt 2026-09-01");
        Assert.Equal(((string)failed.Output[0].Properties["Id"].Value, 1),
            ((string)again.Output[0].Properties["Id"].Value, again.Errors.Count));
        Assert.Equal(2, session.Run("Get-ReportRun").NoErrors().Output.Count);
    }

    [Theory]
    [InlineData("-DueAt '2026-09-01 07:00'", 0)]
    [InlineData("-DueAt '2026-09-01T05:00:00Z'", 0)]
    [InlineData("-DueAt '2026-09-01 07:01'", 1)]
    [InlineData("-DueAt 2026-09-01", 1)]
    public void An_instant_that_the_schedule_lacks_is_made_with_a_warning(string asked, int warnings)
    {
        var result = session.Run($"Invoke-ReportTask sales {asked}").NoErrors();
        Assert.Equal("Schedule", $"{result.Single().Trigger}");
        Assert.Equal(warnings, result.Warnings.Count);
        Assert.All(result.Warnings,
            warning => Assert.Contains("is not an instant of its schedule (", $"{warning}", StringComparison.Ordinal));
        // one without a schedule has every instant
        session.Run("New-ReportTask free mem -Query 'select 1 as n' -Format Csv").NoErrors();
        Assert.Empty(session.Run($"Invoke-ReportTask free {asked}").NoErrors().Warnings);
    }

    [Fact]
    public void An_instant_that_is_still_to_come_is_made_with_a_warning()
    {
        session.Run("New-ReportTask free mem -Query 'select 1 as n' -Format Csv").NoErrors();
        var warning = Assert.Single(session.Run("Invoke-ReportTask free -DueAt '2126-09-01 07:00'").NoErrors().Warnings);
        Assert.Contains("is still to come", $"{warning}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-NoDelivery")]
    [InlineData("-RedirectTo me@example.com")]
    [InlineData("-OutputPath ./out")]
    [InlineData("-Key a")]
    public void The_report_of_an_instant_is_no_trial(string option)
    {
        var error = session.Run($"Invoke-ReportTask sales -DueAt 2026-09-01 {option}").Error();
        Assert.Equal("DueAtIsNoTrial,ReportScheduler.Commands.InvokeReportTaskCommand", error.FullyQualifiedErrorId);
        Assert.Contains($"{option.Split(' ')[0]} makes another one. To try the report of an instant, give -AsOf in place of -DueAt",
            error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(session.Run("Get-ReportRun").NoErrors().Output);
    }

    [Theory]
    [InlineData("-To 2026-09-01", "WindowNotBegun", "-From", "-To ends a window of due instants, and nothing says where it begins.")]
    [InlineData("-From $null -To 2026-09-01", "InstantEmpty", "-From", "-From is empty.")]
    [InlineData("-From $null", "InstantEmpty", "-From", "-From is empty.")]
    [InlineData("-DueAt $null", "InstantEmpty", "-DueAt", "-DueAt is empty.")]
    [InlineData("-DueAt ''", "ParameterArgumentTransformationError", null, "' is not a date and time. Give one")]
    [InlineData("-From '' -To 2026-09-01", "ParameterArgumentTransformationError", null, "' is not a date and time. Give one")]
    [InlineData("-From 2026-09-01 -To ' '", "ParameterArgumentTransformationError", null, "' is not a date and time. Give one")]
    [InlineData("-AsOf ''", "ParameterArgumentTransformationError", null, "' is not a date and time. Give one")]
    public void Half_a_window_and_an_empty_instant_run_nothing(string asked, string id, string? target, string words)
    {
        var error = session.Run($"Invoke-ReportTask sales {asked}").Error();
        Assert.Equal($"{id},{(target is null ? "" : "ReportScheduler.Commands.")}"
            + $"{(target is null ? "Invoke-ReportTask" : "InvokeReportTaskCommand")}",
            error.FullyQualifiedErrorId.Replace("ReportScheduler.Commands.InvokeReportTaskCommand", target is null ? "Invoke-ReportTask"
                : "ReportScheduler.Commands.InvokeReportTaskCommand", StringComparison.Ordinal));
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Exception.Message, StringComparison.Ordinal);
        if (target is not null)
        {
            Assert.Equal(target, $"{error.TargetObject}");
        }

        Assert.Empty(session.Run("Get-ReportRun").NoErrors().Output);
    }

    [Theory]
    [InlineData("Get-ReportRun -Since ''", "'' is neither a date and time nor a duration.")]
    [InlineData("Get-ReportData sales -AsOf ''", "'' is not a date and time.")]
    [InlineData("Get-ReportRun -Until ' '", "' ' is neither a date and time nor a duration.")]
    public void Empty_text_is_told_in_the_words_of_the_parameter(string command, string words)
    {
        var message = session.Run(command).Error().Exception.Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-From 2026-09-30 -To 2026-09-01", "'2026-09-30' to '2026-09-01'")]
    [InlineData("-From '2026-09-02 09:00' -To '2026-09-02 08:00'", "'2026-09-02 09:00 +02:00' to '2026-09-02 08:00 +02:00'")]
    [InlineData("-From '2026-09-02 09:00' -To 2026-09-01", "'2026-09-02 09:00 +02:00' to '2026-09-01'")]
    public void A_window_is_told_as_it_was_given(string window, string words) =>
        Assert.Contains($"The window from {words} ends before", session.Run($"Invoke-ReportTask sales {window}").Error().Exception.Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("slow")]
    [InlineData("slow -DueAt 2026-09-01")]
    public async Task Who_waits_for_a_run_that_is_stopped_elsewhere_gets_an_error(string asked)
    {
        session.Run("New-ReportTask slow mem -Format Csv -Query 'with recursive n(i) as (select 1 union all select i + 1 from n) "
            + "select count(*) from n'").NoErrors();
        var store = ReportScheduler.Stores.ReportStores.Open(session.StorePath, StoreScope.User);
        var stopped = Task.Run(async () =>
        {
            while (store.GetRuns(new RunFilter()) is not [{ Outcome: RunOutcome.Running, Stage: RunStage.Query }])
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            new ReportScheduler.Runs.StoppedRuns(store, TimeProvider.System).Stop(store.GetRuns(new RunFilter())[0].Id, "ann",
                TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        var result = session.Run($"Invoke-ReportTask {asked}");
        await stopped;
        Assert.Equal("Cancelled", $"{Assert.Single(result.Output).Properties["Outcome"].Value}");
        var error = Assert.Single(result.Errors);
        Assert.Equal("RunStopped,ReportScheduler.Commands.InvokeReportTaskCommand", error.FullyQualifiedErrorId);
        Assert.Equal("OperationStopped", $"{error.CategoryInfo.Category}");
        Assert.Contains("The run of 'slow' was stopped by ann", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_over_cannot_be_stopped_and_one_that_is_gone_is_not_found()
    {
        session.Run("$run = Invoke-ReportTask sales").NoErrors();
        Assert.Equal("RunIsOver,ReportScheduler.Commands.StopReportRunCommand",
            session.Run("$run | Stop-ReportRun").Error().FullyQualifiedErrorId);
        Assert.Equal("RunNotFound,ReportScheduler.Commands.StopReportRunCommand",
            session.Run("Stop-ReportRun gone").Error().FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("-Since 1d", 1)]
    [InlineData("-Since '2h30m'", 1)]
    [InlineData("-Since ([TimeSpan]'1:00')", 1)]
    [InlineData("-Since yesterday", 1)]
    [InlineData("-Since startOfYear -Until tomorrow", 1)]
    [InlineData("-Since 2001-01-01", 1)]
    [InlineData("-Since ([DateTime]::UtcNow.AddHours(1))", 0)]
    [InlineData("-Until 1h", 0)]
    [InlineData("-Until 2001-01-01", 0)]
    public void The_history_is_asked_by_instants_ages_and_words(string filter, int count)
    {
        session.Run("Invoke-ReportTask sales").NoErrors();
        Assert.Equal(count, session.Run($"Get-ReportRun {filter}").NoErrors().Output.Count);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("'1x'")]
    [InlineData("'last week'")]
    public void What_is_neither_an_instant_nor_an_age_is_refused_in_words(string since) =>
        Assert.Contains("is neither a date and time nor a duration.",
            session.Run($"Get-ReportRun -Since {since}").Error().Exception.Message, StringComparison.Ordinal);
}
