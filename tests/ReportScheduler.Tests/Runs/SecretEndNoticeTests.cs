using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

public sealed class SecretEndNoticeTests
{
    [Fact]
    public void A_secret_that_ends_soon_is_a_warning_and_a_mail_to_the_owner_once_a_week()
    {
        using var session = new PowerShellSession();
        session.Run("""
            $null = New-ReportIdentity corp -TenantId contoso.com -ClientId 11111111-2222-3333-4444-555555555555 -ClientSecret env:APP_SECRET -SecretExpiresAt ([DateTime]::UtcNow.AddDays(10))
            $null = New-ReportMailServer m -PickupDirectory mail -From r@example.com -Identity corp
            $null = New-ReportConnection c ':memory:'
            $null = New-ReportTask t c -Query 'select 1 as a' -To ada@example.com -MailServer m -Owner boss@example.com
            """).NoErrors();
        var tried = session.Run("Test-ReportTask t").NoErrors();
        Assert.Contains(tried.Warnings,
            warning => warning.Contains("t: The secret or certificate of the report identity 'corp' ends on", StringComparison.Ordinal));
        Assert.All(tried.Output, check => Assert.True((bool)((dynamic)check).Success));

        for (var i = 0; i < 2; i++)
        {
            var run = session.Run("Invoke-ReportTask t").NoErrors();
            Assert.Contains(run.Warnings, warning => warning.Contains("in 10 days", StringComparison.Ordinal));
        }

        session.Run("$null = Start-ReportScheduler -UntilIdle -InformationAction Ignore").NoErrors();
        var mails = Directory.GetFiles(Path.Combine(session.Folder, "mail")).Select(File.ReadAllText).ToList();
        Assert.Equal(3, mails.Count);
        var notice = Assert.Single(mails, mail => mail.Contains("boss@example.com", StringComparison.Ordinal));
        Assert.Contains("EXPIRES SOON: t", notice, StringComparison.Ordinal);
        Assert.Contains("Set-ReportIdentity", notice, StringComparison.Ordinal);

        session.Run("Set-ReportIdentity corp -ClientSecret env:NEW_SECRET").NoErrors();
        Assert.Empty(session.Run("Test-ReportTask t").Warnings);
    }
}
