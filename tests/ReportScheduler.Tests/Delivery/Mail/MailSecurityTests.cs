using System.Diagnostics;
using System.Runtime.CompilerServices;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Delivery.Mail;

public sealed class MailSecurityTests : IDisposable
{
    private const string Variable = "REPORTSCHEDULER_TEST_MAIL_CHILD";
    private const string Password = "s3cret-päss";

    private readonly MailFixture fixture = new();
    private readonly TestAuthority authority = new();

    public void Dispose()
    {
        fixture.Dispose();
        authority.Dispose();
    }

    [Theory]
    [InlineData(MailSecurity.StartTls, false)]
    [InlineData(MailSecurity.Auto, false)]
    [InlineData(MailSecurity.Tls, true)]
    public async Task A_login_over_TLS_works_where_the_computer_trusts_the_authority(MailSecurity security, bool fromStart)
    {
        using var smtp =
            new SmtpServer { Certificate = authority.Issue("127.0.0.1"), TlsFromStart = fromStart, Login = ("reports", Password) };
        Assert.Equal("sent, encrypted: True", await TryInTrustingProcess(smtp, security));
        var mail = Assert.Single(smtp.Messages);
        Assert.Equal(["ada@example.com"], mail.To);
        Assert.Equal("ReportScheduler test mail", mail.Message.Subject);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_without_being_shown()
    {
        using var smtp = new SmtpServer { Certificate = authority.Issue("127.0.0.1"), Login = ("reports", "another") };
        var said = await TryInTrustingProcess(smtp, MailSecurity.StartTls);
        Assert.StartsWith("MailLoginRefused: ", said, StringComparison.Ordinal);
        Assert.Contains("refused the login of 'reports'", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_is_refused_for_now_is_tried_again_later()
    {
        using var smtp = new SmtpServer
        {
            Certificate = authority.Issue("127.0.0.1"),
            Login = ("reports", Password),
            Answer = line => line.StartsWith("AUTH", StringComparison.Ordinal) ? "454 4.7.0 try later" : null,
        };
        Assert.StartsWith("MailRefused (transient): ", await TryInTrustingProcess(smtp, MailSecurity.StartTls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        using var smtp = new SmtpServer { Certificate = authority.Issue("mail.example.com"), Login = ("reports", Password) };
        Assert.StartsWith("MailCertificateNotTrusted: ", await TryInTrustingProcess(smtp, MailSecurity.StartTls), StringComparison.Ordinal);
        Assert.DoesNotContain(smtp.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(MailSecurity.StartTls, false)]
    [InlineData(MailSecurity.Auto, false)]
    [InlineData(MailSecurity.Tls, true)]
    public void A_certificate_of_an_authority_that_nobody_knows_is_refused(MailSecurity security, bool fromStart)
    {
        using var smtp =
            new SmtpServer { Certificate = authority.Issue("127.0.0.1"), TlsFromStart = fromStart, Login = ("reports", Password) };
        Assert.Equal("MailCertificateNotTrusted", Refusal(smtp, security).ErrorId);
    }

    [Fact]
    public void A_password_is_not_sent_in_the_clear_unless_asked()
    {
        using var smtp = new SmtpServer { Login = ("reports", Password), LoginInTheClear = true };
        Assert.Equal("MailLoginNeedsTls", Refusal(smtp, MailSecurity.Auto).ErrorId);
        Assert.Equal("MailTlsNotOffered", Refusal(smtp, MailSecurity.StartTls).ErrorId);
        Assert.DoesNotContain(smtp.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.False(
            MailProbe.Try(WithLogin(smtp, MailSecurity.None), fixture.Store.Secrets, null, fixture.Clock, CancellationToken.None).IsSecure);
    }

    [Fact]
    public void A_server_without_login_is_said_to_have_none()
    {
        using var smtp = new SmtpServer();
        Assert.Equal("MailLoginNotOffered", Refusal(smtp, MailSecurity.None).ErrorId);
    }

    [Fact]
    public void TLS_to_a_port_without_it_is_explained()
    {
        using var smtp = new SmtpServer();
        Assert.Equal("MailTlsFailed", Refusal(smtp, MailSecurity.Tls).ErrorId);
    }

    [Fact]
    public void A_password_may_come_from_an_env_file()
    {
        using var smtp = new SmtpServer { Login = ("reports", Password), LoginInTheClear = true };
        var server = WithLogin(smtp, MailSecurity.None);
        (server.ProtectedPassword, server.PasswordReference) = (null, "env:REPORT_TEST_SMTP_PASSWORD");
        Assert.Equal("ReferenceNotSet", Assert.Throws<ReportException>(() => Try(server)).ErrorId);
        server.EnvFile = fixture.File(".env", $"REPORT_TEST_SMTP_PASSWORD={Password}\n");
        Try(server);
        Assert.Contains("AUTH-OK", smtp.Commands);
    }

    // runs before the test program's own Main, in the process that trusts the authority
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunInstead()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
        {
            return;
        }

        try
        {
            var store = StoreFile.Open(path, StoreScope.User);
            var isSecure = MailProbe.Try(store.MailServers.Find("office")!, store.Secrets, "ada@example.com", TimeProvider.System,
                CancellationToken.None).IsSecure;
            Console.WriteLine($"sent, encrypted: {isSecure}");
        }
        catch (ReportException problem)
        {
            Console.WriteLine($"{problem.ErrorId}{(problem.IsTransient ? " (transient)" : "")}: {problem}");
        }

        Environment.Exit(0);
    }

    private async Task<string> TryInTrustingProcess(SmtpServer smtp, MailSecurity security)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SSL_CERT_FILE is read on Linux; elsewhere an authority is trusted by installing it");
        fixture.Store.MailServers.Put(WithLogin(smtp, security), PutMode.Replace);
        var authorityFile = Path.Combine(fixture.Folder, "authority.pem");
        authority.Save(authorityFile);
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(MailSecurityTests).Assembly.Location);
        }

        start.Environment[Variable] = fixture.Store.Address;
        start.Environment["SSL_CERT_FILE"] = authorityFile;
        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return said.Trim();
    }

    private ReportMailServer WithLogin(SmtpServer smtp, MailSecurity security)
    {
        var server = MailFixture.Server(smtp, security);
        (server.UserName, server.ProtectedPassword) = ("reports", fixture.Store.Secrets.Protect(Password));
        return server;
    }

    private ReportException Refusal(SmtpServer smtp, MailSecurity security)
    {
        var problem = Assert.Throws<ReportException>(() => Try(WithLogin(smtp, security)));
        Assert.DoesNotContain(Password, problem.ToString(), StringComparison.Ordinal);
        return problem;
    }

    private void Try(ReportMailServer server) => MailProbe.Try(server, fixture.Store.Secrets, null, fixture.Clock, CancellationToken.None);
}
