using System.Security.Cryptography.X509Certificates;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>Logins without a password, in the built module against real servers: Kerberos with Postfix, a certificate, and none.</summary>
public sealed class MailLoginTests : IDisposable
{
    private const string Show =
        "Test-ReportMailServer m -To ann@example.com | ForEach-Object { \"$($_.Success)|$($_.Mechanism)|$($_.ErrorId)\" }";

    private readonly TrustingHost host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public void The_account_logs_in_with_its_Kerberos_ticket_and_without_one_the_error_says_what_it_needs()
    {
        using var kerberos = new KerberosServer();
        var sasl = Directory.CreateDirectory(Path.Combine(kerberos.Folder, "sasl")).FullName;
        File.WriteAllText(Path.Combine(sasl, "smtpd.conf"), $"mech_list: GSSAPI\nkeytab: {kerberos.Keytab}\n");
        using var postfix = new PostfixServer
        {
            Settings = $"""
                myhostname = localhost
                smtpd_sasl_auth_enable = yes
                cyrus_sasl_config_path = {sasl}
                import_environment = MAIL_CONFIG LANG=C KRB5_CONFIG={kerberos.Configuration} KRB5_KTNAME={kerberos.Keytab}
                smtpd_relay_restrictions = permit_sasl_authenticated, reject
                smtpd_recipient_restrictions = permit_sasl_authenticated, reject

                """,
        };
        host.Variables["KRB5_CONFIG"] = kerberos.Configuration;
        host.Variables["KRB5CCNAME"] = $"FILE:{kerberos.Folder}/nothing";
        host.Run($"$null = New-ReportMailServer m -SmtpHost localhost -Port {postfix.Port} -Security None -Integrated -From "
            + "reports@example.com");
        var said = host.Run("Test-ReportMailServer m | ForEach-Object { \"$($_.Success) $($_.ErrorId) $($_.Message)\" }");
        Assert.StartsWith("False MailIntegratedRefused ", said, StringComparison.Ordinal);
        Assert.Contains("kinit", said, StringComparison.Ordinal);
        Assert.Contains("smtp/localhost", said, StringComparison.Ordinal);

        host.Variables["KRB5CCNAME"] = kerberos.Ticket();
        Assert.Equal("True|GSSAPI|", host.Run(Show));
        Assert.Single(postfix.Mails("ann@example.com"));
    }

    [Fact]
    public void A_server_that_knows_the_certificate_of_the_client_takes_its_mail()
    {
        using var smtp = new SmtpServer { Certificate = host.Issue("127.0.0.1"), WantsCertificate = true };
        var pfx = Path.Combine(host.Folder, "client.pfx");
        using (var certificate = host.Issue("reports.example.com"))
        {
            File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pkcs12, "pfx-password"));
        }

        host.Variables["PFX"] = "pfx-password";
        host.Run($"$null = New-ReportMailServer m -SmtpHost 127.0.0.1 -Port {smtp.Port} -Security StartTls -CertificatePath {pfx} "
            + "-CertificatePassword env:PFX -From reports@example.com");
        Assert.Equal("True|client certificate|", host.Run(Show));
        Assert.Equal("CN=reports.example.com", Assert.Single(smtp.ClientCertificates.Distinct()));
        Assert.Single(smtp.Messages);
        host.Variables["PFX"] = "another";
        Assert.Equal("False||CertificateNotUsable", host.Run(Show));
        host.Run("Set-ReportMailServer m -CertificatePath ''");
        Assert.StartsWith("False||", host.Run(Show), StringComparison.Ordinal);
        Assert.Single(smtp.Messages);
    }

    [Fact]
    public void A_relay_without_login_takes_mail_from_nobody_in_particular()
    {
        using var smtp = new SmtpServer();
        host.Run($"$null = New-ReportMailServer m -SmtpHost 127.0.0.1 -Port {smtp.Port} -From reports@example.com");
        Assert.Equal("True|anonymous|", host.Run(Show));
        host.Run("Set-ReportMailServer m -Integrated -Security None");
        Assert.Equal("False||MailIntegratedNotOffered", host.Run(Show));
    }

    [Theory]
    [InlineData("New-ReportMailServer x -SmtpHost h -Integrated -UserName u -From r@example.com", "MailLoginAmbiguous")]
    [InlineData("New-ReportMailServer x -SmtpHost h -Integrated -Identity corp -From r@example.com", "MailLoginAmbiguous")]
    [InlineData("New-ReportMailServer x -PickupDirectory p -Integrated -From r@example.com", "MailOptionNeedsSmtp")]
    [InlineData("New-ReportMailServer x -Graph -Identity corp -CertificatePath c.pfx -From r@example.com", "MailOptionNeedsSmtp")]
    public void A_wrong_call_is_refused(string script, string id)
    {
        using var session = new PowerShellSession();
        session.Run("$null = New-ReportIdentity corp -ManagedIdentity").NoErrors();
        Assert.StartsWith(id + ",", session.Run(script).Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_way_to_log_in_takes_the_place_of_the_one_before()
    {
        using var session = new PowerShellSession();
        session.Run("$null = New-ReportMailServer x -SmtpHost h -UserName u -PasswordReference env:P -From r@example.com; "
            + "Set-ReportMailServer x -Integrated").NoErrors();
        dynamic server = session.Run("Get-ReportMailServer x").Single();
        Assert.Equal((true, null, false), ((bool)server.Integrated, (string?)server.UserName, (bool)server.HasPassword));
        session.Run("Set-ReportMailServer x -UserName u -PasswordReference env:P").NoErrors();
        server = session.Run("Get-ReportMailServer x").Single();
        Assert.Equal((false, "u", true), ((bool)server.Integrated, (string?)server.UserName, (bool)server.HasPassword));
    }
}
