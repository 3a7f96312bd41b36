using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>-WhatIf says what would happen, and an error that would come.</summary>
public sealed class WhatIfTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public WhatIfTests() => session.Run("""
        New-ReportConnection c ':memory:'
        New-ReportTask due c -Query 'select 1 as a' -Format Csv -Every 1s -Owner old@example.com
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
    [InlineData("Set-ReportTask due -Owner new@example.com -Retry 7", "owner from 'old@example.com' to 'new@example.com'", "retry from the default to 7")]
    [InlineData("Set-ReportTask due -Cron '0 9 * * *'", "cron from nothing to '0 9 * * *'", "every from ")]
    [InlineData("Set-ReportTask due -At '2099-01-01 09:00'", "every from ", "to nothing, at from nothing to '2099-01-01T09:00:00")]
    [InlineData("Set-ReportTask due -Every $null", "every from ", "' to nothing")]
    [InlineData("Set-ReportTask due -NewName other", "name from 'due' to 'other'", "target \"due\"")]
    [InlineData("$t = Get-ReportTask due; $t.Owner = 'edit@example.com'; $t | Set-ReportTask", "to 'edit@example.com'", "owner")]
    [InlineData("Set-ReportTask due -Retry 3", "nothing becomes another", "due")]
    public void Set_says_what_would_become_another(string command, string first, string second)
    {
        var line = string.Join(' ', session.Run($"{command} -WhatIf").NoErrors().HostLines);
        Assert.Contains(first, line, StringComparison.Ordinal);
        Assert.Contains(second, line, StringComparison.Ordinal);
        Assert.Equal("old@example.com", (string)session.Run("Get-ReportTask due").Single().Owner);
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
    [InlineData("Copy-ReportTask due later", "NameTaken")]
    public void What_would_be_an_error_is_one(string command, string id) =>
        Assert.StartsWith(id, session.Run($"{command} -WhatIf").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
}
