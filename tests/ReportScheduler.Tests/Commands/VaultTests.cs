using System.Text;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>References to secrets in vaults and files, for mail servers, connections, identities and keys.</summary>
public sealed class VaultTests : IDisposable
{
    private const string Test = "Test-ReportMailServer office";

    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("vault:Corp/Text", "vault-text-secret")]
    [InlineData("vault:Corp/Secure", "vault-secure-secret")]
    [InlineData("vault:Corp/Login", "vault-login-secret")]
    [InlineData("VAULT:corp/Text", "vault-text-secret")]
    [InlineData("vault:Text", "vault-text-secret")]
    public void A_secret_of_a_vault_is_read_when_it_is_needed(string reference, string secret)
    {
        using var smtp = new SmtpServer { Login = ("reports", secret), LoginInTheClear = true };
        Import();
        MakeOffice(smtp, reference);
        dynamic result = session.Run(Test).Single();
        Assert.Equal((true, "PLAIN", null), ((bool)result.Success, (string)result.Mechanism, (string?)result.Message));
        Assert.DoesNotContain(secret, File.ReadAllText(session.StorePath, Encoding.Latin1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vault:Corp/Other", "VaultSecretNotFound", "has no secret 'Other'")]
    [InlineData("vault:Other/Text", "VaultNotFound", "it has 'Corp' and 'Night'")]
    [InlineData("vault:Night/Text", "VaultLocked", "An unattended run cannot type a password")]
    [InlineData("vault:Corp/Table", "VaultSecretNotText", "is a Hashtable")]
    [InlineData("vault:Corp/Nothing", "VaultSecretEmpty", "is empty in its vault")]
    [InlineData("vault:Absent", "VaultSecretNotFound", "No vault of the account")]
    public void What_is_missing_or_locked_is_an_error_of_its_own(string reference, string id, string words)
    {
        using var smtp = new SmtpServer { Login = ("reports", "x"), LoginInTheClear = true };
        Import();
        MakeOffice(smtp, reference);
        dynamic result = session.Run(Test).Single();
        Assert.Equal((false, id), ((bool)result.Success, (string)result.ErrorId));
        Assert.Contains(words, (string)result.Message, StringComparison.Ordinal);
        Assert.Empty(session.Run("$Error | Where-Object { $_ -match 'secret-secret' }").Output);
    }

    [Fact]
    public void A_store_is_moved_to_a_database_whose_password_is_in_a_vault()
    {
        Import();
        session.Run("$null = New-ReportConnection c ':memory:'").NoErrors();
        var error = session.Run("Copy-ReportStore -Destination 'postgresql://r@127.0.0.1:1/d?password=vault:Corp/Text'").Error();
        Assert.StartsWith("StoreUnreachable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vault:")]
    [InlineData("vault:/Text")]
    [InlineData("vault:Corp/")]
    [InlineData("vault: ")]
    [InlineData("vault:Corp/ ")]
    public void Half_a_reference_is_none(string reference)
    {
        foreach (var script in new[]
        {
            "New-ReportConnection c -ConnectionString 'postgresql://u@h/d' -PasswordReference $reference",
            "New-ReportMailServer m -SmtpHost h -From r@example.com -UserName u -PasswordReference $reference",
            "New-ReportIdentity i -TenantId contoso.com -ClientId x -ClientSecret $reference",
            "New-ReportConnection c -Provider Sqlite -ConnectionString $reference",
        })
        {
            Assert.NotNull(session.Run(script, new { reference }).Error());
        }

        Assert.Empty(session.Run("Get-ReportConnection; Get-ReportMailServer; Get-ReportIdentity").Output);
    }

    [Fact]
    public void Without_a_module_that_is_what_is_said_and_an_unlocked_vault_is_read()
    {
        using var smtp = new SmtpServer { Login = ("reports", "vault-text-secret"), LoginInTheClear = true };
        MakeOffice(smtp, "vault:Night/Text");
        dynamic result = session.Run(Test).Single();
        Assert.Equal("VaultModuleMissing", (string)result.ErrorId);
        Assert.Contains("Install-PSResource Microsoft.PowerShell.SecretManagement", (string)result.Message, StringComparison.Ordinal);
        Import();
        session.Run("Unlock-SecretVault Night").NoErrors();
        Assert.True((bool)((dynamic)session.Run(Test).Single()).Success);
    }

    [Fact]
    public void Reports_on_demand_of_the_runner_and_of_a_due_call_read_the_vault()
    {
        Import();
        session.Run("$null = New-ReportConnection c -Provider Sqlite -ConnectionString vault:Corp/Shop").NoErrors();
        MakeDue("a");
        Assert.Equal("Succeeded", $"{((dynamic)session.Run("Invoke-ReportTask a").Single()).Outcome}");
        Assert.Equal("Succeeded",
            $"{((dynamic)session.Run("Start-ReportScheduler -UntilIdle -InformationAction Ignore").Single()).Outcome}");
        MakeDue("b");
        Assert.Equal("Succeeded", $"{((dynamic)session.Run("Invoke-ReportTask -Due").Single()).Outcome}");
        Assert.Equal("True", $"{((dynamic)session.Run("Test-ReportConnection c").Single()).Success}");

        session.Run("Set-ReportConnection c -ConnectionString vault:Night/Shop").NoErrors();
        MakeDue("d");
        var failed = session.Run("Start-ReportScheduler -UntilIdle -InformationAction Ignore");
        Assert.Equal("VaultLocked", $"{((dynamic)Assert.Single(failed.Output)).ErrorId}");

        void MakeDue(string name)
        {
            session.Run("$null = New-ReportTask $name c -Query 'select 1 as a' -Format Csv -Every 1d", new { name }).NoErrors();
            var store = StoreFile.Open(session.StorePath, StoreScope.User);
            store.PutTask(store.FindTask(name)!, PutMode.Update, TimeProvider.System.GetUtcNow().AddMinutes(-1));
        }
    }

    [Theory]
    [InlineData("file-secret", "file-secret")]
    [InlineData("file-secret\n", "file-secret")]
    [InlineData("file-secret\r\n", "file-secret")]
    [InlineData(" pässword with spaces \n", " pässword with spaces ")]
    public void A_secret_in_a_file_is_read_without_its_line_end(string content, string secret)
    {
        using var smtp = new SmtpServer { Login = ("reports", secret), LoginInTheClear = true };
        var path = Secret("smtp", content);
        MakeOffice(smtp, "file:./smtp");
        Assert.Equal($"file:{path}", (string)((dynamic)session.Run("Get-ReportMailServer office").Single()).PasswordReference);
        Assert.True((bool)((dynamic)session.Run(Test).Single()).Success);
    }

    [Theory]
    [InlineData("644", "SecretFileNotPrivate")]
    [InlineData("640", "SecretFileNotPrivate")]
    [InlineData("604", "SecretFileNotPrivate")]
    [InlineData("600", null)]
    [InlineData("400", null)]
    public void A_file_that_others_can_read_is_refused(string mode, string? id)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are of Unix");
        using var smtp = new SmtpServer { Login = ("reports", "s"), LoginInTheClear = true };
        var path = Secret("smtp", "s");
        // Kubernetes links to the file
        File.CreateSymbolicLink(Path.Combine(session.Folder, "link"), path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        }

        MakeOffice(smtp, "file:./link");
        Assert.Equal(id, (string?)((dynamic)session.Run(Test).Single()).ErrorId);
    }

    [Theory]
    [InlineData("file:./none", "SecretFileNotReadable")]
    [InlineData("file:./empty", "SecretFileNotUsable")]
    [InlineData("file:nothing-of-systemd", "SecretFileNotUsable")]
    public void A_file_without_a_secret_is_refused(string reference, string id)
    {
        using var smtp = new SmtpServer { Login = ("reports", "s"), LoginInTheClear = true };
        Secret("empty", "\n");
        MakeOffice(smtp, reference);
        Assert.Equal(id, (string?)((dynamic)session.Run(Test).Single()).ErrorId);
    }

    [Fact]
    public void A_credential_of_systemd_and_a_key_of_a_vault_are_taken()
    {
        Secret("dwh", "systemd-secret\n");
        var manifest = VaultModule.Write(session.Folder);
        using var smtp = new SmtpServer { Login = ("reports", "systemd-secret"), LoginInTheClear = true };
        var variables = new Dictionary<string, string> { ["CREDENTIALS_DIRECTORY"] = session.Folder, ["PSModulePath"] = session.Folder,
            ["REPORTSCHEDULER_STORE"] = session.StorePath };
        var ended = HostProcess.Run(session.Folder, variables, "-NoProfile", "-NonInteractive", "-Command", $"""
            $null = New-ReportMailServer office -SmtpHost 127.0.0.1 -Port {smtp.Port} -Security None -From r@example.com -UserName reports -PasswordReference file:dwh
            (Test-ReportMailServer office).Success
            Start-ReportScheduler -UntilIdle -Listen http://127.0.0.1:0/ -ApiKey vault:Corp/Text -InformationAction Ignore
            Start-ReportScheduler -UntilIdle -Listen http://127.0.0.1:0/ -ApiKey vault:Corp/None -InformationAction Ignore -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId.Split(',')[0]
            """);
        Assert.Equal("True\nVaultSecretNotFound", (ended.Output + ended.Error).Trim());
        Assert.True(File.Exists(manifest));
    }

    private void Import() => session.Run("Import-Module $manifest", new { manifest = VaultModule.Write(session.Folder) }).NoErrors();

    private void MakeOffice(SmtpServer smtp, string reference) => session.Run(
        "New-ReportMailServer office -SmtpHost 127.0.0.1 -Port $port -Security None -From r@example.com -UserName reports "
            + "-PasswordReference $reference", new { port = smtp.Port, reference }).NoErrors();

    private string Secret(string name, string content)
    {
        var path = Path.Combine(session.Folder, name);
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }
}
