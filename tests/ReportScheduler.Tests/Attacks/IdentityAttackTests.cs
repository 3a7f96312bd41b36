using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Odd tenants and authorities, empty secrets, files that are no certificates, keys
/// that others can read, redirects, huge tokens, wrong clocks.</summary>
public sealed class IdentityAttackTests
{
    private const string Application = "New-ReportIdentity corp -TenantId contoso.com -ClientId 11111111-2222-3333-4444-555555555555 ";

    [Theory]
    [InlineData("New-ReportIdentity corp -TenantId common -ClientId x -ClientSecret env:A", "'common' stands for every tenant")]
    [InlineData("New-ReportIdentity corp -TenantId Organizations -ClientId x -ClientSecret env:A",
        "'Organizations' stands for every tenant")]
    [InlineData("New-ReportIdentity corp -TenantId 'contoso.com/x' -ClientId x -ClientSecret env:A",
        "is neither an id nor a domain of a tenant")]
    [InlineData("New-ReportIdentity corp -TenantId \"contoso.com`n\" -ClientId ' ' -ClientSecret env:A", "it has no -ClientId")]
    [InlineData("New-ReportIdentity corp -TenantId contöso.com -ClientId x -ClientSecret env:A",
        "is neither an id nor a domain of a tenant")]
    [InlineData(Application + "-ClientSecret ([securestring]::new())", "its -ClientSecret is empty")]
    [InlineData(Application + "-ClientSecret ([pscredential]::new('u', [securestring]::new()))", "its -ClientSecret is empty")]
    [InlineData(Application + "-ClientSecret env:A -AuthorityHost http://login.example.com", "is not an address that begins with https://")]
    [InlineData(Application + "-ClientSecret env:A -AuthorityHost https://user:hunter2@login.example.com",
        "has more than a host, such as 'https://login.example.com'")]
    [InlineData(Application + "-ClientSecret env:A -AuthorityHost http://user:hunter2@login.example.com",
        "is not an address that begins with https://")]
    [InlineData(Application + "-ClientSecret env:A -AuthorityHost https://login.example.com/contoso.com",
        "the tenant is given with -TenantId")]
    [InlineData(Application + "-ClientSecret env:A -AuthorityHost 'https://login.example.com?a=hunter2'",
        "the tenant is given with -TenantId")]
    public void What_cannot_be_an_identity_is_refused(string script, string words)
    {
        using var session = new PowerShellSession();
        var error = session.Run(script).Error();
        Assert.StartsWith("IdentityNotUsable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", $"{error} {error.TargetObject}", StringComparison.Ordinal);
        Assert.Empty(session.Run("Get-ReportIdentity").Output);
    }

    [Theory]
    [InlineData("text", "CertificateNotUsable")]
    [InlineData("empty", "CertificateNotUsable")]
    [InlineData("public", "CertificateNotUsable")]
    [InlineData("public pem", "CertificateNotUsable")]
    [InlineData("folder", "Certificate")]
    [InlineData("missing", "CertificateNotFound")]
    [InlineData("wrong password", "CertificateNotUsable")]
    [InlineData("half", "CertificateNotUsable")]
    [InlineData("elliptic", "Identity")]
    public void A_file_that_is_no_certificate_to_sign_with_is_said_to_be(string kind, string id)
    {
        using var host = new TrustingHost();
        var path = Path.Combine(host.Folder, "app.pfx");
        Write(kind, path);
        host.Variables["PFX"] = "pfx-password";
        var said = host.Run($"""
            $null = New-ReportIdentity corp -TenantId {host.Tokens.Tenant} -ClientId {host.Tokens.Client} -CertificatePath app.pfx -CertificatePassword env:PFX -AuthorityHost {host.Tokens.Address}
            Test-ReportIdentity corp | ForEach-Object {"{"} "$($_.Success)|$($_.ErrorId)|$($_.Message)" {"}"}
            """);
        Assert.StartsWith($"False|{id}", said, StringComparison.Ordinal);
        Assert.DoesNotContain("pfx-password", said, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Tokens.Requests, request => request.Form.Count > 0);
    }

    [Theory]
    [InlineData("644", true)]
    [InlineData("604", true)]
    [InlineData("620", true)]
    [InlineData("600", false)]
    [InlineData("640", false)]
    public void A_key_that_others_can_read_is_a_warning(string mode, bool isWarned)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are of Unix");
        using var session = new PowerShellSession();
        var path = Path.Combine(session.Folder, "key.json");
        File.WriteAllText(path, "{}");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        }

        File.CreateSymbolicLink(Path.Combine(session.Folder, "link.json"), path);
        var made = session.Run("$null = New-ReportIdentity google -ServiceAccountKeyPath link.json -Subject r@example.com").NoErrors();
        Assert.Equal(isWarned ? 1 : 0, made.Warnings.Count(warning => warning.Contains("chmod 600", StringComparison.Ordinal)));
        session.Run("""
            $null = New-ReportMailServer m -PickupDirectory mail -From r@example.com -Identity google
            $null = New-ReportConnection c ':memory:'
            $null = New-ReportTask t c -Query 'select 1 as a' -To ada@example.com -MailServer m
            """).NoErrors();
        Assert.Equal(isWarned,
            session.Run("Test-ReportTask t").Warnings.Any(warning => warning.Contains("chmod 600", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("corp")]
    [InlineData("google")]
    public void A_redirect_of_the_token_service_is_not_followed(string identity)
    {
        using var host = new TrustingHost();
        using var thief = new TokenService(host.Issue("127.0.0.1"));
        WriteKey(host);
        host.Tokens.Answer = request => request.Form.Count > 0 ? (302, "{}") : null;
        host.Tokens.Headers = $"Location: {thief.Address}/{thief.Tenant}/oauth2/v2.0/token\r\n";
        var said = host.Run($$"""
            {{host.MakeCorp}}
            $null = New-ReportIdentity google -ServiceAccountKeyPath key.json -Subject r@example.com
            Test-ReportIdentity {{identity}} | ForEach-Object { "$($_.Success)|$($_.ErrorId)|$($_.Message)" }
            """);
        Assert.StartsWith("False|Identity", said, StringComparison.Ordinal);
        Assert.Contains(host.Tokens.Requests, request => request.Form.Count > 0);
        Assert.Empty(thief.Requests);
    }

    [Fact]
    public void A_token_of_100_KB_is_a_token()
    {
        using var host = new TrustingHost();
        using var graph = new GraphServer(host.Issue("127.0.0.1"));
        host.Tokens.Fixed = new string('x', 100_000);
        graph.Takes = token => token.Length == 100_000;
        using var smtp = new SmtpServer { Certificate = host.Issue("127.0.0.1"), Token = (_, token) => token.Length == 100_000 };
        using var responder = new TdsResponder(new Dictionary<string, TdsValue> { ["1"] = TdsValue.Int(1) })
        {
            Federation = ($"{host.Tokens.Address}/{host.Tokens.Tenant}", "https://database.windows.net/", token => token.Length == 100_000),
        };
        var said = host.Run($$"""
            {{host.MakeCorp}}
            $null = New-ReportMailServer office -SmtpHost 127.0.0.1 -Port {{smtp.Port}} -Security StartTls -Identity corp -From reports@example.com
            $null = New-ReportMailServer graph -Graph -Identity corp -From reports@example.com -GraphEndpoint {{graph.Address}}
            $null = New-ReportConnection sql -ConnectionString 'Server=127.0.0.1,{{responder.Port}};Database=test;Encrypt=Optional' -Identity corp
            @(Test-ReportIdentity corp) + (Test-ReportMailServer *) + (Test-ReportConnection sql) | ForEach-Object { "$($_.Success)$($_.ErrorId) $($_.Message)" }
            """);
        Assert.DoesNotContain("xxxx", said, StringComparison.Ordinal);
        Assert.All(said.Split('\n'), line => Assert.StartsWith("True", line, StringComparison.Ordinal));
        Assert.Equal(6, said.Split('\n').Length);
    }

    [Theory]
    [InlineData("""{"access_token":"a.b.c","expires_in":0,"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"a.b.c","expires_in":-5,"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"a.b.c","expires_in":99999999999,"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"","expires_in":3600,"token_type":"Bearer"}""")]
    [InlineData("""{"expires_in":3600}""")]
    [InlineData("""[]""")]
    [InlineData("""<html>Sign in to the hotel</html>""")]
    [InlineData("")]
    public void An_odd_answer_is_a_token_or_an_error_of_the_identity(string json)
    {
        using var host = new TrustingHost();
        WriteKey(host);
        host.Tokens.Answer = request => request.Form.Count > 0 ? (200, json) : null;
        var said = host.Run($$"""
            {{host.MakeCorp}}
            $null = New-ReportIdentity google -ServiceAccountKeyPath key.json -Subject r@example.com
            Test-ReportIdentity * | ForEach-Object { "$($_.Success)|$($_.ErrorId)|$($_.Message)" }
            """);
        Assert.All(said.Split('\n'), line => Assert.Matches("^(True\\|\\||False\\|(Identity|ServiceAccountKey))", line));
        Assert.Equal(2, said.Split('\n').Length);
    }

    private static void WriteKey(TrustingHost host)
    {
        using var key = RSA.Create(2048);
        var path = Path.Combine(host.Folder, "key.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            type = "service_account",
            client_email = "reports@project.iam.gserviceaccount.com",
            private_key = key.ExportPkcs8PrivateKeyPem(),
            token_uri = host.Tokens.Address + "/token",
        }));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static void Write(string kind, string path)
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(100));
        using var key = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate =
            new CertificateRequest("CN=reports", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(from, to);
        using var elliptic = new CertificateRequest("CN=reports", curve, HashAlgorithmName.SHA256).CreateSelfSigned(from, to);
        var pfx = certificate.Export(X509ContentType.Pfx, "pfx-password");
        switch (kind)
        {
            case "missing":
                return;
            case "folder":
                Directory.CreateDirectory(path);
                return;
        }

        File.WriteAllBytes(path, kind switch
        {
            "text" => "certificate"u8.ToArray(),
            "empty" => [],
            "public" => certificate.Export(X509ContentType.Cert),
            "public pem" => System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()),
            "wrong password" => certificate.Export(X509ContentType.Pfx, "another"),
            "half" => pfx[..(pfx.Length / 2)],
            _ => elliptic.Export(X509ContentType.Pfx, "pfx-password"),
        });
    }
}
