using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ReportScheduler.Tests.Sources.Providers;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>No secret and no token is written anywhere: store, runs, logs, transcript, output, exported definitions.</summary>
public sealed class SecretsNowhereTests : IDisposable
{
    private const string MailPassword = "pl4in-secret-of-a-mail-server";
    private const string OdbcPassword = "0dbc-pwd;of}the{driver";
    private const string PfxPassword = "pfx-p4ssword-of-the-file";

    /// <summary>Shows all that there is, in each form.</summary>
    private const string ShowAll = """
        $all = @($tests) + @($runs) + (Get-ReportIdentity) + (Get-ReportMailServer) + (Get-ReportConnection) + (Get-ReportTask) + (Get-ReportRun) + (Get-ReportSchedulerOption)
        $all | Format-List * -Force | Out-String -Width 500
        $all | ConvertTo-Json -Depth 8 -WarningAction SilentlyContinue
        $all | Export-Clixml all.xml -Depth 8
        Export-ReportTask -Path defs.json
        Start-ReportScheduler -UntilIdle -LogPath logs/runner.log
        Backup-ReportStore backup -ErrorAction SilentlyContinue
        $Error | ForEach-Object { $_ | Format-List * -Force | Out-String -Width 500; $_ | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue; $_.Exception.ToString() }
        """;

    private readonly TrustingHost host = new();
    private readonly RSA key = RSA.Create(2048);

    public void Dispose()
    {
        key.Dispose();
        host.Dispose();
    }

    [Fact]
    public void No_secret_and_no_token_is_in_any_file_or_output()
    {
        using var smtp = new SmtpServer { Certificate = host.Issue("127.0.0.1"),
            Token = (_, token) => host.Tokens.Takes(token, "https://outlook.office365.com") };
        VaultModule.Write(host.Folder);
        host.Variables["PSModulePath"] = host.Folder;
        host.Variables["PLAIN_SECRET"] = MailPassword;
        var said = host.Run($$"""
            $VerbosePreference = $DebugPreference = 'Continue'
            $null = Start-Transcript transcript.txt
            {{host.MakeCorp.Replace("env:APP_SECRET", "([System.Net.NetworkCredential]::new('', $env:APP_SECRET).SecurePassword)", StringComparison.Ordinal)}}
            $null = New-ReportMailServer office -SmtpHost 127.0.0.1 -Port {{smtp.Port}} -Security StartTls -Identity corp -From reports@example.com
            $null = New-ReportMailServer old -SmtpHost 127.0.0.1 -Port {{smtp.Port}} -Security StartTls -From reports@example.com -Credential ([pscredential]::new('reports', [System.Net.NetworkCredential]::new('', $env:PLAIN_SECRET).SecurePassword))
            $null = New-ReportMailServer vaulted -SmtpHost 127.0.0.1 -Port {{smtp.Port}} -Security StartTls -From reports@example.com -UserName reports -PasswordReference vault:Corp/Text
            $null = New-ReportConnection c -Provider Sqlite -ConnectionString vault:Corp/Shop
            $null = New-ReportTask t c -Query 'select 1 as a' -Format Csv -To ada@example.com -MailServer office -Every 1d
            $runs = Invoke-ReportTask t
            "outcome: $($runs.Outcome)"
            $tests = @(Test-ReportIdentity corp) + (Test-ReportTask t) + (Test-ReportMailServer *)
            {{ShowAll}}
            Set-ReportIdentity corp -TenantId unknown.example.com
            Test-ReportIdentity corp | Format-List * | Out-String -Width 500
            $null = Stop-Transcript
            """);
        Assert.Contains("outcome: Succeeded", said, StringComparison.Ordinal);
        Assert.Contains("vault-text-secret", VaultModule.Secrets);
        CheckNowhere(said, [host.Tokens.Secret, MailPassword, .. VaultModule.Secrets]);
        Assert.Contains(Files(), file => file.EndsWith(".eml", StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_of_Google_passwords_of_certificates_and_those_of_ODBC_are_nowhere_either()
    {
        Assert.SkipUnless(OdbcTests.HasDrivers, OdbcTests.NoDriver);
        using var smtp = new SmtpServer { Certificate = host.Issue("127.0.0.1"),
            Token = (_, token) => host.Tokens.Takes(token, "https://mail.google.com/") };
        WriteKeys();
        (host.Variables["WRONG_PFX"], host.Variables["PFX"], host.Variables["ODBC_PWD"], host.Variables["ODBC_BRACED"]) =
            ("wrong-pfx-password", PfxPassword, OdbcPassword, "{" + OdbcPassword.Replace("}", "}}", StringComparison.Ordinal) + "}");
        var said = host.Run($$"""
            $VerbosePreference = $DebugPreference = 'Continue'
            $null = Start-Transcript transcript.txt
            function Secure($text) { [System.Net.NetworkCredential]::new('', $text).SecurePassword }
            $null = New-ReportIdentity google -ServiceAccountKeyPath key.json -Subject reports@example.com
            $null = New-ReportIdentity app -TenantId {{host.Tokens.Tenant}} -ClientId {{host.Tokens.Client}} -CertificatePath app.pfx -CertificatePassword (Secure $env:PFX) -AuthorityHost {{host.Tokens.Address}}
            $null = New-ReportMailServer gmail -SmtpHost 127.0.0.1 -Port {{smtp.Port}} -Security StartTls -Identity google -From reports@example.com
            $null = New-ReportMailServer mutual -SmtpHost 127.0.0.1 -Port {{smtp.Port}} -Security StartTls -CertificatePath app.pfx -CertificatePassword (Secure $env:PFX) -From reports@example.com
            $null = New-ReportConnection lite -Provider Odbc "Driver={SQLite3};Database=lite.db;UID=report;PWD=$env:ODBC_BRACED"
            $null = New-ReportConnection gone -Provider Odbc "DSN=not_here;UID=report;PWD=$env:ODBC_BRACED"
            $null = New-ReportConnection refused -Provider Odbc "Driver={PostgreSQL Unicode};Server=127.0.0.1;Port=1;UID=report;Database=d" -PasswordReference env:ODBC_PWD
            $null = New-ReportConnection broken -Provider Odbc "Server=x;UID=report;PWD=$env:ODBC_BRACED" -ErrorAction SilentlyContinue
            $null = New-Item lite.db -Force
            $null = New-ReportTask t lite -Query 'select 1 as a' -Format Csv -To ada@example.com -MailServer gmail -Every 1d -Verbose -Debug
            $null = 'gone', 'refused' | ForEach-Object { New-ReportTask "t$_" $_ -Query 'select 1 as a' -Format Csv -Retry 0 }
            $runs = @(Invoke-ReportTask t) + @(Invoke-ReportTask tgone, trefused -ErrorAction SilentlyContinue)
            "outcome: $($runs[0].Outcome) $($runs[0].Error)"
            $tests = @(Test-ReportIdentity *) + (Test-ReportTask *) + (Test-ReportMailServer *) + (Test-ReportConnection *)
            {{ShowAll}}
            Set-ReportIdentity app -CertificatePath app.pfx -CertificatePassword (Secure $env:WRONG_PFX)
            Set-ReportIdentity google -Subject other@example.com
            $env:FAIL = 1
            $again = @(Test-ReportIdentity *)
            $again | Format-List * | Out-String -Width 500
            $null = Stop-Transcript
            """);
        Assert.Contains("outcome: Succeeded", said, StringComparison.Ordinal);
        Assert.Contains("OdbcSourceMissing", said, StringComparison.Ordinal);
        Assert.Contains("CertificateNotUsable", said, StringComparison.Ordinal);
        string[] pieces = [.. key.ExportPkcs8PrivateKeyPem().Split('\n').Where(line => line.Length == 64),
            key.ExportPkcs8PrivateKeyPem().Split('\n')[^2]];
        Assert.True(pieces.Length > 20);
        var assertions = host.Tokens.Requests.SelectMany(request => new[] { request.Form.GetValueOrDefault("assertion"),
            request.Form.GetValueOrDefault("client_assertion") }).OfType<string>().ToList();
        Assert.NotEmpty(assertions);
        CheckNowhere(said, [PfxPassword, "wrong-pfx-password", OdbcPassword, OdbcPassword.Replace("}", "}}", StringComparison.Ordinal),
            .. pieces, .. assertions]);
    }

    private void WriteKeys()
    {
        File.WriteAllText(Path.Combine(host.Folder, "key.json"), JsonSerializer.Serialize(new
        {
            type = "service_account",
            client_email = "reports@project.iam.gserviceaccount.com",
            private_key = key.ExportPkcs8PrivateKeyPem(),
            private_key_id = "k1",
            token_uri = host.Tokens.Address + "/token",
        }));
        using var certificate = new CertificateRequest("CN=reports", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(100));
        File.WriteAllBytes(Path.Combine(host.Folder, "app.pfx"), certificate.Export(X509ContentType.Pfx, PfxPassword));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(host.Folder, "key.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetUnixFileMode(Path.Combine(host.Folder, "app.pfx"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>What was written, without the files that the secrets came in.</summary>
    private List<string> Files() => [.. Directory.GetFiles(host.Folder, "*", SearchOption.AllDirectories)
        .Where(file => !file.Contains("Microsoft.PowerShell.SecretManagement", StringComparison.Ordinal)
            && Path.GetFileName(file) is not ("key.json" or "app.pfx"))];

    private void CheckNowhere(string said, IEnumerable<string> secrets)
    {
        File.WriteAllText(Path.Combine(host.Folder, "said.txt"), said);
        Assert.NotEmpty(host.Tokens.Issued);
        string[] all = [.. secrets, .. host.Tokens.Issued.Select(token => token.Text),
            .. host.Tokens.Issued.Select(token => token.Text.Split('.')[^1])];
        var files = Files();
        foreach (var name in new[] { "reports.db", "runner.log", "transcript.txt", "defs.json", "all.xml" })
        {
            Assert.True(files.Exists(file => Path.GetFileName(file)
                .StartsWith(Path.GetFileNameWithoutExtension(name), StringComparison.Ordinal) && new FileInfo(file).Length > 0), name);
        }

        var found = from file in files
                    let text = File.ReadAllText(file, Encoding.Latin1)
                    from secret in all
                    where text.Contains(secret, StringComparison.OrdinalIgnoreCase)
                        || text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), StringComparison.Ordinal)
                        || text.Contains(string.Join('\0', secret.ToCharArray()), StringComparison.Ordinal)
                    select $"{file}: {secret}";
        Assert.Empty(found);
    }
}
