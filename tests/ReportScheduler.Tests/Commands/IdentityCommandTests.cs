using System.Text;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class IdentityCommandTests
{
    private const string Secret = "s3cret~of-the-application";
    private const string Application = "-TenantId contoso.com -ClientId 11111111-2222-3333-4444-555555555555";

    [Fact]
    public void An_identity_is_made_listed_changed_and_removed_without_showing_its_secret()
    {
        using var session = new PowerShellSession();
        session.Run("$secret = [System.Net.NetworkCredential]::new('', $plain).SecurePassword", new { plain = Secret });
        session.Run($"New-ReportIdentity corp {Application} -ClientSecret $secret -WhatIf").NoErrors();
        Assert.Empty(session.Run("Get-ReportIdentity").Output);
        var all = session.Run($"New-ReportIdentity corp {Application} -ClientSecret $secret -SecretExpiresAt 2027-05-01 -Verbose")
            .NoErrors();
        dynamic made = all.Output.Single();
        Assert.Equal(("corp", "EntraApplication", "contoso.com", true),
            ((string)made.Name, (string)made.Kind.ToString(), (string)made.TenantId, (bool)made.HasSecret));
        Assert.DoesNotContain(Secret, string.Join('\n', all.Verbose), StringComparison.Ordinal);

        dynamic changed = session.Run("Set-ReportIdentity corp -TenantId fabrikam.com -PassThru").NoErrors().Output.Single();
        Assert.Equal(("fabrikam.com", true, 2027), ((string)changed.TenantId, (bool)changed.HasSecret, (int)changed.SecretExpiresAt.Year));
        Assert.Single(session.Run("Get-ReportIdentity c*").NoErrors().Output);
        Assert.Empty(session.Run("Set-ReportIdentity corp -ClientSecret env:APP_SECRET").NoErrors().Output);
        Assert.Equal("env:APP_SECRET", (string)((dynamic)session.Run("Get-ReportIdentity corp").Single()).SecretReference);
        Assert.DoesNotContain(Secret, File.ReadAllText(session.StorePath, Encoding.Latin1), StringComparison.Ordinal);

        session.Run("New-ReportMailServer office -SmtpHost smtp.office365.com -Identity corp -From r@example.com").NoErrors();
        Assert.StartsWith("IdentityInUse,", session.Run("Remove-ReportIdentity corp").Error().FullyQualifiedErrorId,
            StringComparison.Ordinal);
        session.Run("Remove-ReportIdentity corp -Force -WhatIf").NoErrors();
        Assert.Single(session.Run("Get-ReportIdentity").Output);
        session.Run("Remove-ReportIdentity corp -Force").NoErrors();
        Assert.Empty(session.Run("Get-ReportIdentity").NoErrors().Output);
    }

    [Theory]
    [InlineData("-ManagedIdentity", "ManagedIdentity")]
    [InlineData("-ManagedIdentity -ClientId 11111111-2222-3333-4444-555555555555", "ManagedIdentity")]
    [InlineData("-WorkloadIdentity", "WorkloadIdentity")]
    [InlineData("-AzureDefault", "AzureDefault")]
    [InlineData("-ServiceAccountKeyPath key.json -Subject r@example.com", "GoogleServiceAccount")]
    [InlineData(Application + " -CertificatePath app.pfx -CertificatePassword env:PFX", "EntraApplication")]
    [InlineData(Application + " -CertificateThumbprint 'AB CD'", "EntraApplication")]
    [InlineData(Application + " -ClientSecret ENV:APP_SECRET", "EntraApplication")]
    [InlineData(Application + " -ClientSecret ([pscredential]::new('x', [System.Net.NetworkCredential]::new('', 'y').SecurePassword))",
        "EntraApplication")]
    public void Every_kind_is_made_exported_and_imported_as_it_was(string parameters, string kind)
    {
        using var session = new PowerShellSession();
        dynamic made = session.Run($"New-ReportIdentity i {parameters}").Single();
        Assert.Equal(kind, (string)made.Kind.ToString());
        session.Run("$null = Export-ReportTask defs.json").NoErrors();
        Assert.Contains("made", session.Run("Import-ReportTask defs.json -StorePath ./other/reports.db").NoErrors().HostLines[0],
            StringComparison.OrdinalIgnoreCase);
        Assert.Contains("The same already: 1 report identity",
            string.Join(' ', session.Run("Import-ReportTask defs.json").NoErrors().HostLines), StringComparison.Ordinal);
        dynamic back = session.Run("Get-ReportIdentity i -StorePath ./other/reports.db").Single();
        Assert.Equal((kind, (bool)made.HasSecret, (string?)made.CertificateThumbprint, (string?)made.ServiceAccountKeyPath),
            ((string)back.Kind.ToString(), (bool)back.HasSecret, (string?)back.CertificateThumbprint, (string?)back.ServiceAccountKeyPath));
        // a piped one as well, but for a secret that the store keeps
        if (made.SecretReference is not null || !(bool)made.HasSecret)
        {
            Assert.Equal(kind, (string)((dynamic)session.Run("Get-ReportIdentity i | New-ReportIdentity -StorePath ./third/reports.db")
                .Single()).Kind.ToString());
        }
    }

    [Fact]
    public void An_exported_secret_is_a_reference_and_the_one_in_the_store_stays()
    {
        using var session = new PowerShellSession();
        session.Run("$secret = [System.Net.NetworkCredential]::new('', $plain).SecurePassword", new { plain = Secret });
        session.Run($"New-ReportIdentity corp {Application} -ClientSecret $secret; "
            + "New-ReportMailServer office -SmtpHost h -Identity corp -From r@example.com; Export-ReportTask defs.json").NoErrors();
        var text = File.ReadAllText(Path.Combine(session.Folder, "defs.json"));
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.Contains("\"secretReference\": \"env:REPORT_CORP_SECRET\"", text, StringComparison.Ordinal);
        session.Run("Import-ReportTask defs.json").NoErrors();
        Assert.Null((string?)((dynamic)session.Run("Get-ReportIdentity corp").Single()).SecretReference);
        // with a task that uses it, and without one that does not
        session.Run("New-ReportIdentity unused -ManagedIdentity; New-ReportConnection c ':memory:'; "
            + "New-ReportTask t c -Query 'select 1' -To a@example.com -MailServer office; Export-ReportTask one.json -Name t").NoErrors();
        text = File.ReadAllText(Path.Combine(session.Folder, "one.json"));
        Assert.Contains("\"corp\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("unused", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-ReportIdentity x -ClientId c -ClientSecret env:S", "IdentityNotUsable", "no -TenantId")]
    [InlineData("New-ReportIdentity x -TenantId t -ClientSecret env:S", "IdentityNotUsable", "no -ClientId")]
    [InlineData("New-ReportIdentity x -TenantId t -ClientId c", "IdentityNotUsable", "needs -ClientSecret, -CertificatePath")]
    [InlineData("New-ReportIdentity x -TenantId t -ClientId c -ClientSecret env:S -CertificatePath a.pfx", "IdentityNotUsable",
        "give one of them")]
    [InlineData("New-ReportIdentity x -TenantId 't/../u' -ClientId c -ClientSecret env:S", "IdentityNotUsable",
        "neither an id nor a domain")]
    [InlineData("New-ReportIdentity x -TenantId t -ClientId c -ClientSecret env:S -AuthorityHost http://h", "IdentityNotUsable",
        "https://")]
    [InlineData("New-ReportIdentity x -ManagedIdentity -AzureDefault", "IdentityAmbiguous", "several ways")]
    [InlineData("New-ReportIdentity x -ManagedIdentity -ClientSecret env:S", "IdentityNotUsable", "only an application")]
    [InlineData("New-ReportIdentity x -AzureDefault -Subject a@b.c", "IdentityNotUsable", "Google service accounts only")]
    [InlineData("New-ReportIdentity 'a*b' -ManagedIdentity", "NameNotUsable", "a*b")]
    [InlineData("Set-ReportIdentity nobody -TenantId t", "IdentityNotFound", "nobody")]
    [InlineData("Get-ReportIdentity nobody", "IdentityNotFound", "nobody")]
    [InlineData("Remove-ReportIdentity nobody", "IdentityNotFound", "nobody")]
    [InlineData("Test-ReportIdentity nobody", "IdentityNotFound", "nobody")]
    public void A_wrong_call_is_refused_with_what_is_missing(string script, string id, string words)
    {
        using var session = new PowerShellSession();
        var error = session.Run(script).Error();
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(session.Run("Get-ReportIdentity").Output);
    }

    [Fact]
    public void A_secret_in_plain_text_is_refused_and_not_repeated()
    {
        using var session = new PowerShellSession();
        var error = session.Run($"New-ReportIdentity x {Application} -ClientSecret hunter2-hunter2").Error();
        Assert.Contains("history of the shell", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }
}
