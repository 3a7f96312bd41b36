using System.Management.Automation;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>What comes from CSV files, from JSON and from other commands: it is
/// taken, or refused, or an empty cell; never dropped.</summary>
public sealed class PipedValueTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public PipedValueTests() => session.Run("""
        New-ReportConnection c ':memory:'
        New-ReportMailServer m -PickupDirectory mail -From r@example.com
        """).NoErrors();

    public static TheoryData<string> Definitions => new("New-ReportTask", "Set-ReportTask", "New-ReportConnection", "Set-ReportConnection",
        "New-ReportMailServer", "Set-ReportMailServer");

    public void Dispose() => session.Dispose();

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Every_piped_flag_takes_the_words_of_tables_and_refuses_others(string cmdlet)
    {
        string[] flags = [
            .. session
                .Run(
                    "(Get-Command $cmdlet).Parameters.Values | Where-Object { $_.ParameterType.FullName -match 'Boolean|SwitchParameter' "
                        + "-and $_.Attributes.ValueFromPipelineByPropertyName -contains $true } | ForEach-Object Name",
                    new { cmdlet })
            .NoErrors().Output.Select(name => name.ToString())];
        Assert.True(flags.Length > 0 || !cmdlet.EndsWith("Task", StringComparison.Ordinal), cmdlet);
        // flags of a mail server choose a way to send, which needs values of its own: what they take is tested there
        var isOfMail = cmdlet.EndsWith("MailServer", StringComparison.Ordinal);
        foreach (var flag in flags)
        {
            foreach (var (text, expected) in isOfMail
                ? []
                : new[] { ("True", true), ("false", false), ("yes", true), ("No", false), ("1", true), ("0", false), (" TRUE ", true) })
            {
                // each needs what it works on
                var shape = flag == "NativePivot" ? "Pivot = @{ Rows = 'a'; Columns = 'b'; Function = 'count' }" : "GroupBy = 'a'";
                session.Run($"$shape = @{{ {shape} }}; New-ReportTask t c -Query 'select 1 as a, 2 as b' @shape -Format Csv, Excel "
                    + "-SendWhen HasRows -Force").NoErrors();
                var row = cmdlet == "New-ReportTask"
                    ? $"Name = 't'; Connection = 'c'; Query = 'select 1 as a, 2 as b'; {shape}; Format = 'Excel'; SendWhen = 'HasRows'"
                    : cmdlet == "New-ReportConnection"
                    ? "Name = 't'; ConnectionString = ':memory:'"
                    : "Name = 't'";
                dynamic task = session.Run($"[pscustomobject]@{{ {row}; {flag} = $text }} | {cmdlet} "
                    + $"{(cmdlet.StartsWith("New", StringComparison.Ordinal) ? "-Force" : "-PassThru")}", new { text }).Single();
                // flags of the only dataset are shorthand: the task shows them there
                var member = ((PSObject)task).Properties[flag]
                    ?? PSObject.AsPSObject((object)task.Datasets[0]).Properties[flag];
                Assert.Equal(expected, (bool)member.Value);
            }

            var columns = isOfMail
                ? "Name = 'm'; From = 'r@example.com'"
                : "Name = 't'; Connection = 'c'; ConnectionString = ':memory:'; Query = 'select 1 as a'; Format = 'Excel'";
            var error = session.Run($"[pscustomobject]@{{ {columns}; {flag} = 'perhaps' }} | {cmdlet}").Error();
            Assert.Contains("'perhaps' is neither true nor false", error.Exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void An_empty_cell_is_not_given_whatever_the_parameter(string cmdlet)
    {
        session.Run("New-ReportTask t c -Query 'select 1 as a' -Format Csv -Cron '0 9 * * *' -To a@example.com -Owner o@example.com "
            + "-Retry 5 -Total @{ a = 'sum' } -Delimiter ';' -TimeZone Europe/Paris -Hide a -OnFailure $true").NoErrors();
        var (get, row) = cmdlet[(cmdlet.IndexOf('-') + 1)..] switch
        {
            "ReportTask" => ("Get-ReportTask", "Name = 't'; Connection = 'c'; Query = 'select 1 as a'; Format = 'Csv'"),
            "ReportConnection" => ("Get-ReportConnection", "Name = 'c'; ConnectionString = ':memory:'"),
            _ => ("Get-ReportMailServer", "Name = 'm'; PickupDirectory = 'mail'; From = 'r@example.com'"),
        };
        var name = row[8..9];
        var isNew = cmdlet.StartsWith("New", StringComparison.Ordinal);
        if (isNew)
        {
            session.Run($"[pscustomobject]@{{ {row} }} | {cmdlet} -Force").NoErrors();
        }

        var before = Shown(get, name);
        string[] piped = [.. session.Run("(Get-Command $cmdlet).Parameters.Values | Where-Object { "
            + "$_.Attributes.ValueFromPipelineByPropertyName -contains $true } | ForEach-Object Name", new { cmdlet })
            .Output.Select(parameter => parameter.ToString())
            .Where(parameter => parameter is not ("Credential" or "TaskId") && !row.Contains(parameter + " =", StringComparison.Ordinal))];
        Assert.NotEmpty(piped);
        foreach (var empty in new[] { "''", "' '" })
        {
            session
                .Run($"[pscustomobject]@{{ {(isNew ? row : $"Name = '{name}'")}; "
                    + $"{string.Join("; ", piped.Select(parameter => $"{parameter} = {empty}"))} }} | {cmdlet} {(isNew ? "-Force" : "")}")
                .NoErrors();
            Assert.Equal(before, Shown(get, name));
        }
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'z'; SmtpHost = 'mail.example.com'; From = 'a@example.com'; Port = '' } | New-ReportMailServer")]
    [InlineData("[pscustomobject]@{ Name = 'z'; SmtpHost = 'mail.example.com'; From = 'a@example.com'; "
        + "MaxMessageSize = '' } | New-ReportMailServer")]
    [InlineData("[pscustomobject]@{ Name = 'z'; ConnectionString = ':memory:'; MaxConcurrent = '' } | New-ReportConnection")]
    [InlineData("Get-ReportMailServer m | New-ReportMailServer -Name z")]
    [InlineData("Get-ReportConnection c | New-ReportConnection -Name z")]
    public void A_value_with_a_rule_may_be_missing(string script) => session.Run(script).NoErrors();

    [Theory]
    [InlineData("New-ReportMailServer z -SmtpHost h -From a@example.com -Port 0", "0 is not between 1 and 65535.")]
    [InlineData("New-ReportMailServer z -SmtpHost h -From a@example.com -MaxMessageSize 5", "5 is not 1024 or more.")]
    [InlineData("[pscustomobject]@{ Name = 'z'; ConnectionString = ':memory:'; MaxConcurrent = '1001' } | New-ReportConnection",
        "1001 is not between 0 and 1000.")]
    [InlineData("New-ReportConnection z ':memory:' -PasswordReference hunter2", "A reference to a secret is env:NAME")]
    public void A_value_against_its_rule_is_refused(string script, string words) =>
        Assert.Contains(words, session.Run(script).Error().Exception.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Every = 'soon'", "soon")]
    [InlineData("Timeout = 5", "5")]
    [InlineData("Retry = 'often'", "often")]
    [InlineData("KeepRuns = 'all'", "all")]
    [InlineData("SendWhen = 'Sometimes'", "HasRows")]
    [InlineData("Missed = 'Later'", "RunOnce")]
    [InlineData("Chart = 'Donut'", "Pie")]
    [InlineData("Delimiter = 'comma'", "one character")]
    [InlineData("Total = 'sum of a'", "sum of a")]
    [InlineData("Format = 'Excel, Word'", "Word")]
    [InlineData("At = 'noonish'", "noonish")]
    public void A_piped_value_that_cannot_be_converted_is_an_error(string member, string words)
    {
        var result = session.Run($"[pscustomobject]@{{ Name = 't'; Connection = 'c'; Query = 'select 1 as a'; To = 'a@example.com'; "
            + $"{member} }} | New-ReportTask");
        Assert.Contains(words, result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Excel,Pdf")]
    [InlineData("xlsx; pdf")]
    [InlineData("Excel ;Pdf;")]
    public void Formats_stand_together_in_a_cell(string cell) =>
        Assert.Equal("Excel Pdf", session.Run("[pscustomobject]@{ Name = 't'; Connection = 'c'; Query = 'select 1 as a'; "
            + "Format = $cell } | New-ReportTask | ForEach-Object { \"$($_.Format)\" }", new { cell }).Single().ToString());

    [Fact]
    public void Members_from_JSON_are_tables()
    {
        dynamic task = session.Run("""
            # as ConvertFrom-Json makes it
            [pscustomobject]@{
                Name = 'j'; Connection = 'c'; Query = 'select @p as a, 2 as b'; Format = [object[]]('Excel', 'Csv'); Parameters = [pscustomobject]@{ p = 'today' }
                ColumnFormat = [pscustomobject]@{ a = '0.00' }; ColumnWidth = [pscustomobject]@{ a = 12L }; ColumnHeader = [pscustomobject]@{ a = 'A' }
                Highlight = [pscustomobject]@{ b = 'greater 1 red' }; Total = [pscustomobject]@{ b = 'sum' }; FileName = [pscustomobject]@{ Excel = 'x'; Csv = 'y' }
                TitleRows = $null; Retry = $null; SendWhen = $null; Enabled = $null; Every = $null; Cron = '0 9 * * *'
            } | New-ReportTask
            """).Single();
        Assert.Equal("today", (string)task.Parameters["p"]);
        dynamic a = task.Datasets[0].Columns[0];
        dynamic b = task.Datasets[0].Columns[1];
        Assert.Equal("a 0.00 A 12", $"{a.Name} {a.Format} {a.Header} {a.Width}");
        Assert.Equal("b Sum greater 1 red", $"{b.Name} {b.Total} {b.Highlight[0]}");
        Assert.Equal("y", (string)task.FileName["Csv"]);
        Assert.False((bool)task.TitleRows);
        Assert.True((bool)task.Enabled);
        Assert.Equal(3, (int)task.Retry);
        Assert.Equal("0 9 * * *", (string)task.Cron);
    }

    [Fact]
    public void A_row_changes_what_it_has_a_value_for()
    {
        session.Run("'a', 'b' | ForEach-Object { New-ReportTask $_ c -Query 'select 1 as a' -Format Csv -Owner old@example.com "
            + "-Description old }").NoErrors();
        session.Run("[pscustomobject]@{ Name = 'a'; Owner = 'new@example.com' }, [pscustomobject]@{ Name = 'b'; Description = 'new'; "
            + "Owner = '' } | Set-ReportTask").NoErrors();
        Assert.Equal(["a new@example.com old", "b old@example.com new"], session
            .Run("Get-ReportTask | ForEach-Object { \"$($_.Name) $($_.Owner) $($_.Description)\" }").Output
            .Select(line => line.ToString()));
    }

    [Fact]
    public void An_edited_report_task_is_stored_with_its_edits_and_no_others()
    {
        session.Run("New-ReportTask a c -Query 'select @p as a' -Parameters @{ p = 1 } -Format Csv -Owner old@example.com").NoErrors();
        session.Run("""
            $task = Get-ReportTask a
            Set-ReportTask a -Description 'by another'
            $task.Owner = 'new@example.com'; $task.Parameters['p'] = 2; $task.Name = 'b'; $task.Cron = '0 9 * * *'
            $task | Set-ReportTask -Retry 7
            """).NoErrors();
        dynamic task = session.Run("Get-ReportTask").Single();
        Assert.Equal("b", (string)task.Name);
        Assert.Equal("new@example.com", (string)task.Owner);
        Assert.Equal("by another", (string)task.Description);
        Assert.Equal(2, (int)task.Parameters["p"]);
        Assert.Equal(7, (int)task.Retry);
        Assert.NotNull((object?)task.NextRunAt);
    }

    [Fact]
    public void A_report_task_made_by_hand_says_that_its_members_are_no_changes()
    {
        session.Run("New-ReportTask a c -Query 'select 1 as a' -Format Csv -Owner old@example.com").NoErrors();
        var result =
            session.Run("[ReportScheduler.ReportTask]@{ Name = 'a'; Owner = 'new@example.com' } | Set-ReportTask -Retry 7 -PassThru");
        Assert.Contains("were ignored", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("old@example.com", (string)result.Single().Owner);
    }

    [Theory]
    [InlineData("Get-ReportRun | Invoke-ReportTask -NoDelivery", "new")]
    [InlineData("Get-ReportRun | Test-ReportTask", "new")]
    [InlineData("Get-ReportRun | Disable-ReportTask -PassThru", "new")]
    [InlineData("Get-ReportRun | Enable-ReportTask -PassThru", "new")]
    [InlineData("Get-ReportRun | Get-ReportTask", "new")]
    [InlineData("Get-ReportRun | Get-ReportSchedule", "new")]
    [InlineData("Get-ReportRun | Set-ReportTask -Retry 1 -PassThru", "new")]
    [InlineData("Get-ReportRun | Copy-ReportTask -NewName copy", "copy")]
    [InlineData("'new' | Set-ReportTask -Retry 1 -PassThru", "new")]
    [InlineData("'new' | Copy-ReportTask -NewName copy", "copy")]
    [InlineData("'new' | Get-ReportSchedule", "new")]
    [InlineData("Get-ReportTask | Copy-ReportTask -NewName copy", "copy")]
    [InlineData("Get-ReportTask | Get-ReportTask", "new")]
    [InlineData("Test-ReportTask new | Get-ReportTask", "new")]
    public void Runs_names_and_tasks_are_piped_to_what_works_on_tasks(string pipeline, string name)
    {
        // the run has the name of before
        session.Run("New-ReportTask old c -Query 'select 1 as a' -Format Csv -Cron '0 9 * * *'; Invoke-ReportTask old -NoDelivery; "
            + "Set-ReportTask old -NewName new").NoErrors();
        var names = session.Run($"{pipeline} | ForEach-Object {{ if ($_.TaskName) {{ $_.TaskName }} else {{ $_.Name }} }}")
            .NoErrors().Output.Select(each => each.ToString()).Distinct();
        Assert.Equal(name, Assert.Single(names));
    }

    [Fact]
    public void The_members_of_a_piped_run_are_not_changes_of_its_task()
    {
        session.Run("New-ReportTask a c -Query 'select 1 as a' -Format Csv -TimeZone Europe/Paris; Invoke-ReportTask a -NoDelivery; "
            + "Set-ReportTask a -TimeZone Asia/Tokyo").NoErrors();
        Assert.Equal("Asia/Tokyo", (string)session.Run("Get-ReportRun | Set-ReportTask -Retry 1 -PassThru").Single().TimeZone);
    }

    [Theory]
    [InlineData("Set-ReportTask -Retry 1")]
    [InlineData("Invoke-ReportTask")]
    [InlineData("Disable-ReportTask")]
    public void An_object_without_a_name_is_no_name(string command)
    {
        var error = session.Run($"[pscustomobject]@{{ Foo = 1 }} | {command}").Error();
        Assert.StartsWith("InputObject", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private string Shown(string get, string name) => string.Join('\n', session.Run(
        $"({get} $name).psobject.Properties | Where-Object Name -notmatch 'CreatedAt|NextRunAt|^Id$' | ForEach-Object {{ \"$($_.Name) = "
            + $"$($_.Value) $($_.Value.Keys) $($_.Value.Values)\" }}", new { name }).NoErrors().Output);
}
