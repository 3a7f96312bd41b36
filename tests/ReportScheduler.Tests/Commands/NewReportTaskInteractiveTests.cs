using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class NewReportTaskInteractiveTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_person_is_walked_from_an_empty_store_to_a_task_that_runs()
    {
        var result = Talk("New-ReportTask -Interactive",
            "Daily sales", "All sales", "shop", ":memory:",
            "select @day as day,", "  @amount as amount", "end", "yesterday", "2.5",
            "Cron", "Europe/Paris", "0 7 * * MON-FRI",
            "ann@example.com; Bob <bob@example.com>", "", "", "", "./mail", "reports@example.com",
            "Excel, csv", "", "Yes");
        dynamic task = result.Single();
        Assert.Equal(("Daily sales", "All sales", "shop", "0 7 * * MON-FRI", "Europe/Paris", "office"),
            ((string)task.Name, (string)task.Description, (string)task.Connection, (string)task.Cron, (string)task.TimeZone,
                (string)task.MailServer));
        Assert.Equal("select @day as day,\n  @amount as amount", (string)task.Query);
        Assert.Equal(["ann@example.com", "Bob <bob@example.com>"], (string[])task.To);
        Assert.Equal("Excel Csv", (string)session.Run("\"$((Get-ReportTask).Format)\"").Single().ToString());
        Assert.Null((object?)task.Subject);
        var run = session.Run("Invoke-ReportTask 'Daily sales'").Single();
        Assert.Equal(("Succeeded", 1L), ($"{run.Outcome}", (long)run.Rows));
        Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "mail"), "*.eml"));
    }

    [Fact]
    public void An_answer_that_cannot_be_used_is_told_and_asked_for_again()
    {
        session
            .Run(
                "New-ReportConnection db :memory:; New-ReportTask taken db -Query 'select 1' -Format Csv; "
                    + "New-ReportMailServer a -PickupDirectory a -From a@example.com; "
                    + "New-ReportMailServer b -PickupDirectory b -From b@example.com")
            .NoErrors();
        var result = Talk("New-ReportTask -Interactive",
            "*", "taken", "new", "", "",
            "END", "select @when", "END", "yesterdya", "today",
            "Cron", "Mars/Base", "UTC", "61 * * * *", "* * 30 2 *", "@daily",
            "nobody", "ann@example.com", "bob", "", "{{ broken", "", "c", "b",
            "Word", "Pdf, Pdf", "Pdf", "", "Yes");
        dynamic task = result.Single();
        Assert.Equal(("new", "db", "@daily", "b"),
            ((string)task.Name, (string)task.Connection, (string)task.Cron, (string)task.MailServer));
        foreach (var words in new[] { "'*' cannot be a name", "named 'taken' already", "has no query", "yesterdya", "Mars/Base",
            "between 0 and 59", "never", "it has no @", "named 'c'", "'Word' cannot be the format", "more than once" })
        {
            Assert.Contains(result.HostLines, line => line.Contains(words, StringComparison.Ordinal));
        }
    }

    [Theory]
    // the near one; a new one after all; the name again, by its number or as typed
    [InlineData("shpo|1 shop", "shop", 1)]
    [InlineData("shpo|New|:memory:", "shpo", 2)]
    [InlineData("shpo|Again|SHOP", "shop", 1)]
    [InlineData("costs|Again|shop", "shop", 1)]
    [InlineData("costs|New|:memory:", "costs", 2)]
    public void A_connection_that_nobody_has_is_not_taken_for_a_new_one_unasked(string answers, string connection, int connections)
    {
        session.Run("New-ReportConnection shop :memory:").NoErrors();
        var result =
            Talk("New-ReportTask t -Interactive -Query 'select 1' -Format Csv", ["", .. answers.Split('|'), "Never", "", "", "Yes"]);
        Assert.Equal(connection, (string)result.Single().Connection);
        Assert.Equal(connections, session.Run("Get-ReportConnection").Output.Count);
        var hint = answers.StartsWith("shpo", StringComparison.Ordinal) ? " Did you mean 'shop'?" : "";
        Assert.Contains(result.HostLines,
            line => line.Contains($"No connection is named '{answers.Split('|')[0]}'.{hint} Make a new one?", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_given_is_not_asked_for()
    {
        session.Run("New-ReportConnection db :memory:").NoErrors();
        dynamic task = Talk("New-ReportTask -Interactive t db -Query 'select 1' -Every 2h -Format Json -Culture de-DE", "", "", "", "Yes")
            .Single();
        Assert.Equal(("t", TimeSpan.FromHours(2), "de-DE"), ((string)task.Name, (TimeSpan)task.Every, (string)task.Culture));
    }

    [Theory]
    [InlineData("", "No")]
    [InlineData("-WhatIf", "Yes")]
    public void Nothing_is_stored_unless_the_person_agrees(string more, string answer)
    {
        var result =
            Talk($"New-ReportTask t -Interactive {more} -Query 'select 1' -Format Csv", "", "db", ":memory:", "Never", "", "", answer);
        result.NoErrors();
        Assert.Empty(result.Output);
        Assert.Empty(session.Run("Get-ReportTask; Get-ReportConnection").NoErrors().Output);
    }

    [Fact]
    public void A_database_that_does_not_answer_is_asked_for_again_or_kept()
    {
        dynamic task = Talk("New-ReportTask t -Interactive -Query 'select 1' -Format Csv",
            "", "db", "mysql://127.0.0.1:1/x", "ann", "hunter2", "No", "Server=127.0.0.1;Port=1", "3 MySql", "", "Yes", "Every", "1d", "",
            "", "Yes").Single();
        Assert.Equal("db", (string)task.Connection);
        Assert.Equal("127.0.0.1:1", (string)session.Run("Get-ReportConnection db").Single().Server);
    }

    [Fact]
    public void Without_anybody_at_the_terminal_it_is_an_error()
    {
        var error = session.Run("New-ReportTask -Interactive").Error();
        Assert.Equal("NobodyToAsk,ReportScheduler.Commands.NewReportTaskCommand", error.FullyQualifiedErrorId);
        Assert.Contains("'Name of the report'", error.Exception.Message, StringComparison.Ordinal);
        var process = HostProcess.Run(session.Folder, "-NonInteractive", "-Command", "New-ReportTask -Interactive -StorePath ./x.db");
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("there is no terminal", process.Output + process.Error, StringComparison.Ordinal);
    }

    private PowerShellResult Talk(string script, params string[] answers)
    {
        foreach (var answer in answers)
        {
            session.Answers.Enqueue(answer);
        }

        var result = session.Run(script);
        Assert.True(session.Answers.Count == 0, $"{session.Answers.Count} answers were not asked for: "
            + $"{string.Join('\n', result.HostLines)}\n{string.Join('\n', result.Errors)}");
        return result;
    }
}
