using ReportScheduler.Stores;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class RegisterReportScheduledTaskTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public RegisterReportScheduledTaskTests() => session.Run("""
        New-ReportConnection -Name db -Provider Sqlite -ConnectionString 'Data Source=:memory:'
        New-ReportTask -Name 'Daily sales' -Connection db -Query 'select 1' -Format Csv -Cron '0 9 * * MON-FRI' -TimeZone UTC
        """, null).NoErrors();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Units_are_written_shown_and_removed()
    {
        var result = session.Run("Register-ReportScheduledTask 'Daily sales' -System Systemd -UnitPath units -PowerShellPath /bin/sh");
        result.NoErrors();
        dynamic registered = result.Output.Single();
        Assert.Equal(["Mon,Tue,Wed,Thu,Fri *-*-* 09:00:00 UTC"], (string[])registered.Triggers);
        Assert.StartsWith("4 checks passed as", ((string[])registered.Tested).Single(), StringComparison.Ordinal);
        var units = Directory.GetFiles(Path.Combine(session.Folder, "units")).Order().ToList();
        Assert.Equal([".service", ".timer"], units.Select(Path.GetExtension));
        Assert.Equal(units.Select(Path.GetFileName), ((object[])registered.Files).Select(file => $"{file}"));
        Assert.Empty(Drift());

        session.Run("Set-ReportTask 'Daily sales' -Cron '0 10 * * *'").NoErrors();
        Assert.Equal("The schedule or the settings of 'Daily sales' have changed since it was registered.", Drift().Single());
        session.Run("Register-ReportScheduledTask 'Daily sales' -UnitPath units -PowerShellPath /bin/sh").NoErrors();
        Assert.Empty(Drift());
        File.Delete(units[1]);
        Assert.Equal($"'{units[1]}' is gone.", Drift().Single());

        session.Run("Unregister-ReportScheduledTask 'Daily*' -WhatIf").NoErrors();
        Assert.True(File.Exists(units[0]));
        session.Run("Unregister-ReportScheduledTask 'Daily*'").NoErrors();
        Assert.Empty(Directory.GetFiles(Path.Combine(session.Folder, "units")));
        Assert.Empty(session.Run("Get-ReportScheduledTask").Output);
    }

    [Fact]
    public void What_registers_the_runner_has_a_pair_that_takes_it_back()
    {
        session.Run("Register-ReportScheduledTask -Runner -System Systemd -UnitPath units -PowerShellPath /bin/sh").NoErrors();
        session.Run("Register-ReportScheduledTask -Every 5m -System Systemd -UnitPath units -PowerShellPath /bin/sh").NoErrors();
        session.Run("Unregister-ReportScheduledTask -Runner -WhatIf").NoErrors();
        Assert.Equal(2, session.Run("Get-ReportScheduledTask").NoErrors().Output.Count);
        session.Run("Unregister-ReportScheduledTask -Runner").NoErrors();
        Assert.Equal("Dispatcher", $"{session.Run("(Get-ReportScheduledTask).Name").NoErrors().Single()}");
    }

    [Fact]
    public void The_Task_Scheduler_gets_the_XML_in_this_session_and_the_password_on_no_command_line()
    {
        session.Run("function global:Register-ScheduledTask { param($TaskPath, $TaskName, $Xml, $User, $Password, [switch] $Force) "
            + "$global:given = $PSBoundParameters }").NoErrors();
        var credential =
            new System.Management.Automation.PSCredential(@"SHOP\ann", new System.Net.NetworkCredential("", "s3cret!").SecurePassword);
        var result = session.Run(
            "Register-ReportScheduledTask -Every 5m -System TaskScheduler -PowerShellPath /bin/sh -Credential $credential",
            new { credential });
        var name = (string)result.Single().SystemName;
        Assert.StartsWith("Dispatcher-", name, StringComparison.Ordinal);
        Assert.Equal($"[\\ReportScheduler\\] [{name}] [SHOP\\ann] [s3cret!] [True]",
            session.Run("\"[$($given.TaskPath)] [$($given.TaskName)] [$($given.User)] [$($given.Password)] [$($given.Force)]\"").Output
                .Single().ToString());
        var xml = session.Run("$given.Xml").Output.Single().ToString()!;
        Assert.Contains("<Interval>PT5M</Interval>", xml, StringComparison.Ordinal);
        Assert.Contains("<LogonType>Password</LogonType>", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret",
            xml + string.Concat(Directory.GetFiles(session.Folder, "*.json", SearchOption.AllDirectories).Select(File.ReadAllText)),
            StringComparison.Ordinal);
        Assert.StartsWith(@"Not tested: 'SHOP\ann' runs it", ((string[])((dynamic)result.Output.Single()).Tested).Single(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_shows_the_definition_and_registers_nothing()
    {
        var result = session.Run("Register-ReportScheduledTask -Runner -System TaskScheduler -PowerShellPath /bin/sh -User SYSTEM -WhatIf");
        result.NoErrors();
        Assert.Contains("<BootTrigger>", string.Join('\n', result.HostLines), StringComparison.Ordinal);
        Assert.Empty(session.Run("Get-ReportScheduledTask").Output);
        Assert.Contains("<BootTrigger>",
            session.Run("Register-ReportScheduledTask -Runner -PowerShellPath /bin/sh -User SYSTEM -Xml").Output.Single().ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Runner", "'systemctl --user enable --now report-scheduler-runner-")]
    [InlineData("-Every 1m", "'systemctl --user enable --now report-scheduler-dispatcher-")]
    [InlineData("-Runner -Scope Machine", "'systemctl enable --now report-scheduler-runner-")]
    public void Units_in_a_folder_of_ones_own_are_told_with_what_starts_them_and_when(string what, string command)
    {
        var result = session.Run($"Register-ReportScheduledTask {what} -System Systemd -UnitPath units -PowerShellPath /bin/sh").NoErrors();
        var line = Assert.Single(result.Information);
        Assert.StartsWith($"The files in '{Path.Combine(session.Folder, "units")}' are not started: copy them to '", line,
            StringComparison.Ordinal);
        Assert.Contains(command, line, StringComparison.Ordinal);

        var isOfUser = !what.Contains("Machine", StringComparison.Ordinal)
            && !File.Exists($"/var/lib/systemd/linger/{Environment.UserName}");
        Assert.Equal(isOfUser ? 1 : 0, result.Warnings.Count(warning => warning.EndsWith(
            $"'loginctl enable-linger {Environment.UserName}' has it run from boot on.", StringComparison.Ordinal)));
        if (what.StartsWith("-Runner", StringComparison.Ordinal))
        {
            Assert.Equal([isOfUser ? "at login" : "at boot"], (string[])((dynamic)result.Output.Single()).Triggers);
        }
    }

    [Fact]
    public void A_schedule_that_cannot_be_said_exactly_is_a_warning()
    {
        session.Run("Set-ReportTask 'Daily sales' -Cron '0 9 15W * *'").NoErrors();
        var result = session.Run("Register-ReportScheduledTask 'Daily sales' -System Systemd -UnitPath units -PowerShellPath /bin/sh");
        result.NoErrors();
        Assert.Equal(["'Daily sales' is polled every minute instead of on its own schedule: systemd cannot say its days."],
            Told(result));
        Assert.Empty(Drift());
    }

    [Theory]
    [InlineData("-Every 7m -System Systemd -UnitPath units -PowerShellPath /bin/sh", "IntervalNotHosted", "InvalidArgument",
        "'7m' is not an interval that this system's scheduler keeps.")]
    [InlineData("-Every 1m -PowerShellPath /nowhere/pwsh", "PowerShellNotFound", "ObjectNotFound",
        "There is no PowerShell at '/nowhere/pwsh'.")]
    [InlineData("-Runner -PowerShellPath /bin/sh -EnvironmentFile nothing.env", "EnvironmentFileNotFound", "ObjectNotFound",
        "There is no file '")]
    [InlineData("'Dayly sales' -PowerShellPath /bin/sh", "TaskNotFound", "ObjectNotFound", "'Dayly sales'")]
    [InlineData("-Runner -System TaskScheduler -PowerShellPath /bin/sh", "TaskSchedulerRefused", "ResourceUnavailable",
        "The Task Scheduler did not accept 'Runner-")]
    [InlineData("-Runner -System Systemd -UnitPath /proc/units -PowerShellPath /bin/sh", "UnitNotWritten", "WriteError",
        "The unit files could not be written to '/proc/units'.")]
    public void What_cannot_be_registered_says_why(string arguments, string errorId, string category, string words)
    {
        var error = session.Run("Register-ReportScheduledTask " + arguments).Error();
        Assert.Equal(($"{errorId},ReportScheduler.Commands.RegisterReportScheduledTaskCommand", category),
            (error.FullyQualifiedErrorId, error.CategoryInfo.Category.ToString()));
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.NotNull(error.TargetObject);
    }

    [Fact]
    public void Two_stores_of_a_machine_do_not_share_names()
    {
        var names = new[] { "one/a.db", "two/a.db" }.Select(store =>
            (string)session.Run("Register-ReportScheduledTask -Every 1m -System Systemd -UnitPath units -PowerShellPath /bin/sh "
                + $"-StorePath {store}").Single().SystemName).ToList();
        Assert.Matches("^Dispatcher-[0-9a-f]{8}$", names[0]);
        Assert.NotEqual(names[0], names[1]);
        Assert.Equal(4, Directory.GetFiles(Path.Combine(session.Folder, "units")).Length);
        Assert.Empty((string[])session.Run("Get-ReportScheduledTask Dispatcher -StorePath one/a.db").Single().Drift);
        session.Run("Unregister-ReportScheduledTask Dispatcher -StorePath one/a.db").NoErrors();
        Assert.All(Directory.GetFiles(Path.Combine(session.Folder, "units")),
            file => Assert.Contains(names[1].ToLowerInvariant(), file, StringComparison.Ordinal));
    }

    [Fact]
    public void Registering_elsewhere_takes_the_first_one_away()
    {
        session.Run("Register-ReportScheduledTask -Every 1m -System Systemd -UnitPath units -PowerShellPath /bin/sh").NoErrors();
        session.Run("Register-ReportScheduledTask -Every 1m -System Systemd -UnitPath others -PowerShellPath /bin/sh").NoErrors();
        Assert.Empty(Directory.GetFiles(Path.Combine(session.Folder, "units")));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(session.Folder, "others")).Length);
    }

    [Fact]
    public void A_system_service_may_write_where_the_reports_of_the_store_go()
    {
        session
            .Run("New-ReportMailServer pickup -PickupDirectory mail -From a@example.com; Set-ReportTask 'Daily sales' -Destination shared")
            .NoErrors();
        ReportStores.Open(session.StorePath, StoreScope.User)
            .SetOption(new ReportSchedulerOption { FilesPath = Path.Combine(session.Folder, "share") });
        var result =
            session.Run("Register-ReportScheduledTask -Runner -Scope Machine -System Systemd -UnitPath units -PowerShellPath /bin/sh");
        result.NoErrors();
        var shared = Path.Combine(session.Folder, "shared");
        var unit = File.ReadAllText(Directory.GetFiles(Path.Combine(session.Folder, "units")).Single());
        foreach (var path in new[] { Path.GetDirectoryName(session.StorePath)!, "-" + shared, "-" + Path.Combine(session.Folder, "mail"),
            "-" + Path.Combine(session.Folder, "share") })
        {
            Assert.Contains($"ReadWritePaths=\"{path}\"\n", unit, StringComparison.Ordinal);
        }

        Assert.Contains(result.Warnings, line => line.StartsWith($"The folder '{shared}' is not there.", StringComparison.Ordinal));

        session.Run("Set-ReportTask 'Daily sales' -Destination elsewhere").NoErrors();
        Assert.StartsWith("The schedule or the settings", ((string[])session.Run("Get-ReportScheduledTask Runner").Single().Drift).Single(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -WhatIf")]
    [InlineData(" -User nobody")]
    public void A_system_service_that_cannot_get_at_its_files_is_told_and_has_passed_no_test(string more)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the folder of this session is below /tmp on Linux");
        var result = session.Run("Register-ReportScheduledTask -Runner -Scope Machine -System Systemd -UnitPath units "
            + $"-PowerShellPath /bin/sh -StorePath reports.db{more}").NoErrors();
        var told = result.Warnings.Single(line => line.StartsWith("The service cannot open the store: ", StringComparison.Ordinal));
        Assert.Equal($"The service cannot open the store: '{session.Folder}' is in a folder of temporary files, and systemd gives the "
            + "service an empty one of its own in its place. Move it with Copy-ReportStore, such as below /var/lib, and register again.",
            told);
        if (more != " -WhatIf")
        {
            var tested = (string[])result.Single().Tested;
            Assert.Equal(told, tested[0]);
            Assert.DoesNotContain(tested, line => line.Contains("checks passed", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Another_account_tests_what_it_will_run_or_says_why_it_could_not()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/runuser"), "only root may become another account");
        // the folder of this session belongs to root alone
        var result = session.Run(
            "Register-ReportScheduledTask 'Daily sales' -System Systemd -UnitPath units -User nobody -PowerShellPath $host_",
            new { host_ = Path.ChangeExtension(BuiltModule.Host, null) });
        result.NoErrors();
        var tested = Assert.Single((string[])result.Single().Tested);
        Assert.StartsWith("Not tested as 'nobody': ", tested, StringComparison.Ordinal);
        Assert.Contains(tested, result.Warnings);
        Assert.Equal(tested, Assert.Single((string[])session.Run("Get-ReportScheduledTask").Single().Tested));
    }

    [Fact]
    public void The_test_of_the_tasks_has_the_variables_of_the_environment_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "an environment file is systemd's");
        File.WriteAllText(Path.Combine(session.Folder, "secrets.env"), "REPORT_TEST_DATABASE=sqlite://\n");
        session.Run("New-ReportConnection later env:REPORT_TEST_DATABASE -Provider Sqlite; "
            + "New-ReportTask Later later -Query 'select 1' -Format Csv -Cron '0 7 * * *'").NoErrors();
        var result = session.Run(
            "Register-ReportScheduledTask Later -System Systemd -UnitPath units -EnvironmentFile secrets.env -PowerShellPath $host_",
            new { host_ = Path.ChangeExtension(BuiltModule.Host, null) });
        result.NoErrors();
        Assert.EndsWith($"checks passed as '{Environment.UserName}'.", Assert.Single((string[])((dynamic)result.Single()).Tested),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_of_this_shell_that_the_job_will_not_have_is_told_and_a_file_gives_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "systemd and cron are not on Windows");
        var variable = $"REPORT_TEST_{Guid.NewGuid():n}";
        Environment.SetEnvironmentVariable(variable, "sqlite://");
        session.Run($"New-ReportConnection later env:{variable} -Provider Sqlite; New-ReportTask Later later -Query 'select 1' -Format "
            + "Csv -Cron '0 7 * * *'").NoErrors();
        const string Register = "Register-ReportScheduledTask -Every 1m -System Systemd -UnitPath units -PowerShellPath $host_";
        var result = session.Run(Register, new { host_ = Path.ChangeExtension(BuiltModule.Host, null) });
        var told = Assert.Single((string[])result.Single().Tested);
        Assert.Equal($"The report connection 'later' reads env:{variable}, and systemd does not give the job the variables of this "
            + $"shell. Put {variable}=... into a file and register with -EnvironmentFile.", told);
        Assert.Equal([told], Told(result));

        File.WriteAllText(Path.Combine(session.Folder, "secrets.env"), $"{variable}=sqlite://\n");
        Assert.EndsWith($"checks passed as '{Environment.UserName}'.",
            Assert.Single((string[])session.Run(Register + " -EnvironmentFile secrets.env").Single().Tested), StringComparison.Ordinal);
        session.Run("Set-ReportConnection later -EnvFile secrets.env").NoErrors();
        Assert.EndsWith($"checks passed as '{Environment.UserName}'.", Assert.Single((string[])session.Run(Register).Single().Tested),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_that_waits_for_the_next_week_is_told_unless_something_else_looks_for_it()
    {
        session.Run("New-ReportMailServer pickup -PickupDirectory mail -From a@example.com; Set-ReportTask 'Daily sales' -To b@example.com")
            .NoErrors();
        const string Register = "Register-ReportScheduledTask 'Daily sales' -System Systemd -UnitPath units -PowerShellPath /bin/sh";
        Assert.StartsWith("'Daily sales' sends mail. Mail that has to wait", Assert.Single(Told(session.Run(Register).NoErrors())),
            StringComparison.Ordinal);
        session.Run("Register-ReportScheduledTask -Every 5m -System Systemd -UnitPath units -PowerShellPath /bin/sh").NoErrors();
        Assert.Empty(Told(session.Run(Register).NoErrors()));
    }

    [Fact]
    public void Where_no_store_was_made_nothing_is_registered_and_one_that_was_named_is_missed()
    {
        var host = HostProcess.Run(session.Folder, new Dictionary<string, string>
        {
            ["XDG_DATA_HOME"] = Path.Combine(session.Folder, "data"),
            ["REPORTSCHEDULER_STORE"] = "",
        }, "-Command", "Get-ReportScheduledTask");
        Assert.Equal((0, "", ""), (host.ExitCode, host.Output, host.Error));
        Assert.StartsWith("There is no report store at '",
            Assert.Single(session.Run("Get-ReportScheduledTask -StorePath nowhere.db").NoErrors().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_nothing_is_registered_under_is_an_error() => Assert.Equal(
        "ScheduledTaskNotFound,ReportScheduler.Commands.UnregisterReportScheduledTaskCommand",
        session.Run("Unregister-ReportScheduledTask Runner").Error().FullyQualifiedErrorId);

    // whether the account lingers is the machine's matter
    private static IEnumerable<string> Told(PowerShellResult result) =>
        result.Warnings.Where(line => !line.Contains("enable-linger", StringComparison.Ordinal));

    private string[] Drift()
    {
        var result = session.Run("Get-ReportScheduledTask 'Daily sales'");
        result.NoErrors();
        return (string[])((dynamic)result.Output.Single()).Drift;
    }
}
