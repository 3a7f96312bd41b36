using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Delivery.Mail;

/// <summary>The built module against a server that offers XOAUTH2 and only that, with tokens of a service on loopback.</summary>
public sealed class MailTokenLoginTests : IDisposable
{
    private const string Office = "https://outlook.office365.com";
    private const string Show =
        "Test-ReportMailServer office | ForEach-Object { \"$($_.Success)|$($_.Mechanism)|$($_.ErrorId)|$($_.Message)\" }";

    private readonly TrustingHost host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public void Mail_is_sent_with_a_token_which_is_fetched_once()
    {
        using var smtp = Server((user, token) => user == "reports@example.com" && host.Tokens.Takes(token, Office));
        var said = host.Run($"{Make(smtp)}; {Show}; (Test-ReportMailServer office -To ada@example.com).SentTo");
        Assert.Equal(["True|XOAUTH2||", "ada@example.com"], said.Split('\n'));
        Assert.Equal(["ada@example.com"], Assert.Single(smtp.Messages).To);
        Assert.Single(host.Tokens.Issued);
        Assert.Single(smtp.Tokens.Distinct());
        Assert.Contains("AUTH XOAUTH2", smtp.Commands);
    }

    [Fact]
    public void A_token_that_ends_between_two_mails_of_a_run_is_renewed()
    {
        host.Tokens.Life = TimeSpan.FromSeconds(2);
        using var smtp = Server((_, token) => host.Tokens.Issued.Any(known => known.Text == token));
        // the first mail of the run is put off, and the next attempt of the same run has another token
        smtp.Answer = line => line == "." && smtp.Tokens.Count == 1 ? "451 4.3.0 try later" : null;
        var said = host.Run($$"""
            {{Make(smtp)}}
            $null = New-ReportConnection c ':memory:'
            $null = New-ReportTask t c -Query 'select 1 as a' -To ada@example.com -MailServer office -Retry 3
            $run = Invoke-ReportTask t -WarningAction SilentlyContinue
            if ($run.Outcome -eq 'Delivering') { Start-Sleep -Seconds 2; $run = Send-ReportRun $run.Id -WarningAction SilentlyContinue }
            "$($run.Outcome)"
            """);
        Assert.Equal("Succeeded", said);
        Assert.Single(smtp.Messages);
        Assert.Equal(2, smtp.Tokens.Distinct().Count());
    }

    [Fact]
    public void A_token_from_before_a_permission_was_given_is_fetched_again()
    {
        var isGiven = false;
        using var smtp = Server((_, token) =>
        {
            var taken = isGiven;
            isGiven = true;
            return taken;
        });
        Assert.StartsWith("True|XOAUTH2", host.Run($"{Make(smtp)}; {Show}"), StringComparison.Ordinal);
        Assert.Equal(2, smtp.Tokens.Distinct().Count());
    }

    [Fact]
    public void A_refused_token_is_explained_with_the_commands_that_help()
    {
        using var smtp = Server((_, token) => host.Tokens.Takes(token, Office));
        host.Tokens.Audience = "https://graph.microsoft.com";
        var said = host.Run($"{Make(smtp)}; {Show}");
        Assert.StartsWith("False||MailTokenRefused|", said, StringComparison.Ordinal);
        Assert.Contains($"New-ServicePrincipal -AppId {host.Tokens.Client} -ObjectId", said, StringComparison.Ordinal);
        Assert.Contains("Add-MailboxPermission -Identity reports@example.com", said, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Tokens.Issued.First().Text, said, StringComparison.Ordinal);
        host.Tokens.Roles = ["Mail.Send"];
        said = host.Run(Show);
        Assert.StartsWith("False||MailPermissionMissing|", said, StringComparison.Ordinal);
        Assert.Contains("SMTP.SendAsApp; it has only Mail.Send", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_without_tokens_and_an_identity_without_a_token_are_said_to_be()
    {
        using var smtp = new SmtpServer { Certificate = host.Issue("127.0.0.1"), Login = ("a", "b") };
        Assert.StartsWith("False||MailTokenNotOffered|", host.Run($"{Make(smtp)}; {Show}"), StringComparison.Ordinal);
        host.Tokens.Secret = "another";
        Assert.StartsWith("False||IdentitySecretWrong|", host.Run(Show), StringComparison.Ordinal);
    }

    private SmtpServer Server(Func<string, string, bool> token) => new() { Certificate = host.Issue("127.0.0.1"), Token = token };

    private string Make(SmtpServer smtp) =>
        $"{host.MakeCorp}; $null = New-ReportMailServer office -SmtpHost 127.0.0.1 -Port {smtp.Port} -Security StartTls -Identity corp "
            + "-From 'Reports <reports@example.com>'";
}
