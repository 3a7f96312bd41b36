using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Hosting;

/// <summary>What registering finds out about the account that will run the tasks: vaults, registrations of others.</summary>
public sealed class AccountTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-account-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    // open in the session of who registers, and locked in that of the job
    [InlineData("vault:Night/Text", "is locked for the account")]
    [InlineData("vault:Corp/Other", "has no secret 'Other'")]
    [InlineData("vault:Corp/Text", "passed as")]
    public void A_vault_is_tested_in_a_session_of_the_jobs_own(string reference, string words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the Task Scheduler tests no account");
        using var smtp = new SmtpServer { Login = ("reports", "vault-text-secret"), LoginInTheClear = true };
        // where a user's own modules are
        VaultModule.Write(Path.Combine(folder, ".local", "share", "powershell", "Modules"));
        var variables = new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = Path.Combine(folder, "store", "reports.db"),
            ["XDG_DATA_HOME"] = Path.Combine(folder, ".local", "share") };
        var ended = HostProcess.Run(folder, variables, "-NoProfile", "-NonInteractive", "-Command", $$"""
            Unlock-SecretVault Night
            $null = New-ReportConnection c ':memory:'
            $null = New-ReportMailServer office -SmtpHost 127.0.0.1 -Port {{smtp.Port}} -Security None -From r@example.com -UserName reports -PasswordReference {{reference}}
            $null = New-ReportTask t c -Query 'select 1 as a' -Format Csv -To ada@example.com -MailServer office -Every 1d
            "here: $((Test-ReportMailServer office).Success)"
            "tested: $((Register-ReportScheduledTask t -System Systemd -UnitPath units -PowerShellPath '{{Path.ChangeExtension(BuiltModule.Host, null)}}' -WarningAction SilentlyContinue).Tested -join ' ')"
            """);
        var said = ended.Output + ended.Error;
        Assert.Contains($"here: {!reference.EndsWith("Other", StringComparison.Ordinal)}", said, StringComparison.Ordinal);
        Assert.Contains(words, said.Split("tested: ")[1], StringComparison.Ordinal);
        Assert.DoesNotContain("vault-text-secret", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Registrations_that_another_account_made_are_said_to_be_its_own()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName != "root", "takes root, who registers for another account");
        var store = Path.Combine(folder, "store", "reports.db");
        var registrations = Path.Combine(folder, "store", "registrations");
        Directory.CreateDirectory(registrations);
        File.WriteAllText(Path.Combine(registrations, "t.json"), "{}");
        OtherUser.Try(folder, () =>
        {
            // nobody owns the folder and is not let into it
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(registrations, UnixFileMode.None);
            }

            var problem = Assert.Throws<ReportException>(() => new ReportScheduler.Hosting.RegistrationFolder(store).List());
            Assert.Equal(("RegistrationsDenied", ReportErrorCategory.PermissionDenied, (object)registrations),
                (problem.ErrorId, problem.Category, problem.ErrorTarget));
            Assert.Contains("chown -R", problem.Message, StringComparison.Ordinal);
        });
    }
}
