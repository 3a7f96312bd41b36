using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>One runner of the built module whose computer's clock is set while it runs, by libfaketime.</summary>
public sealed class FakedClockTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly ConcurrentQueue<string> told = new();
    private readonly IReportStore store;

    public FakedClockTests()
    {
        store = StoreFile.Open(Path.Combine(folder, "reports.db"), StoreScope.User);
        store.Connections.Put(
            new ReportConnection { Name = "mem", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" },
            PutMode.Add);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_runner_keeps_its_times_over_daylight_saving_a_night_of_sleep_and_a_clock_set_back()
    {
        if (Library() is not { } library)
        {
            Assert.Skip("Setting the clock of a process takes libfaketime: apt-get install faketime.");
            return;
        }

        Add("night", "30 2 * * *", "2026-03-29 01:00:00");
        Add("hourly", "0 * * * *", "2026-03-29 01:00:00");
        Set("2026-03-29 00:58:00");
        using var runner = Start(library);
        try
        {
            await Until(() => told.Any(line => line.Contains("2 report tasks loaded", StringComparison.Ordinal)));

            // the clocks of Paris skip 02:00 to 03:00 at 01:00 UTC
            await Ran("2026-03-29 01:00:01", ("night", "2026-03-29 01:00:00"), ("hourly", "2026-03-29 01:00:00"));

            // a night of sleep
            await Ran("2026-03-29 11:20:00", ("hourly", "2026-03-29 11:00:00"));

            // months of it, to the eve of the day when 02:00 to 03:00 comes twice
            await Ran("2026-10-24 23:10:00", ("night", "2026-10-24 00:30:00"), ("hourly", "2026-10-24 23:00:00"));
            await Ran("2026-10-25 00:00:01", ("hourly", "2026-10-25 00:00:00"));
            await Ran("2026-10-25 00:30:01", ("night", "2026-10-25 00:30:00"));
            await Ran("2026-10-25 01:00:01", ("hourly", "2026-10-25 01:00:00"));
            await Ran("2026-10-25 02:00:01", ("hourly", "2026-10-25 02:00:00"));

            // an hour back, over times that ran, and on again
            Set("2026-10-25 00:59:30");
            await Until(() => told.Any(line => line.Contains("The clock was set back", StringComparison.Ordinal)));
            await Ran("2026-10-25 03:00:01", ("hourly", "2026-10-25 03:00:00"));

            using (var session = new PowerShellSession())
            {
                session.Run($"Stop-ReportScheduler -StorePath '{store.Address}'").NoErrors();
            }

            await Until(() => runner.HasExited);
            Assert.Equal(0, runner.ExitCode);
        }
        finally
        {
            runner.Kill(entireProcessTree: true);
        }

        Assert.Equal(
            ["2026-03-29 01:00", "2026-10-24 00:30", "2026-10-25 00:30"],
            Runs("night").Where(run => run.Outcome == RunOutcome.Succeeded).Select(run => run.DueAt).Order().Select(Text));
        var missed = Assert.Single(Runs("night"), run => run.Outcome == RunOutcome.Missed);
        Assert.Equal(("2026-03-30 00:30", "2026-10-23 00:30", 208),
            (Text(missed.MissedFrom!.Value), Text(missed.DueAt), missed.MissedCount));

        Assert.Equal(
            [
                "2026-03-29 01:00", "2026-03-29 11:00", "2026-10-24 23:00",
                "2026-10-25 00:00", "2026-10-25 01:00", "2026-10-25 02:00", "2026-10-25 03:00",
            ],
            Runs("hourly").Where(run => run.Outcome == RunOutcome.Succeeded).Select(run => run.DueAt).Order().Select(Text));
        Assert.Equal(9, Runs("hourly").Where(run => run.Outcome == RunOutcome.Missed).OrderBy(run => run.DueAt).First().MissedCount);
    }

    internal static string? Library() =>
        OperatingSystem.IsLinux() && Directory.Exists("/usr/lib")
            ? Directory.GetDirectories("/usr/lib").Append("/usr/lib")
                .Select(place => Path.Combine(place, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
            : null;

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private IReadOnlyList<ReportRun> Runs(string task) => store.GetRuns(new RunFilter { TaskId = task });

    private Process Start(string library)
    {
        var runner = HostProcess.Start(folder, new Dictionary<string, string>
        {
            ["REPORTSCHEDULER_STORE"] = store.Address,
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = Path.Combine(folder, "clock"),
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",

            // with its fix every timed wait of .NET is over at once
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        }, "-Command", "Start-ReportScheduler");
        runner.OutputDataReceived += (_, line) => told.Enqueue(line.Data ?? "");
        runner.ErrorDataReceived += (_, line) => told.Enqueue(line.Data ?? "");
        runner.BeginOutputReadLine();
        runner.BeginErrorReadLine();
        return runner;
    }

    /// <summary>Sets the clock and waits until these have run, so that nothing is under way when it is set again.</summary>
    private async Task Ran(string clock, params (string Task, string Due)[] expected)
    {
        Set(clock);
        await Until(() => expected.All(run => Runs(run.Task).Any(ran => ran.DueAt == Utc(run.Due) && ran.Outcome == RunOutcome.Succeeded)));
    }

    private async Task Until(Func<bool> isSo)
    {
        var patience = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(patience.Elapsed < Limit, $"It did not come to that in time. The runner told: {string.Join('\n', told)}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private void Add(string name, string cron, string firstDue) => store.PutTask(
        new ReportTask
        {
            Id = name,
            Name = name,
            Connection = "mem",
            Query = "select 1 as one",
            Cron = cron,
            TimeZone = "Europe/Paris",
            Format = [ReportFormat.Csv],
            CreatedAt = Utc(firstDue).AddDays(-1),
        },
        PutMode.Add,
        Utc(firstDue));

    /// <summary>Sets the clock of the runner, which looks at the file once a second. A file half written would be no time at all.</summary>
    private void Set(string utc)
    {
        var offset = (long)(Utc(utc) - TimeProvider.System.GetUtcNow()).TotalSeconds;
        var fresh = Path.Combine(folder, "clock.new");
        File.WriteAllText(fresh, offset.ToString("+0;-0", CultureInfo.InvariantCulture));
        File.Move(fresh, Path.Combine(folder, "clock"), overwrite: true);
    }
}
