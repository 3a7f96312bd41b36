using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class MailServerCommandTests
{
    private const string Password = "s3cret-password";

    [Fact]
    public void A_mail_server_is_made_listed_changed_and_removed_without_showing_its_password()
    {
        using var session = new PowerShellSession();
        session.Run(
            "$secret = [System.Net.NetworkCredential]::new('', $plain).SecurePassword; $login = [pscredential]::new('reports', $secret)",
            new { plain = Password });
        var all = session
            .Run("New-ReportMailServer office -SmtpHost smtp.example.com -From 'Reports <reports@example.com>' -Credential $login -Verbose")
            .NoErrors();
        dynamic made = all.Output.Single();
        Assert.Equal(("office", "smtp.example.com", 587, "reports", true),
            ((string)made.Name, (string)made.SmtpHost, (int)made.Port, (string)made.UserName, (bool)made.HasPassword));
        Assert.DoesNotContain(Password, string.Join('\n', all.Verbose), StringComparison.Ordinal);

        dynamic changed = session.Run("Set-ReportMailServer office -Port 465 -Security Tls -PassThru").NoErrors().Output.Single();
        Assert.Equal((465, "Tls", "reports", true),
            ((int)changed.Port, (string)changed.Security.ToString(), (string)changed.UserName, (bool)changed.HasPassword));
        Assert.Single(session.Run("Get-ReportMailServer off*").NoErrors().Output);
        Assert.DoesNotContain(Password, File.ReadAllText(session.StorePath, System.Text.Encoding.Latin1), StringComparison.Ordinal);

        session.Run("Remove-ReportMailServer office -WhatIf").NoErrors();
        Assert.Single(session.Run("Get-ReportMailServer").Output);
        session.Run("Remove-ReportMailServer office").NoErrors();
        Assert.Empty(session.Run("Get-ReportMailServer").NoErrors().Output);
    }

    [Fact]
    public void A_test_mail_is_sent_to_the_address_and_only_with_To()
    {
        using var session = new PowerShellSession();
        using var smtp = new SmtpServer();
        session.Run("New-ReportMailServer local -SmtpHost 127.0.0.1 -Port $port -Security None -From reports@example.com",
            new { port = smtp.Port }).NoErrors();
        dynamic result = session.Run("Test-ReportMailServer local").NoErrors().Output.Single();
        Assert.Equal((true, false), ((bool)result.Success, (bool)result.IsSecure));
        session.Run("Test-ReportMailServer local -To ada@example.com -WhatIf").NoErrors();
        Assert.Empty(smtp.Messages);
        result = session.Run("Test-ReportMailServer local -To ada@example.com").NoErrors().Output.Single();
        Assert.Equal("ada@example.com", (string)result.SentTo);
        Assert.Equal(["ada@example.com"], Assert.Single(smtp.Messages).To);
    }

    [Fact]
    public void A_server_that_is_down_is_a_result_that_says_what_to_do()
    {
        using var session = new PowerShellSession();
        var smtp = new SmtpServer();
        var port = smtp.Port;
        smtp.Dispose();
        session.Run("New-ReportMailServer down -SmtpHost 127.0.0.1 -Port $port -From reports@example.com", new { port }).NoErrors();
        dynamic result = session.Run("Test-ReportMailServer down").NoErrors().Output.Single();
        Assert.Equal((false, "MailServerUnreachable"), ((bool)result.Success, (string)result.ErrorId));
        Assert.Contains("nothing listens there. Check host, port and firewall", (string)result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-ReportMailServer x -From a@b.c", "MailServerAmbiguous", "x")]
    [InlineData("New-ReportMailServer x -SmtpHost h -From nobody", "AddressNotUsable", "nobody")]
    [InlineData("New-ReportMailServer x -SmtpHost h", "SenderMissing", "x")]
    [InlineData("New-ReportMailServer x -SmtpHost 'smtp example' -From a@b.c", "MailHostNotUsable", "smtp example")]
    [InlineData("New-ReportMailServer x -SmtpHost smtp.example.com:587 -From a@b.c", "MailHostNotUsable", "smtp.example.com:587")]
    [InlineData("New-ReportMailServer x -SmtpHost h -From \"a@b.c`r`nBcc: e@b.c\"", "AddressNotUsable", "a@b.c\r\nBcc: e@b.c")]
    [InlineData("New-ReportMailServer 'a*b' -SmtpHost h -From a@b.c", "NameNotUsable", "a*b")]
    [InlineData("Set-ReportMailServer nobody -Port 25", "MailServerNotFound", "nobody")]
    [InlineData("Get-ReportMailServer nobody", "MailServerNotFound", "nobody")]
    [InlineData("Remove-ReportMailServer nobody", "MailServerNotFound", "nobody")]
    [InlineData("Test-ReportMailServer nobody", "MailServerNotFound", "nobody")]
    public void A_wrong_call_is_refused_with_what_was_given(string script, string id, string target)
    {
        using var session = new PowerShellSession();
        var error = session.Run(script).Error();
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(target, error.TargetObject);
        Assert.Empty(session.Run("Get-ReportMailServer").Output);
    }
}
