using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Delivery.Mail;

public sealed class MailLoginProblemTests : IDisposable
{
    private readonly MailFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    // what Exchange Online and Gmail answer to a login
    [InlineData("AUTH", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. "
        + "Visit https://aka.ms/smtp_auth_disabled for more information.", "MailSmtpAuthSwitchedOff", "switched off for the tenant")]
    [InlineData("AUTH", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. "
        + "Visit https://aka.ms/smtp_auth_disabled for more information.", "MailSmtpAuthSwitchedOff", "switched off for the mailbox")]
    [InlineData("AUTH", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "MailBasicAuthSwitchedOff",
        "New-ReportIdentity")]
    [InlineData("AUTH", "550 5.7.30 Basic authentication is not supported for Client Submission", "MailBasicAuthSwitchedOff",
        "New-ReportIdentity")]
    [InlineData("AUTH", "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "MailLoginRefused",
        "Check user name and password")]
    [InlineData("AUTH", "535 5.7.3 Authentication unsuccessful", "MailLoginRefused", "Check user name and password")]
    // and to a message
    [InlineData("MAIL", "550 5.7.30 Basic authentication is not supported for Client Submission", "MailBasicAuthSwitchedOff",
        "New-ReportIdentity")]
    [InlineData(".", "554 5.2.252 SendAsDenied; reports@example.com not allowed to send as other@example.com", "MailSendAsDenied",
        "Add-RecipientPermission")]
    [InlineData("MAIL", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "MailSendAsDenied",
        "Add-RecipientPermission")]
    [InlineData("MAIL", "550 5.1.8 Bad outbound sender", "MailRefused", "Its answer: ")]
    public void A_refusal_with_a_cure_says_it(string command, string answer, string id, string words)
    {
        using var smtp = new SmtpServer { Login = ("reports", "right"), LoginInTheClear = true,
            Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null };
        var server = MailFixture.Server(smtp);
        (server.UserName, server.ProtectedPassword) = ("reports", fixture.Store.Secrets.Protect("right"));
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal(id, delivery.ErrorId);
        Assert.Contains(words, delivery.Error, StringComparison.Ordinal);
    }
}
