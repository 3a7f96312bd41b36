using System.Net;
using System.Net.Sockets;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Store.PostgreSql;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Stores;

/// <summary>A store in PostgreSQL as people use it: through the built module, from two machines.</summary>
public sealed class SharedStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly PostgreSqlStoreDatabase database = new();

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    public static TheoryData<string, string> Refused => new()
    {
        // another kind of database, or none
        { "oracle://reports@db/reports", "StoreSchemeUnknown" },
        { "https://db/reports", "StoreSchemeUnknown" },
        // a secret that everybody would see
        { "postgresql://reports:s3cret@db/reports", "StorePasswordInAddress" },
        { "postgresql://reports@db/reports?password=s3cret", "StorePasswordInAddress" },
        { "POSTGRES://:s3cret@db/reports", "StorePasswordInAddress" },
        { "mysql://reports:s3cret@db/reports", "StorePasswordInAddress" },
        { "mariadb://reports@db/reports?password=s3cret", "StorePasswordInAddress" },
        { "SQLServer://sa:s3cret@db/reports", "StorePasswordInAddress" },
        { "mssql://sa@db/reports?password=s3cret", "StorePasswordInAddress" },
        { "postgresql://reports%3As3cret@db/reports", "StorePasswordInAddress" },
        // what drivers take, and no path
        { "Host=db;Username=reports;Password=s3cret;Database=reports", "StoreAddressInvalid" },
        { "Server=tcp:db,1433;User Id=sa;Pwd=s3cret", "StoreAddressInvalid" },
        { "uid=reports; server = db; password=s3cret", "StoreAddressInvalid" },
        // an address and no path of that name
        { "postgresql:/reports@db/reports", "StoreAddressInvalid" },
        { "mysql:reports:s3cret@db/reports", "StoreAddressInvalid" },
        // not whole
        { "mysql://reports@db", "StoreAddressInvalid" },
        { "mysql://reports@db/reports?sslmode=perhaps", "StoreAddressInvalid" },
        { "mariadb://reports@db/reports?pooling=s3cret", "StoreAddressInvalid" },
        { "mssql://sa@db/reports?encrypt=perhaps", "StoreAddressInvalid" },
        { "mssql://sa@db/a/b", "StoreAddressInvalid" },
        { "postgresql://reports@db", "StoreAddressInvalid" },
        { "postgresql://", "StoreAddressInvalid" },
        { "postgresql://db/a/b", "StoreAddressInvalid" },
        { "postgresql://db/reports?sslmode=perhaps", "StoreAddressInvalid" },
        { "postgresql://db/reports?pooling=s3cret", "StoreAddressInvalid" },
        { "postgresql://reports:s3@cret:s3cret@db/reports", "StorePasswordInAddress" },
        { "postgresql://reports@db/reports;password=s3cret", "StoreAddressInvalid" },
        { "mysql://reports@db/reports?sslmode=none;password=s3cret", "StoreAddressInvalid" },
        { "postgresql://reports@db/reports?sslmode=require?password=s3cret", "StoreAddressInvalid" },
        // a reference that leads nowhere
        { "postgresql://reports@127.0.0.1:1/reports?password=env:NOT_SET_ANYWHERE", "StorePasswordNotSet" },
        { "postgresql://reports@127.0.0.1:1/reports?password=file:/not/there", "StorePasswordNotReadable" },
        // nobody answers
        { "postgresql://reports@127.0.0.1:1/reports", "StoreUnreachable" },
        { "mysql://reports@127.0.0.1:1/reports", "StoreUnreachable" },
        { "mssql://sa@127.0.0.1:1/reports", "StoreUnreachable" },
        { "postgresql：//reports:s3cret@db/reports", "StoreAddressInvalid" },
        { "postgresql:／／reports@db/reports", "StoreAddressInvalid" },
        { "mysql∶⁄⁄reports@db/reports", "StoreAddressInvalid" },
    };

    // each says what is wrong with it
    [Theory]
    [InlineData("postgresql://reports@/reports", "its host is no name")]
    [InlineData("postgresql://reports@db1,db2/reports", "its host is no name")]
    [InlineData("postgresql://reports@%2Frun%2Fpostgresql/reports", "its host is no name")]
    [InlineData("postgresql://reports@db/", "it has no database behind the host")]
    [InlineData("postgresql://reports@db?sslmode=require", "it has no database behind the host")]
    [InlineData("postgresql://reports@db/a/b", "its database has a '/'")]
    [InlineData("postgresql://reports@db:99999/reports", "its port is not a number from 1 to 65535")]
    [InlineData("postgresql://reports@db:0/reports", "its port is not")]
    [InlineData("postgresql://reports@[::1]:x/reports", "its port is not")]
    [InlineData("postgresql://reports@db/reports?password", "an option in it has no '='")]
    [InlineData("postgresql://reports@db/reports?password=", "the option 'password' has no value")]
    [InlineData("postgresql://reports@db/reports?password=env:A&PASSWORD=env:A", "the option 'password' has more than one value")]
    [InlineData("postgresql://reports@db/reports#1", "it has a part behind '#'")]
    [InlineData("postgresql://reports@db/reports?password=env:A?sslmode=require", "it has two '?'")]
    [InlineData("postgresql://reports@db/reports%0D", "it has a line end")]
    [InlineData("mysql://reports%00@db/reports", "it has a line end")]
    [InlineData("mysql://reports@db/reports?password=file:/run/a%0A", "it has a line end")]
    public void An_address_that_cannot_be_read_says_what_is_wrong_with_it(string address, string words) =>
        Assert.Contains(words, Assert.Throws<ReportException>(() => DatabaseAddress.Parse(address)).Message, StringComparison.Ordinal);

    // the interface belongs to an address that is of one link
    [Theory]
    [InlineData("postgresql://reports@[::1]/reports", "::1:5432/reports")]
    [InlineData("postgresql://reports@[fe80::1%25eth0]/reports", "fe80::1%eth0:5432/reports")]
    [InlineData("mysql://reports@[::1]:3307/reports", "::1:3307/reports")]
    [InlineData("mssql://DB.example.com/re%20ports", "db.example.com:1433/re ports")]
    public void An_address_says_where_the_store_is(string address, string place) =>
        Assert.Equal(place, DatabaseAddress.Parse(address).Place);

    [Theory]
    [InlineData("postgresql://reports@db/reports?password=file:/run/a+b", "file:/run/a+b")]
    [InlineData("mysql://reports@db/reports?sslmode=none&Password=file:/run/a%20b%26c", "file:/run/a b&c")]
    public void A_file_of_any_name_has_the_password(string address, string reference) =>
        Assert.Equal(reference, DatabaseAddress.Parse(address).PasswordReference);

    // as small images of containers are
    [Theory]
    [InlineData("TZDIR", "/nowhere", "TimeZonesMissing")]
    [InlineData("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1", "LanguagesMissing")]
    public void A_machine_without_time_zones_or_languages_leaves_the_reports_to_the_others(string name, string value, string errorId)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has its zones in the registry");
        Run("web1", """
            $null = New-ReportStore; $null = New-ReportConnection mem ':memory:'
            $null = New-ReportTask Daily mem -Query 'select 1 as a' -Format Csv -Cron '* * * * * *' -TimeZone Europe/Berlin -Culture de-DE
            """);
        var key = Assert.Single(Directory.GetFiles(Path.Combine(folder, "web1"), "*.key", SearchOption.AllDirectories));
        const string Use = "Id { Start-ReportScheduler -UntilIdle -InformationAction Ignore }; Id { Invoke-ReportTask -Due }";
        Assert.Equal([errorId, errorId], Lines(Run("web2", Use, key, (name, value))));
        Assert.Equal("0", database.Scalar("select count(*) from run"));
        Assert.Equal(["Succeeded"], Lines(Run("web1", "(Invoke-ReportTask -Due | Select-Object -First 1).Outcome")));
    }

    // all machines of a store have to read the same text
    [Fact]
    public void What_a_machine_has_for_other_clients_of_PostgreSQL_is_nothing_to_the_store()
    {
        Assert.Equal(["Größe €"], Lines(Run("web1", """
            $env:PGCLIENTENCODING = 'LATIN1'; $env:PGTZ = 'Nowhere'; $env:PGTARGETSESSIONATTRS = 'standby'
            $null = New-ReportStore
            $null = New-ReportTheme 'Größe €'
            (Get-ReportTheme 'größe €').Name
            """)));
        Assert.Equal("Größe €", database.Scalar("select name from named"));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_address_that_is_no_store_is_an_error_without_its_secret_and_makes_no_file(string address, string errorId)
    {
        using var session = new PowerShellSession(folder);
        foreach (var command in new[] { "Get-ReportTask -StorePath $address", "New-ReportStore $address",
            "Get-ReportScheduler -StorePath $address" })
        {
            var error = session.Run(command, new { address }).Error();
            Assert.StartsWith($"{errorId},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", $"{error.TargetObject}", StringComparison.Ordinal);
            // the socket of SqlClient has another opinion
            Assert.DoesNotContain("Success", error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("mssql://sa@127.0.0.1")]
    [InlineData("mysql://reports@127.0.0.1")]
    [InlineData("postgresql://reports@127.0.0.1")]
    public void A_server_of_another_kind_is_a_store_that_cannot_be_used(string address)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                using var caller = await other.AcceptTcpClientAsync();
                await caller.GetStream().WriteAsync("220 mail.example.com ESMTP\r\n"u8.ToArray());
                // until the caller has had enough
                _ = await caller.GetStream().ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false);
            }
        }, TestContext.Current.CancellationToken);
        using var session = new PowerShellSession(folder);
        address = $"{address}:{((IPEndPoint)other.LocalEndpoint).Port}/reports";
        Assert.StartsWith("StoreUnreachable,", session.Run("Get-ReportTask -StorePath $address", new { address }).Error()
            .FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_says_nothing_is_given_up_by_tab_completion_before_the_driver_does()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var session = new PowerShellSession(folder);
        var line = $"Get-ReportTask -StorePath postgresql://reports@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/reports -Name ";
        Assert.Empty(session.Run("(TabExpansion2 $line $line.Length).CompletionMatches", new { line }).NoErrors().Output);
        // the driver has not hung up
        using var caller = silent.AcceptSocket();
        caller.Blocking = false;
        var greeting = new byte[8];
        Assert.Equal(8, caller.Receive(greeting));
        Assert.Equal(SocketError.WouldBlock, Assert.Throws<SocketException>(() => caller.Receive(greeting)).SocketErrorCode);
    }

    [Fact]
    public void A_database_that_is_away_is_asked_by_the_first_check_alone()
    {
        using var away = new TcpListener(IPAddress.Loopback, 0);
        away.Start();
        var calls = 0;
        _ = Task.Run(async () =>
        {
            while (true)
            {
                using var caller = await away.AcceptSocketAsync();
                Interlocked.Increment(ref calls);
            }
        }, TestContext.Current.CancellationToken);
        using var session = new PowerShellSession(folder);
        var address = $"postgresql://reports@127.0.0.1:{((IPEndPoint)away.LocalEndpoint).Port}/reports";
        session.Run("Get-ReportTask -StorePath $address", new { address }).Error();
        var (once, checks) = (calls, session.Run("Test-ReportStore $address | ForEach-Object { \"$($_.Check) $($_.ErrorId)\" }",
            new { address }).NoErrors().Output.Select(check => $"{check}").ToList());
        Assert.Equal(6, checks.Count);
        Assert.All(checks, check => Assert.EndsWith(" StoreUnreachable", check, StringComparison.Ordinal));
        Assert.Equal(2 * once, calls);
    }

    [Fact]
    public void A_database_without_a_store_is_not_updated_into_one() => Assert.Equal(["StoreNotMade", "StoreNotMade", "StoreNotMade"],
        Lines(Run("web1", "Id { Update-ReportStore -WhatIf }; Id { Update-ReportStore }; Id { Get-ReportTask }")));

    [Fact]
    public void A_job_of_the_system_that_would_not_find_the_password_file_says_which_variable_it_lacks()
    {
        Assert.Equal(["True", "False"], Lines(Run("web1", """
            $null = New-ReportStore
            [Environment]::SetEnvironmentVariable('PGPASSFILE', (Resolve-Path .).Path + '/pgpass')
            $place = [uri]($env:REPORTSCHEDULER_STORE -replace '^postgresql', 'http')
            $password = [Environment]::GetEnvironmentVariable(($place.Query -split 'env:')[1])
            Set-Content $env:PGPASSFILE "*:*:*:*:$($password -replace '([:\\])', '\$1')"
            if (-not $IsWindows) { chmod 600 $env:PGPASSFILE }
            foreach ($address in ($env:REPORTSCHEDULER_STORE -split '\?')[0], $env:REPORTSCHEDULER_STORE) {
                $null = Register-ReportScheduledTask -Runner -System Systemd -UnitPath ./units -StorePath $address `
                    -WarningVariable warned -WarningAction Ignore -InformationAction Ignore
                "$warned".Contains('The store reads env:PGPASSFILE')
            }
            """)));
    }

    [Fact]
    public void A_store_that_is_not_empty_takes_no_backup_and_says_so_before_anybody_is_asked()
    {
        Assert.Equal(["StoreNotEmpty", "StoreNotEmpty"], Lines(Run("web1", """
            $null = New-ReportStore
            $null = New-ReportConnection mem 'Data Source=:memory:' -Provider Sqlite
            Backup-ReportStore ./backup
            Id { Restore-ReportStore ./backup -WhatIf }
            Id { Restore-ReportStore ./backup -Confirm:$false }
            """)));
    }

    [Fact]
    public void A_backup_says_what_is_not_in_it()
    {
        const string Warned = "Backup-ReportStore $p -IncludeKeys -WarningVariable warned -WarningAction Ignore; $warned.Message";
        Run("web1", """
            $null = New-ReportStore; $null = New-ReportTheme Plain; $null = New-ReportConnection db 'postgresql://u:s3cret@h/d'
            """);
        Assert.Empty(Lines(Run("web1", "$p = './whole'; " + Warned)));
        // of a version to come
        database.Execute("update named set record = '{\"Footer\": 7}' where kind = 'ReportTheme'");
        Assert.Contains("The report theme 'Plain'", Assert.Single(Lines(Run("web1", "$p = './most'; " + Warned))),
            StringComparison.Ordinal);
        database.Execute("delete from named where kind = 'ReportTheme'");
        Assert.Contains("has no key for the password in it", Assert.Single(Lines(Run("web2", "$p = './other'; " + Warned))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_is_made_once_used_by_two_machines_that_have_its_key_and_a_report_of_one_is_sent_again_by_the_other()
    {
        Assert.Equal(
            ["StoreNotMade", "WhatIf", "StoreNotMade", "Made 6 0", "StoreExists", "Succeeded", "reports.db", "Runner StoreOk",
                "ScriptNotAllowedInDatabase", "Failed ScriptNotAllowedInDatabase", "Succeeded",
                "Test 6 0", "Daily 1"],
            Lines(Run("web1", """
                Id { Get-ReportTask }
                New-ReportStore -WhatIf; 'WhatIf'
                Id { Get-ReportTask }
                $made = New-ReportStore; "Made $($made.Count) $(@($made | Where-Object -Not Success).Count)"
                Id { New-ReportStore }
                $null = New-ReportConnection mem 'Data Source=:memory:' -Provider Sqlite
                $null = New-ReportMailServer post -PickupDirectory $env:MAIL -From r@example.com
                $null = New-ReportTask -Name Daily -Connection mem -Query 'select 1 as one' -Format Csv -To ada@example.com -MailServer post
                (Invoke-ReportTask Daily).Outcome
                Backup-ReportStore ./backup; "$((Get-ChildItem ./backup -Name | Sort-Object) -join ' ')"
                $job = Register-ReportScheduledTask -Runner -UnitPath ./units -WarningVariable warned -WarningAction SilentlyContinue -InformationAction Ignore
                $unit = Get-Content ./units/*.service -Raw
                $isOk = $unit.Contains('postgresql://') -and "$warned".Contains('The address of the store')
                "$($job.Name) $(if ($isOk) { 'StoreOk' } else { "$unit $warned" })"
                Id { Set-ReportSchedulerOption -AllowScript $true }
                $soon = [DateTime]::UtcNow.AddSeconds(2)
                $null = New-ReportTask -Name Scripted -Script { 1 } -Format Csv -At $soon -TimeZone UTC -WarningAction Ignore
                Start-Sleep 3
                $run = Invoke-ReportTask -Due -ErrorAction Ignore | Where-Object TaskName -eq Scripted
                "$($run.Outcome) $($run.ErrorId)"
                (Invoke-ReportTask Scripted).Outcome
                Remove-ReportTask Scripted -Force
                Update-ReportStore
                $test = Test-ReportStore; "Test $($test.Count) $(@($test | Where-Object -Not Success).Count)"
                Get-ReportTask | ForEach-Object { "$($_.Name) $($_.RunCount)" }
                """)));
        var key = Assert.Single(Directory.GetFiles(Path.Combine(folder, "web1"), "*.key", SearchOption.AllDirectories));

        const string Again = "Id { (Invoke-ReportTask Daily -ErrorAction Stop).Outcome }; Id { (Get-ReportRun | Sort-Object StartedAt | "
            + "Select-Object -First 1 | Send-ReportRun -Confirm:$false).Outcome }";
        Assert.Equal(["StoreKeyMissing", "StoreKeyMissing"], Lines(Run("web2", Again)));
        Directory.Delete(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(key))!, "runs"), recursive: true);
        Assert.Equal(["Succeeded", "Succeeded"], Lines(Run("web2", Again, key)));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder, "mail"), "*.eml").Length);
        Assert.All(Directory.GetFiles(Path.Combine(folder, "mail"), "*.eml"), mail => Assert.Contains("Daily",
            Assert.Single(MimeKit.MimeMessage.Load(mail).Attachments).ContentDisposition!.FileName, StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_of_the_system_that_would_not_find_the_key_says_which_variable_it_lacks() => Assert.Equal(["True", "False"],
        new[] { Path.Combine(folder, "keys"), null }.SelectMany(key => Lines(Run(key is null ? "web2" : "web1", """
            if (-not (Test-ReportStore | Where-Object Check -EQ Store).Success) { $null = New-ReportStore }
            $null = Register-ReportScheduledTask -Runner -System Systemd -UnitPath ./units -WarningVariable warned -WarningAction Ignore `
                -InformationAction Ignore
            "$warned".Contains('The store reads env:REPORTSCHEDULER_KEY_FILE')
            """, key))));

    [Fact]
    public void A_login_that_is_refused_fails_the_checks_of_a_store_and_is_no_error_of_the_command()
    {
        database.Make();
        var address = database.Address.Replace("//postgres@", "//nobody@", StringComparison.Ordinal);
        using var session = new PowerShellSession(folder);
        const string Script = "Test-ReportStore $address | ForEach-Object { \"$($_.Check) $($_.Success) $($_.ErrorId)\" }";
        var checks = session.Run(Script, new { address })
            .NoErrors().Output.Select(check => $"{check}").ToList();
        Assert.Equal(["Store", "Write", "Clock", "Replication", "Key", "Files"], checks.Select(check => check.Split(' ')[0]));
        Assert.Equal("Store False StoreDenied", checks[0]);
        Assert.All(checks, check => Assert.Equal("False", check.Split(' ')[1]));
    }

    [Fact]
    public async Task An_older_runner_takes_nothing_when_the_format_is_newer_and_what_is_due_waits()
    {
        database.Make();
        using var runner = HostProcess.Start(folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = database.Address },
            "-Command", "Start-ReportScheduler -For 12s");
        var store = new RelationalStore(DatabaseAddress.Parse(database.Address), Path.Combine(folder, "here"), StoreScope.User);
        while (store.Runners.List().Count == 0)
        {
            Assert.False(runner.HasExited);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        store.PutTask(new ReportTask { Id = "d", Name = "due" }, PutMode.Add, TimeProvider.System.GetUtcNow().AddSeconds(3));
        database.Execute("update meta set value = '99' where name = 'version'");
        var ended = HostProcess.End(runner);
        Assert.Contains("newer ReportScheduler", ended.Output + ended.Error, StringComparison.Ordinal);

        database.Execute($"update meta set value = '{RelationalSchema.Newest}' where name = 'version'");
        Assert.Empty(store.GetRuns(new RunFilter()));
        Assert.True(store.GetEarliestDue() <= store.Clock.GetUtcNow());
    }

    [Fact]
    public void A_format_of_another_version_is_an_error_until_it_is_brought_up_to_date()
    {
        database.Make();
        database.Execute("update meta set value = '99' where name = 'version'");
        Assert.Equal(["StoreTooNew", "StoreTooNew", "StoreTooNew"], Lines(Run("web1",
            "Id { Get-ReportTask }; Id { Start-ReportScheduler -UntilIdle }; Id { Update-ReportStore -WhatIf }")));
    }

    [Fact]
    public void A_new_key_is_brought_to_the_machines_put_to_use_and_the_old_one_thrown_away()
    {
        var (older, newer) = (Convert.ToBase64String(new byte[32]), Convert.ToBase64String(Enumerable.Repeat((byte)9, 32).ToArray()));
        string Ring(string name, params string[] keys)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllLines(path, keys);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return path;
        }

        const string Make = """
            $null = New-ReportStore
            $secret = [PSCredential]::new('ada', (ConvertTo-SecureString hunter2 -AsPlainText -Force))
            $null = New-ReportMailServer post -SmtpHost smtp.example.com -Credential $secret -From r@example.com
            $null = New-ReportMailServer seal -SmtpHost smtp.example.com -From r@example.com -CertificatePath ./seal.pfx `
                -CertificatePassword $secret.Password
            $null = New-ReportConnection db 'Server=db' -Provider SqlServer -Credential $secret
            $null = New-ReportSchedulerKey ci
            (Test-ReportStore | Where-Object Check -eq Key).Message
            """;
        const string Use = "Id { Start-ReportScheduler -UntilIdle -InformationAction Ignore; 'ran' }";
        Assert.Equal(["The key of the passwords can be used here."], Lines(Run("web1", Make, Ring("old", older))));

        var both = Ring("both", "# since today", newer, older);
        const string Db = "from named where kind = 'ReportConnection'";
        var before = database.Scalar($"select record {Db}");
        Assert.Equal(
            ["ran", "The key of the passwords can be used here. The key file has a newer one, which Update-ReportStore puts to use.",
                "4 secrets are protected with the newest key."],
            Lines(Run("web1", Use + """

                (Test-ReportStore | Where-Object Check -eq Key).Message
                Update-ReportStore -WhatIf
                Update-ReportStore -Verbose 4>&1 | ForEach-Object Message | Where-Object { $_ -match 'secrets' }
                Update-ReportStore -Verbose 4>&1 | ForEach-Object Message | Where-Object { $_ -match 'secrets' }
                """, both)));
        Assert.Equal(["StoreKeyMissing"], Lines(Run("web2", Use, Ring("old", older))));
        // one that is written as the keys are changed, and was protected before
        database.Execute($"update named set record = '{before}' where kind = 'ReportConnection'");
        Assert.Equal(
            ["The key of the passwords can be used here. Some are protected with an older one: keep that until Update-ReportStore has "
                + "protected them with this one.",
                "1 secret is protected with the newest key.", "The key of the passwords can be used here."],
            Lines(Run("web1", """
                (Test-ReportStore | Where-Object Check -eq Key).Message
                Update-ReportStore -Verbose 4>&1 | ForEach-Object Message | Where-Object { $_ -match 'secret' }
                (Test-ReportStore | Where-Object Check -eq Key).Message
                """, both)));
        Assert.Equal(["ran"], Lines(Run("web3", Use, Ring("new", newer))));
        Assert.Equal(["KeyRingNotUsable"], Lines(Run("web3", Use, Ring("damaged", newer, "hunter2"))));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(both, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Equal(["KeyFileNotPrivate"], Lines(Run("web3", Use, both)));
        }
    }

    private static string[] Lines(HostProcess process) =>
        [.. (process.ExitCode == 0 ? process.Output : process.Output + process.Error).Split('\n', StringSplitOptions.TrimEntries
            | StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("What if", StringComparison.Ordinal))];

    private HostProcess Run(string machine, string script, string? key = null, params (string Name, string Value)[] more)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, machine)).FullName;
        var variables =
            new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = database.Address, ["MAIL"] = Path.Combine(folder, "mail") };
        if (key is not null)
        {
            variables["REPORTSCHEDULER_KEY_FILE"] = key;
        }

        foreach (var (name, value) in more)
        {
            variables[name] = value;
        }

        const string Start = "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; "
            + "function Id($do) { try { & $do } catch { ($_.FullyQualifiedErrorId -split ',')[0] } }\n";
        return HostProcess.Run(home, variables, "-Command", Start + script);
    }
}
