using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>-WhatIf says what would happen, and an error that would come.</summary>
public sealed class WhatIfTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public WhatIfTests() => session.Run("""
        New-ReportConnection c ':memory:'
        New-ReportTask due c -Query 'select 1 as a' -Format Csv -Every 1s -Owner old@example.com
        New-ReportMailServer m -SmtpHost smtp.example.com -From a@example.com
        New-ReportTask later c -Query 'select 1 as a' -Format Csv -Cron '0 0 1 1 *'
        """).NoErrors();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Due_lists_what_is_due_and_runs_nothing()
    {
        var line = "";
        // the task is due within a second
        for (var i = 0; i < 100 && !line.Contains("'due'", StringComparison.Ordinal); i++)
        {
            line = string.Join(' ', session.Run("Invoke-ReportTask -Due -WhatIf").HostLines);
            Thread.Sleep(100);
        }

        Assert.Contains("'due' for 20", line, StringComparison.Ordinal);
        Assert.DoesNotContain("later", line, StringComparison.Ordinal);
        Assert.Empty(session.Run("Get-ReportRun").NoErrors().Output);
    }

    [Theory]
    [InlineData("Set-ReportTask due -Owner new@example.com -Retry 7", "owner from 'old@example.com' to 'new@example.com'",
        "retry from the default to 7")]
    [InlineData("Set-ReportTask due -Cron '0 9 * * *'", "cron from nothing to '0 9 * * *'", "every from ")]
    [InlineData("Set-ReportTask due -At '2099-01-01 09:00'", "every from ", "to nothing, at from nothing to '2099-01-01T09:00:00")]
    [InlineData("Set-ReportTask due -Every $null", "every from ", "' to nothing")]
    [InlineData("Set-ReportTask due -NewName other", "name from 'due' to 'other'", "target \"due\"")]
    [InlineData("$t = Get-ReportTask due; $t.Owner = 'edit@example.com'; $t | Set-ReportTask", "to 'edit@example.com'", "owner")]
    [InlineData("Set-ReportTask due -Retry 3", "nothing becomes another", "due")]
    [InlineData("Set-ReportConnection c -ConnectionString 'Data Source=x.db' -InitSql 'select 1' -WarningAction Ignore",
        "connectionString from 'Data Source=:memory:' to ", "initSql from the default to 'select 1'")]
    [InlineData("Set-ReportConnection c -Credential ([pscredential]::new('u', [Net.NetworkCredential]::new('', 'hunter2').SecurePassword))",
        "userName from the default to 'u'", "the password")]
    [InlineData("Set-ReportMailServer m -From new@example.com -Port 26", "from from 'a@example.com' to 'new@example.com'", "port from ")]
    [InlineData("Set-ReportMailServer m -Credential ([pscredential]::new('u', [Net.NetworkCredential]::new('', 'hunter2').SecurePassword))",
        "the password", "target \"m\"")]
    [InlineData("Set-ReportSchedulerOption -KeepRuns 7", "keepRuns from ", " to 7")]
    public void Set_says_what_would_become_another(string command, string first, string second)
    {
        var line = string.Join(' ', session.Run($"{command} -WhatIf").NoErrors().HostLines);
        Assert.Contains(first, line, StringComparison.Ordinal);
        Assert.Contains(second, line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.Equal("old@example.com", (string)session.Run("Get-ReportTask due").Single().Owner);
    }

    [Fact]
    public void Policies_of_a_store_that_is_not_there_make_none()
    {
        session.Run("Set-ReportSchedulerOption -KeepRuns 7 -StorePath ./other/s.db -WhatIf").NoErrors();
        Assert.False(Directory.Exists(Path.Combine(session.Folder, "other")));
    }

    [Theory]
    [InlineData("Remove-ReportSchedulerKey nowhere", "NotFound")]
    [InlineData("New-ReportTask due c -Query 'select 1' -Format Csv", "NameTaken")]
    [InlineData("New-ReportTask n nowhere -Query 'select 1' -Format Csv", "ConnectionNotFound")]
    [InlineData("Set-ReportTask due -Connection nowhere", "ConnectionNotFound")]
    [InlineData("Set-ReportTask due -Cron 'never'", "NotASchedule")]
    [InlineData("New-ReportMailServer m -SmtpHost 'a b' -From a@example.com", "MailHostNotUsable")]
    [InlineData("New-ReportMailServer m -SmtpHost smtp.example.com -From nobody", "AddressNotUsable")]
    [InlineData("New-ReportMailServer m -SmtpHost smtp.example.com", "SenderMissing")]
    [InlineData("New-ReportMailServer m -SmtpHost smtp.example.com -PickupDirectory /tmp/none -From a@example.com", "MailServerAmbiguous")]
    [InlineData("Set-ReportConnection c -InitSql \"select 1`0\"", "QueryHasNul")]
    [InlineData("New-ReportConnection n ':memory:' -InitSql \"`0\"", "QueryHasNul")]
    [InlineData("Copy-ReportTask due later", "NameTaken")]
    public void What_would_be_an_error_is_one(string command, string id) =>
        Assert.StartsWith(id, session.Run($"{command} -WhatIf").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
}
