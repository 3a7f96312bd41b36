using System.Text;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>No secret and no token is written anywhere: store, runs, logs, transcript, output, exported definitions.</summary>
public sealed class SecretsNowhereTests : IDisposable
{
    private readonly TrustingHost host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public void No_secret_and_no_token_is_in_any_file_or_output()
    {
        using var smtp = new SmtpServer { Certificate = host.Issue("127.0.0.1"), Token = (_, token) => host.Tokens.Takes(token, "https://outlook.office365.com") };
        VaultModule.Write(host.Folder);
        host.Variables["PSModulePath"] = host.Folder;
        host.Variables["PLAIN_SECRET"] = "pl4in-secret-of-a-mail-server";
        var said = host.Run($$"""
            $VerbosePreference = $DebugPreference = 'Continue'
            {{host.MakeCorp.Replace("env:APP_SECRET", "([System.Net.NetworkCredential]::new('', $env:APP_SECRET).SecurePassword)", StringComparison.Ordinal)}}
            $null = New-ReportMailServer office -SmtpHost 127.0.0.1 -Port {{smtp.Port}} -Security StartTls -Identity corp -From reports@example.com
            $null = New-ReportMailServer old -SmtpHost 127.0.0.1 -Port {{smtp.Port}} -Security StartTls -From reports@example.com -Credential ([pscredential]::new('reports', [System.Net.NetworkCredential]::new('', $env:PLAIN_SECRET).SecurePassword))
            $null = New-ReportMailServer vaulted -SmtpHost 127.0.0.1 -Port {{smtp.Port}} -Security StartTls -From reports@example.com -UserName reports -PasswordReference vault:Corp/Text
            $null = New-ReportConnection c -Provider Sqlite -ConnectionString vault:Corp/Shop
            $null = New-ReportTask t c -Query 'select 1 as a' -Format Csv -To ada@example.com -MailServer office -Every 1d
            $run = Invoke-ReportTask t
            "outcome: $($run.Outcome)"
            $tests = @(Test-ReportIdentity corp) + (Test-ReportTask t) + (Test-ReportMailServer *)
            $all = $tests + $run + (Get-ReportIdentity) + (Get-ReportMailServer) + (Get-ReportConnection) + (Get-ReportTask)
            $all | Format-List * | Out-String -Width 500
            $all | ConvertTo-Json -Depth 8 -WarningAction SilentlyContinue
            Export-ReportTask -Path defs.json
            Start-ReportScheduler -UntilIdle -LogPath logs/runner.log
            Backup-ReportStore backup -ErrorAction SilentlyContinue
            Set-ReportIdentity corp -TenantId unknown.example.com
            Test-ReportIdentity corp | Format-List * | Out-String -Width 500
            $Error | ForEach-Object { $_ | Format-List * -Force | Out-String -Width 500 }
            """);
        Assert.Contains("outcome: Succeeded", said, StringComparison.Ordinal);
        Assert.NotEmpty(host.Tokens.Issued);
        File.WriteAllText(Path.Combine(host.Folder, "said.txt"), said);
        string[] secrets = [host.Tokens.Secret, "pl4in-secret-of-a-mail-server", "vault-text-secret", .. host.Tokens.Issued.Select(token => token.Text), .. host.Tokens.Issued.Select(token => token.Text.Split('.')[^1])];
        var files = Directory.GetFiles(host.Folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("Microsoft.PowerShell.SecretManagement", StringComparison.Ordinal)).ToList();
        Assert.Contains(files, file => file.EndsWith("reports.db", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith(".eml", StringComparison.Ordinal));
        Assert.Contains(files, file => Path.GetFileName(file).StartsWith("runner", StringComparison.Ordinal));
        var found = from file in files
                    let text = File.ReadAllText(file, Encoding.Latin1)
                    from secret in secrets
                    where text.Contains(secret, StringComparison.OrdinalIgnoreCase)
                        || text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), StringComparison.Ordinal)
                        || text.Contains(string.Join('\0', secret.ToCharArray()), StringComparison.Ordinal)
                    select $"{file}: {secret}";
        Assert.Empty(found);
    }
}
