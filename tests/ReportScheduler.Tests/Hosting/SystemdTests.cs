using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Hosting;
using ReportScheduler.Schedules;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Hosting;

/// <summary>What systemd itself says about our units and calendars.</summary>
public sealed partial class SystemdTests : IDisposable
{
    private const string Temporary =
        "in a folder of temporary files, and systemd gives the service an empty one of its own in its place";

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("0 9 * * MON-FRI", "UTC")]
    [InlineData("0 9 * * MON-FRI", "Europe/Paris")]
    [InlineData("30 8,17 * * SAT,SUN", "America/New_York")]
    [InlineData("*/15 * * * *", "Asia/Kolkata")]
    [InlineData("30 15 9 * * *", "Australia/Lord_Howe")]
    [InlineData("0 6 1,15 * *", "Europe/Paris")]
    [InlineData("0 6 1 NOV-FEB *", "Europe/Paris")]
    [InlineData("0 6 L * *", "Europe/Paris")]
    [InlineData("0 6 L-3 * *", "UTC")]
    [InlineData("0 6 1,L * *", "UTC")]
    [InlineData("0 6 * * MON#2", "UTC")]
    [InlineData("0 6 * * 5#5", "UTC")]
    [InlineData("0 6 * * 5L", "Europe/Paris")]
    [InlineData("0 6 * 3 5L", "UTC")]
    [InlineData("0 6 * * MON,5L", "UTC")]
    [InlineData("0 6 13 * FRI", "UTC")]
    [InlineData("0 22-2 * * *", "UTC")]
    [InlineData("0 9 * * 1", "Romance Standard Time")]
    public void A_calendar_elapses_when_the_schedule_is_due(string cron, string zone)
    {
        var task = HostedSamples.Task(cron, zone);
        var native = SystemdCalendar.Of(task, HostedSamples.Now);
        Assert.Null(native.WhyNot);
        var elapses = native.Triggers.SelectMany(calendar => Elapses(calendar, 30)).Distinct().Order().Take(30).ToList();
        var schedule = TaskSchedule.Of(task)!;
        var due = new List<DateTimeOffset>();
        for (var next = schedule.Next(HostedSamples.Now); due.Count < 30; next = schedule.Next(next.Value))
        {
            due.Add(next!.Value);
        }

        Assert.Equal(due, elapses);
    }

    [Theory]
    [InlineData("30 2 * * *", "Europe/Paris", "daylight saving skips or repeats one of its times, and systemd has other rules for that")]
    [InlineData("0 6 15W * *", "UTC", "systemd cannot say its days")]
    [InlineData("0 6 1-7 * MON#1", "UTC", "systemd cannot say its days")]
    public void What_systemd_cannot_say_becomes_a_look_every_minute(string cron, string zone, string why)
    {
        var definition = SystemSchedulers.Of(HostingSystem.Systemd).Compile(
            HostedSamples.Job(HostedWork.Task, HostedSamples.Task(cron, zone)), HostedSamples.Now);
        Assert.Equal(why, definition.WhyNotNative);
        Assert.Equal(["*-*-* *:00/01:00"], definition.Triggers);
    }

    [Theory]
    [InlineData("1m"), InlineData("15m"), InlineData("1h"), InlineData("2h"), InlineData("1d")]
    public void An_interval_elapses_as_far_apart(string every)
    {
        var span = DurationText.Parse(every);
        var elapses = Elapses(SystemdCalendar.OfInterval(span)!, 5);
        Assert.All(elapses.Zip(elapses.Skip(1)), pair => Assert.Equal(span, pair.Second - pair.First));
    }

    [Fact]
    public void What_a_unit_puts_into_a_shared_folder_can_be_opened_by_others() => Assert.All(Enum.GetValues<StoreScope>(), scope =>
        Assert.Contains("\nUMask=0022\n", SystemdUnits.Service(HostedSamples.Job(HostedWork.Dispatcher, scope: scope)),
            StringComparison.Ordinal));

    [Theory]
    [InlineData("/tmp/modules/ReportScheduler", Temporary)]
    [InlineData("/var/tmp/ReportScheduler", Temporary)]
    [InlineData("/root", null)]
    [InlineData("/opt/tmp/ReportScheduler", null)]
    [InlineData("/homes/ReportScheduler", null)]
    public void A_module_that_a_service_of_the_system_cannot_see_is_told_with_where_to_copy_it(string folder, string? why)
    {
        var job = HostedSamples.Job() with { ModulePath = folder + "/ReportScheduler.psd1" };
        Assert.Equal(why is null ? [] : [
            $"The service cannot load the module: '{folder}' is {why}. Copy that folder to "
                + "'/usr/local/share/powershell/Modules/ReportScheduler', import the module from there in a new session and register "
                + "again."],
            SystemSchedulers.Of(HostingSystem.Systemd).Unseen(job));
        Assert.Empty(SystemSchedulers.Of(HostingSystem.Systemd).Unseen(job with { Scope = StoreScope.User }));
    }

    [Fact]
    public void A_home_folder_that_the_account_of_the_service_may_not_enter_is_told()
    {
        Assert.SkipUnless(Directory.Exists("/root") && !OperatingSystem.IsWindows()
            && !File.GetUnixFileMode("/root").HasFlag(UnixFileMode.OtherExecute), "the home of root is open to all here");
        var job = HostedSamples.Job() with
        {
            Account = "nobody",
            ModulePath = "/root/m/ReportScheduler.psd1",
            PowerShellPath = "/root/pwsh",
            StorePath = "/root/reports.db",
            Folders = ["/root/reports"],
            SecretFiles = ["/root/keys"],
        };
        const string Why = "in the home folder '/root', which the account 'nobody' of the service may not enter";
        Assert.Equal(["/root/m", "/root/pwsh", "/root", "/root/keys", "/root/reports"],
            SystemdSandbox.Unseen(job).Select(line => line.Split('\'')[1]));
        Assert.All(SystemdSandbox.Unseen(job), line => Assert.Contains(Why, line, StringComparison.Ordinal));
        // root owns it, and the unit shows it to the service
        Assert.Empty(SystemdSandbox.Unseen(job with { Account = "root" }));
        Assert.All((HostedJob[])[HostedSamples.Job() with { StorePath = "/root/reports.db" },
            HostedSamples.Job() with { SecretFiles = ["/root/keys"] }],
            shown => Assert.Contains("\nProtectHome=read-only\n", SystemdUnits.Service(shown), StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_store_in_a_database_has_on_the_machine_is_made_by_systemd_for_the_account()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the folder of the machine is below /var/lib on Linux");
        var job = HostedSamples.Job() with { StorePath = "postgresql://reports@db/reports?password=env:PW", Account = "nobody" };
        var unit = SystemdUnits.Service(job);
        Assert.Matches("\nStateDirectory=report-scheduler/stores/[0-9A-F]{16}\n", unit);
        Assert.DoesNotContain("ReadWritePaths", unit, StringComparison.Ordinal);
        Assert.DoesNotContain("StateDirectory", SystemdUnits.Service(job with { Scope = StoreScope.User }), StringComparison.Ordinal);
        Assert.DoesNotContain("StateDirectory", SystemdUnits.Service(HostedSamples.Job()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_that_divides_neither_hour_nor_day_is_refused()
    {
        var problem = Assert.Throws<ReportException>(() => SystemSchedulers.Of(HostingSystem.Systemd).Compile(
            HostedSamples.Job(HostedWork.Dispatcher) with { Every = TimeSpan.FromMinutes(7) }, HostedSamples.Now));
        Assert.Equal(("IntervalNotHosted", (object)TimeSpan.FromMinutes(7)), (problem.ErrorId, problem.ErrorTarget));
    }

    [Theory]
    [InlineData(HostedWork.Runner, StoreScope.Machine)]
    [InlineData(HostedWork.Runner, StoreScope.User)]
    [InlineData(HostedWork.Dispatcher, StoreScope.Machine)]
    public void Systemd_finds_nothing_wrong_with_the_units(HostedWork work, StoreScope scope)
    {
        var paths = WriteUnits(HostedSamples.Job(work, scope: scope));
        var (code, output) = Analyze(["verify", .. scope == StoreScope.User ? new[] { "--user" } : [], .. paths]);
        Assert.True(code == 0 && !output.Contains("report-scheduler", StringComparison.Ordinal), output);
    }

    [Fact]
    public void Systemd_rates_the_exposure_below_4()
    {
        var service = WriteUnits(HostedSamples.Job() with { Account = "nobody" })[0];
        var (_, output) = Analyze(["security", "--offline=yes", "--no-pager", service]);
        var rating = decimal.Parse(Overall().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(rating, 0.1m, 3.9m);
    }

    [Fact]
    public void Names_that_differ_in_signs_only_get_units_of_their_own()
    {
        var names = new[] { "Daily sales", "Daily-sales", "Daily/sales", "Täglich", "daily_sales" };
        Assert.Equal(names.Length, names.Select(HostedName.Unit).Distinct().Count());
        Assert.All(names, name => Assert.Matches("^report-scheduler-[a-z0-9._-]+$", HostedName.Unit(name)));
    }

    private string[] WriteUnits(HostedJob job)
    {
        var definition = SystemSchedulers.Of(HostingSystem.Systemd).Compile(job, HostedSamples.Now);
        return [.. definition.Files.Select(file =>
        {
            var path = Path.Combine(folder, file.Name);
            File.WriteAllText(path, file.Text);
            return path;
        })];
    }

    private List<DateTimeOffset> Elapses(string calendar, int count)
    {
        var (code, output) =
            Analyze(["calendar", $"--base-time={HostedSamples.Now:yyyy-MM-dd HH:mm:ss} UTC", $"--iterations={count}", calendar]);
        Assert.True(code == 0, output);
        return [.. Elapse().Matches(output).Select(match => DateTimeOffset.ParseExact(
            match.Groups[1].Value, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))];
    }

    private (int Code, string Output) Analyze(string[] arguments)
    {
        if (ProgramPaths.Find("systemd-analyze") is not { } program)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "systemd-analyze is missing: install the package systemd");
            Assert.Skip("systemd-analyze is missing: install the package systemd");
            return default;
        }

        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TZ"] = "UTC", ["LC_ALL"] = "C", ["SYSTEMD_COLORS"] = "0", ["XDG_RUNTIME_DIR"] = folder },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    [GeneratedRegex(@"(?:Next elapse|Iter\. #\d+): ... (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC")]
    private static partial Regex Elapse();

    [GeneratedRegex(@"Overall exposure level for \S+: ([0-9.]+)")]
    private static partial Regex Overall();
}
