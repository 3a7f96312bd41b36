using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Identities;

/// <summary>Tokens as the built module gets them from a service on loopback.</summary>
public sealed class TokenTests : IDisposable
{
    private const string Show =
        "Test-ReportIdentity corp | ForEach-Object { \"$($_.Success)|$($_.ErrorId)|$($_.Roles -join ',')|$($_.Message)\" }";

    private readonly TrustingHost host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public void An_application_gets_a_token_with_its_secret_and_its_permissions_are_said()
    {
        Assert.Equal("True||SMTP.SendAsApp,Mail.Send|", host.Run($"{host.MakeCorp}; {Show}"));
        var request = Assert.Single(host.Tokens.Requests, request => request.Form.Count > 0);
        Assert.Equal(("client_credentials", "https://outlook.office365.com/.default"), (request.Form["grant_type"], request.Scope));
    }

    [Fact]
    public void The_default_scopes_are_those_of_what_uses_the_identity()
    {
        Assert.Equal("https://database.windows.net/.default https://outlook.office365.us/.default", host.Run($$"""
            {{host.MakeCorp}}
            $null = New-ReportMailServer m -SmtpHost smtp.office365.us -Identity corp -From r@example.com
            $null = New-ReportConnection c -Server x.database.windows.net -Database d -Identity corp
            (Test-ReportIdentity corp | Sort-Object TokenScope).TokenScope -join ' '
            """));
    }

    [Theory]
    [InlineData("pfx")]
    [InlineData("pem")]
    public void A_certificate_signs_and_its_end_is_warned_of(string form)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=reports", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(10));
        var path = Path.Combine(host.Folder, "app." + form);
        File.WriteAllBytes(path, form == "pfx"
            ? certificate.Export(X509ContentType.Pfx, "pfx-password")
            : System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n" + key.ExportEncryptedPkcs8PrivateKeyPem(
                "pfx-password", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))));
        host.Variables["PFX"] = "pfx-password";
        var said = host.Run($"$null = New-ReportIdentity corp -TenantId {host.Tokens.Tenant} -ClientId {host.Tokens.Client} "
            + $"-CertificatePath app.{form} -CertificatePassword env:PFX -AuthorityHost {host.Tokens.Address}; {Show}");
        Assert.Contains("True||SMTP.SendAsApp,Mail.Send|The secret or certificate of the report identity 'corp' ends on ", said,
            StringComparison.Ordinal);
        var request = Assert.Single(host.Tokens.Requests, request => request.Form.ContainsKey("client_assertion"));
        Assert.Equal(host.Tokens.Client, TokenService.Claims(request.Form["client_assertion"]).GetProperty("iss").GetString());
        host.Variables["PFX"] = "another";
        Assert.Contains("CertificateNotUsable", host.Run(Show), StringComparison.Ordinal);
    }

    [Fact]
    public void A_managed_identity_gets_its_token_from_the_app()
    {
        using var app = new TokenService();
        host.Variables["IDENTITY_ENDPOINT"] = app.Address + "/msi/token";
        host.Variables["IDENTITY_HEADER"] = "header-of-the-app";
        Assert.Equal("True||SMTP.SendAsApp,Mail.Send|", host.Run($"$null = New-ReportIdentity corp -ManagedIdentity; {Show}"));
        Assert.Equal("header-of-the-app", Assert.Single(app.Requests).Headers["X-IDENTITY-HEADER"]);
    }

    [Fact]
    public void A_workload_identity_sends_the_token_of_the_cluster()
    {
        File.WriteAllText(Path.Combine(host.Folder, "cluster.jwt"), "cluster-token");
        (host.Variables["AZURE_FEDERATED_TOKEN_FILE"], host.Variables["AZURE_TENANT_ID"],
            host.Variables["AZURE_CLIENT_ID"]) = (Path.Combine(host.Folder, "cluster.jwt"), host.Tokens.Tenant, host.Tokens.Client);
        Assert.Equal("True||SMTP.SendAsApp,Mail.Send|",
            host.Run($"$null = New-ReportIdentity corp -WorkloadIdentity -AuthorityHost {host.Tokens.Address}; {Show}"));
        Assert.Contains(host.Tokens.Requests, request => request.Form.GetValueOrDefault("client_assertion") == "cluster-token");
    }

    [Fact]
    public void A_service_account_signs_for_its_subject()
    {
        using var key = RSA.Create(2048);
        File.WriteAllText(Path.Combine(host.Folder, "key.json"), JsonSerializer.Serialize(new
        {
            type = "service_account",
            client_email = "reports@project.iam.gserviceaccount.com",
            private_key = key.ExportPkcs8PrivateKeyPem(),
            private_key_id = "k1",
            token_uri = host.Tokens.Address + "/token",
        }));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(host.Folder, "key.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Equal("True|||", host.Run("$null = New-ReportIdentity corp -ServiceAccountKeyPath key.json -Subject reports@example.com; "
            + $"{Show.Replace("$($_.Roles -join ',')", "", StringComparison.Ordinal)}"));
        var claims = TokenService.Claims(Assert.Single(host.Tokens.Requests).Form["assertion"]);
        Assert.Equal(("reports@example.com", "https://mail.google.com/"),
            (claims.GetProperty("sub").GetString(), claims.GetProperty("scope").GetString()));
        host.Tokens.Answer = _ =>
            (401,
                """{"error":"unauthorized_client","error_description":"Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested."}""");
        Assert.Contains("IdentityDelegationMissing||The service account 'reports@project.iam.gserviceaccount.com' of the report identity "
            + "'corp' may not act for 'reports@example.com'", host.Run(Show), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7000215, "IdentitySecretWrong", "Give the secret's value, not its id")]
    [InlineData(7000222, "IdentitySecretExpired", "has expired")]
    [InlineData(700016, "IdentityClientUnknown", "Application (client) ID")]
    [InlineData(90002, "IdentityTenantUnknown", "There is no tenant")]
    [InlineData(700027, "IdentityCertificateUnknown", "Upload its public part")]
    [InlineData(65001, "IdentityConsentMissing", "Grant admin consent")]
    [InlineData(500011, "IdentityScopeUnknown", "does not know 'https://outlook.office365.com/.default'")]
    [InlineData(53003, "IdentityBlocked", "Conditional Access")]
    [InlineData(700024, "IdentityClockWrong", "clock")]
    [InlineData(99999, "IdentityRefused", "AADSTS99999")]
    public void A_refusal_is_explained_by_its_code(int code, string id, string words)
    {
        host.Tokens.Answer = request => request.Form.Count > 0 ? TokenService.Refusal(code, "Words of the service.") : null;
        var said = host.Run($"{host.MakeCorp}; {Show}");
        Assert.StartsWith($"False|{id}|", said, StringComparison.Ordinal);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Contains($"AADSTS{code}: Words of the service.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Trace ID", said, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Tokens.Secret, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_is_not_there_or_has_no_certificate_of_trust_is_said_to_be()
    {
        host.Variables["SSL_CERT_FILE"] = "/dev/null";
        var said = host.Run($"{host.MakeCorp}; {Show}");
        Assert.StartsWith("False|IdentityUnreachable|", said, StringComparison.Ordinal);
        Assert.Contains("certificate", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_the_identity_libraries_is_loaded_before_one_is_used()
    {
        const string loaded = "@([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -match "
            + "'^(Azure|Microsoft.Identity|Google)' }).Count";
        var said = host.Run("$null = New-ReportConnection c ':memory:'; $null = New-ReportTask t c -Query 'select 1 as x' -Format Csv; "
            + $"$null = Invoke-ReportTask t; {host.MakeCorp}; {loaded}; $null = Test-ReportIdentity corp; {loaded} -gt 0");
        Assert.Equal(["0", "True"], said.Split('\n', StringSplitOptions.TrimEntries));
    }
}
