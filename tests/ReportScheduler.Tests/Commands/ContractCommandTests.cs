using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>What is expected of a result before it is sent.</summary>
public sealed class ContractCommandTests : IDisposable
{
    private const string Good = "select 1 as id, date('now') as day, 10.5 as amount union all select 2, date('now', '-3 days'), 4.5";

    private readonly PowerShellSession session = new();

    public ContractCommandTests() => session.Run(
        "New-ReportConnection mem ':memory:'; New-ReportMailServer pickup -PickupDirectory mail -From r@example.com; "
        + "New-ReportTask t mem -Query $good -Format Csv -To ada@example.com -Owner boss@example.com -TimeZone UTC", new { good = Good })
        .NoErrors();

    public void Dispose() => session.Dispose();

    private string[] Mails => Directory.Exists(Path.Combine(session.Folder, "mail"))
        ? [.. Directory.GetFiles(Path.Combine(session.Folder, "mail")).Select(Unfolded)]
        : [];

    // a long line goes on in the next one
    private static string Unfolded(string path) =>
        File.ReadAllText(path).ReplaceLineEndings("\n").Replace("=\n", "", StringComparison.Ordinal);

    [Theory]
    [InlineData("@{ Columns = 'id:int', 'day:date', 'amount:number' }", 0)]
    [InlineData("@{ Columns = 'id:text'; Total = 'amount >= 0' }", 1)]
    [InlineData("@{ Rows = '0..'; Fresh = 'day >= yesterday' }", 1)]
    public void Columns_without_a_value_may_be_of_every_kind(string expect, int violations)
    {
        foreach (var query in new[] { "select 1 as id, 2 as day, 3 as amount where 0", "select null as id, null as day, null as amount" })
        {
            session.Run($"Set-ReportTask t -Query '{query}' -Expect {expect}").NoErrors();
            var found = session.Run("(Invoke-ReportTask t -NoDelivery).Violations").NoErrors().Output.Select(text => $"{text}").ToList();
            Assert.Equal(violations, found.Count);
            Assert.All(found, text => Assert.Contains("= nothing", text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("@{ Columns = 'id:int', 'day:date', 'amount:number', 'AMOUNT' }", null)]
    [InlineData("@{ Columns = 'id:text' }", "expected 'id' to be text, found int")]
    [InlineData("@{ Columns = 'id:date' }", "expected 'id' to be date, found int")]
    [InlineData("@{ Columns = 'amuont' }", "expected the column 'amuont', found 'id', 'day' and 'amount' (perhaps 'amount' is meant)")]
    [InlineData("@{ Total = 'amuont > 3' }", "expected 'amuont > 3': -Expect asks for the column 'amuont', which the result does not have")]
    [InlineData("@{ Columns = 'price:number' }", "expected the column 'price', found 'id', 'day' and 'amount'")]
    [InlineData("@{ Rows = '1..50000' }", null)]
    [InlineData("@{ Rows = 2 }", null)]
    [InlineData("@{ Rows = '..1' }", "expected ..1 rows, found 2")]
    [InlineData("@{ Rows = '3..' }", "expected 3.. rows, found 2")]
    [InlineData("@{ Rows = 5 }", "expected 5 rows, found 2")]
    [InlineData("@{ Fresh = 'day >= yesterday' }", null)]
    [InlineData("@{ Fresh = 'day > today' }", "expected 'day > today', found max(day) = '")]
    [InlineData("@{ Fresh = 'date >= today' }", "does not have")]
    [InlineData("@{ Total = 'amount = 15' }", null)]
    [InlineData("@{ Total = 'amount > 20' }", "expected 'amount > 20', found total(amount) = 15")]
    [InlineData("@{ Total = 'amount within 20% of last', 'rows within 1 of last' }", null)]
    [InlineData("@{ Rows = '1..'; Total = 'amount > 20', 'max(id) > 5'; Columns = 'x' }", "expected 'max(id) > 5', found max(id) = 2")]
    public void A_report_that_is_not_as_expected_is_held_and_its_owner_hears_why(string expect, string? violation)
    {
        session.Run($"Set-ReportTask t -Expect {expect}").NoErrors();
        var result = session.Run("Invoke-ReportTask t");
        dynamic run = result.Output[0];
        if (violation is null)
        {
            Assert.Empty(result.Errors);
            Assert.Equal(("Succeeded", 0), ((string)run.Outcome.ToString(), ((string[])run.Violations).Length));
            return;
        }

        Assert.Equal(("Held", "ContractViolated"), ((string)run.Outcome.ToString(), (string)run.ErrorId));
        Assert.Contains(violation, (string)run.Error, StringComparison.Ordinal);
        Assert.Equal("ContractViolated,ReportScheduler.Commands.InvokeReportTaskCommand", result.Errors[0].FullyQualifiedErrorId);
        var mail = Assert.Single(Mails);
        Assert.Contains("Subject: HELD: t", mail, StringComparison.Ordinal);
        Assert.Contains("-Release", mail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_held_is_released_by_a_person_and_by_nothing_else()
    {
        session.Run("Set-ReportTask t -Expect @{ Rows = '5..' }; $run = Invoke-ReportTask t -ErrorAction Ignore; Invoke-ReportTask -Due")
            .NoErrors();
        Assert.Single(Mails);
        Assert.Equal("RunBlocked,ReportScheduler.Commands.SendReportRunCommand",
            session.Run("Send-ReportRun $run.Id").Error().FullyQualifiedErrorId);
        Assert.Equal("RunBlocked,ReportScheduler.Commands.SendReportRunCommand",
            session.Run("Send-ReportRun $run.Id -FailedOnly").Error().FullyQualifiedErrorId);
        Assert.Equal("Succeeded", session.Run("Send-ReportRun $run.Id -Release").NoErrors().Single().Outcome.ToString());
        Assert.Contains(Mails, mail => mail.Contains("To: ada@example.com", StringComparison.Ordinal));
        Assert.Equal("RunNotBlocked,ReportScheduler.Commands.SendReportRunCommand",
            session.Run("Send-ReportRun $run.Id -Release").Error().FullyQualifiedErrorId);
    }

    [Fact]
    public void What_is_held_is_no_result_to_compare_with_until_it_is_released()
    {
        session.Run("Set-ReportTask t -KeyColumn id; $null = Invoke-ReportTask t").NoErrors();
        session.Run("Set-ReportTask t -Expect @{ Rows = '..2' } -Query $more; $held = Invoke-ReportTask t -ErrorAction Ignore",
            new { more = Good + " union all select 3, null, 1" }).NoErrors();
        Assert.Equal("Held", session.Run("$held").Single().Outcome.ToString());
        session.Run("Set-ReportTask t -Expect @{ Rows = '..9' }").NoErrors();
        // its reader never saw the new row
        Assert.StartsWith("1 row added, 0 removed and 0 changed",
            (string)session.Run("Invoke-ReportTask t").NoErrors().Single().Changes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_was_not_released_stays_held_until_it_is()
    {
        session.Run("Set-ReportTask t -Query $q -SplitBy who -To '{{ split.key }}@x.org' -Expect @{ Rows = '5..' }; "
            + "$run = Invoke-ReportTask t -ErrorAction Ignore; $null = Send-ReportRun $run.Id -Release -Key n -ErrorAction Ignore",
            new { q = "select 'n' as who, 1 as v union all select 's', 2" }).NoErrors();
        string[] Got() => [.. Mails.Where(mail => mail.Contains("@x.org", StringComparison.Ordinal))];
        Assert.Single(Got());
        Assert.Equal("RunBlocked,ReportScheduler.Commands.SendReportRunCommand",
            session.Run("Send-ReportRun $run.Id -FailedOnly").Error().FullyQualifiedErrorId);
        Assert.Single(Got());
        session.Run("$null = Send-ReportRun $run.Id -Release").NoErrors();
        Assert.Equal(2, Got().Length);
    }

    [Theory]
    [InlineData("Invoke-ReportTask t -Key n", "TaskNotSplit")]
    [InlineData("Set-ReportTask t -SplitBy id -To '{{ split.key }}@x.org'; Invoke-ReportTask t -Key '[n'", "PatternNotUsable")]
    public void A_key_that_cannot_be_meant_is_an_error_and_sends_nothing(string script, string id)
    {
        Assert.StartsWith(id + ",", session.Run(script).Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Mails);
    }

    [Fact]
    public void A_banner_is_sent_with_the_report()
    {
        session.Run("Set-ReportTask t -Expect @{ Rows = '5..' } -OnViolation Banner").NoErrors();
        var run = session.Run("Invoke-ReportTask t").NoErrors();
        Assert.Equal("Succeeded", run.Single().Outcome.ToString());
        Assert.Contains("Attention: this report is not as expected: expected 5.. rows, found 2.", Assert.Single(Mails),
            StringComparison.Ordinal);
    }

    [Theory]
    // what a result that is not as expected says of a condition does not count
    [InlineData("-SendWhen 'rows > 9'")]
    [InlineData("-SendWhen NoRows")]
    public void A_result_that_is_not_as_expected_is_told_whatever_the_condition_says(string condition)
    {
        session.Run($"Set-ReportTask t {condition} -Expect @{{ Rows = '5..8' }}; $run = Invoke-ReportTask t -ErrorAction Ignore")
            .NoErrors();
        Assert.Equal("Held", session.Run("$run.Outcome").Single().ToString());
        session.Run("$null = Send-ReportRun $run.Id -Release").NoErrors();
        Assert.Contains(Mails, mail => mail.Contains("To: ada@example.com", StringComparison.Ordinal));
        Assert.Equal("Succeeded", session.Run($"Set-ReportTask t -OnViolation Banner; (Invoke-ReportTask t).Outcome").NoErrors().Single()
            .ToString());
        Assert.Contains(Mails, mail => mail.Contains("Attention: this report is not as expected: expected 5..8 rows, found 2.",
            StringComparison.Ordinal));
        Assert.Equal("NotNeeded", session.Run($"Set-ReportTask t -Expect @{{ Rows = 2 }}; (Invoke-ReportTask t).Outcome").NoErrors()
            .Single().ToString());
    }

    [Fact]
    public void The_mails_of_the_parts_say_what_is_not_as_expected()
    {
        session.Run("Set-ReportTask t -SplitBy id -To '{{ split.key }}@x.org' -Expect @{ Rows = '5..' } -OnViolation Banner "
            + "-SendWhen 'rows > 9'; $null = Invoke-ReportTask t").NoErrors();
        Assert.Equal(2, Mails.Length);
        Assert.All(Mails, mail => Assert.Contains("Attention: this report is not as expected: expected 5.. rows, found 2.", mail,
            StringComparison.Ordinal));
        session.Run("Set-ReportTask t -OnViolation Block; $held = Invoke-ReportTask t -ErrorAction Ignore").NoErrors();
        Assert.Equal("Held", session.Run("$held.Outcome").Single().ToString());
        session.Run("$null = Send-ReportRun $held.Id -Release").NoErrors();
        Assert.Equal(2, session.Run("(Get-ReportRun -Id $held.Id).Deliveries | Where-Object Key | Where-Object State -eq Sent").NoErrors()
            .Output.Count);
    }

    [Fact]
    public void Totals_are_held_against_the_last_result_that_was_delivered()
    {
        session.Run("Set-ReportTask t -Expect @{ Total = 'amount within 20% of last' }; $null = Invoke-ReportTask t").NoErrors();
        session.Run("Set-ReportTask t -Query 'select 17 as amount'").NoErrors();
        Assert.Equal("Succeeded", session.Run("Invoke-ReportTask t").NoErrors().Single().Outcome.ToString());
        session.Run("Set-ReportTask t -Query 'select 30 as amount'").NoErrors();
        dynamic held = session.Run("Invoke-ReportTask t").Output[0];
        Assert.Contains("expected 'amount within 20% of last', found total(amount) = 30 after 17", (string)held.Error,
            StringComparison.Ordinal);
        // what was held is not the last; what was released is
        Assert.Equal("Held", ((dynamic)session.Run("Invoke-ReportTask t").Output[0]).Outcome.ToString());
        session.Run("Send-ReportRun $id -Release", new { id = (string)held.Id }).NoErrors();
        Assert.Equal("Succeeded", session.Run("Invoke-ReportTask t").NoErrors().Single().Outcome.ToString());
    }

    [Fact]
    public void A_contract_is_learned_from_the_history()
    {
        Assert.Equal("NothingToLearn,ReportScheduler.Commands.TestReportTaskCommand",
            session.Run("Test-ReportTask t -Learn").Error().FullyQualifiedErrorId);
        session.Run("$null = Invoke-ReportTask t; Set-ReportTask t -Query 'select 1 as id, 5.5 as amount'; $null = Invoke-ReportTask t; "
            + "Set-ReportTask t -Expect (Test-ReportTask t -Learn)").NoErrors();
        Assert.Equal(["1..4", "id:int", "amount:float"],
            session.Run("$e = (Get-ReportTask t).Expect; $e.Rows; $e.Columns").NoErrors().Output.Select(each => $"{each}"));
        Assert.Equal("Succeeded", session.Run("Invoke-ReportTask t").NoErrors().Single().Outcome.ToString());
    }

    [Theory]
    // what the amounts came to, one run after the other; and what is proposed
    [InlineData("10", "amount within 50% of last")]
    [InlineData("10, 10, 10", "amount within 10% of last")]
    [InlineData("100, 110, 104", "amount within 20% of last")]
    [InlineData("10, 30", "amount within 400% of last")]
    [InlineData("0, 30", null)]
    public void The_total_of_a_column_that_is_added_up_is_learned_too(string amounts, string? total)
    {
        session.Run("Set-ReportTask t -Total @{ amount = 'sum' }").NoErrors();
        foreach (var amount in amounts.Split(", "))
        {
            session.Run($"Set-ReportTask t -Query 'select 1 as id, {amount}.0 as amount'; $null = Invoke-ReportTask t").NoErrors();
        }

        session.Run("Set-ReportTask t -Expect (Test-ReportTask t -Learn)").NoErrors();
        Assert.Equal(total is null ? [] : [total],
            session.Run("(Get-ReportTask t).Expect.Total").NoErrors().Output.Where(each => each is not null).Select(each => $"{each}"));
        Assert.Equal("Succeeded", session.Run("Invoke-ReportTask t").NoErrors().Single().Outcome.ToString());
    }

    [Fact]
    public void What_is_held_and_delivered_nowhere_is_released_too()
    {
        session.Run("Set-ReportTask t -To $null -Owner $null -KeyColumn id -Expect @{ Rows = '5..' }; "
            + "$run = Invoke-ReportTask t -ErrorAction Ignore").NoErrors();
        Assert.Equal("RunBlocked,ReportScheduler.Commands.SendReportRunCommand",
            session.Run("Send-ReportRun $run.Id").Error().FullyQualifiedErrorId);
        session.Run("Send-ReportRun $run.Id -Release -WhatIf").NoErrors();
        Assert.Equal("Succeeded", session.Run("Send-ReportRun $run.Id -Release").NoErrors().Single().Outcome.ToString());
        Assert.Equal("Succeeded", session.Run("(Get-ReportTask t).LastOutcome").NoErrors().Single().ToString());
        // it is what the next result is compared with
        session.Run("Set-ReportTask t -Expect $null; $next = Invoke-ReportTask t").NoErrors();
        Assert.StartsWith("0 rows added", $"{session.Run("$next.Changes").NoErrors().Single()}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ Row = 5 }", "ContractPartUnknown")]
    [InlineData("@{ Rows = '5..1' }", "ContractNotUsable")]
    [InlineData("@{ Rows = 'many' }", "ContractNotUsable")]
    [InlineData("@{ Rows = $null }", "ContractNotUsable")]
    [InlineData("@{ Columns = @() }", "ContractNotUsable")]
    [InlineData("@{ Columns = 'id:integr' }", "ContractNotUsable")]
    [InlineData("@{ Columns = ':int' }", "ContractNotUsable")]
    [InlineData("@{ Fresh = 'day' }", "ContractNotUsable")]
    [InlineData("@{ Total = 'amount within' }", "ContractNotUsable")]
    public void A_contract_that_cannot_be_read_is_told_when_the_task_is_made(string expect, string id) =>
        Assert.StartsWith(id + ",", session.Run($"Set-ReportTask t -Expect {expect}").Error().FullyQualifiedErrorId,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Total = 'amount within'", "'amount within 20% of last'")]
    [InlineData("Total = 'amount within of last'", "'amount within 20% of last'")]
    [InlineData("Total = 'median(amount) within 5% of last'", "'amount within 20% of last'")]
    [InlineData("Fresh = 'day'", "'day >= yesterday'")]
    public void What_is_wrong_with_a_part_of_a_contract_is_told_with_the_way_it_is_written(string part, string form)
    {
        var message = session.Run($"Set-ReportTask t -Expect @{{ {part} }}").Error().Exception.Message;
        Assert.StartsWith($"-Expect cannot have {part}: ", message, StringComparison.Ordinal);
        Assert.EndsWith($"{form}.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("HasRows", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_is_exported_and_imported_and_held_against_the_columns_by_a_test()
    {
        session.Run("Set-ReportTask t -Expect @{ Columns = 'id:int', 'gone'; Rows = '1..5' } -OnViolation Banner; "
            + "Export-ReportTask t -Path ./x.json; Remove-ReportTask t -Force; Import-ReportTask ./x.json").NoErrors();
        Assert.Equal(["1..5", "id:int", "gone", "Banner"], session
            .Run("$t = Get-ReportTask t; $t.Expect.Rows; $t.Expect.Columns; $t.OnViolation").NoErrors().Output.Select(each => $"{each}"));
        Assert.Contains(session.Run("Test-ReportTask t | ForEach-Object Message").Output,
            message => $"{message}".Contains("expected the column 'gone'", StringComparison.Ordinal));
    }
}
