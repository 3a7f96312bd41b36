using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Runs;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>A disk that is full, again and again, does not stop the runner.</summary>
/// <remarks>Once by default; REPORTSCHEDULER_FULL_DISKS=20 is how often.</remarks>
public sealed class FullDiskTests : IDisposable
{
    private const string Large = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 400000) select i, 'a text "
        + "that takes its room on the disk, row by row' as text from n";

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    private string StorePath => Path.Combine(folder, "reports.db");

    public void Dispose()
    {
        Run("umount", "-l", folder);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_disk_that_fills_up_while_reports_are_made_ends_no_runner_and_keeps_none_from_ending()
    {
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", folder) != 0)
        {
            Assert.Skip("Mounting a small tmpfs takes root on Linux.");
        }

        Fill();
        var times = int.Parse(Environment.GetEnvironmentVariable("REPORTSCHEDULER_FULL_DISKS") ?? "1", CultureInfo.InvariantCulture);
        for (var time = 0; time < times; time++)
        {
            FillWhileRunning(endBySignal: time % 2 == 1);
        }

        var store = StoreFile.Open(StorePath, StoreScope.User);
        Assert.Equal(5, store.GetTasks().Count);
        Assert.Contains(store.GetRuns(new RunFilter()), run => run.Outcome == RunOutcome.Succeeded);
        Assert.DoesNotContain(store.GetRuns(new RunFilter()), run => run.ErrorId == nameof(RunErrors.RunUnexpected));
        // what a full disk cut off is taken up by the next runner
        using var worker = new RunWorker(store, TimeProvider.System);
        _ = worker.RunDue(_ => { }, CancellationToken.None).Count();
        Assert.All(store.GetRuns(new RunFilter()), run => Assert.True(run.IsFinal, run.ToString()));
    }

    private void Fill()
    {
        var store = StoreFile.Open(StorePath, StoreScope.User);
        store.Connections.Put(
            new ReportConnection { Name = "mem", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" },
            PutMode.Add);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var i in Enumerable.Range(0, 5))
        {
            store.PutTask(
                new ReportTask
                {
                    Id = $"t{i}",
                    Name = $"t{i}",
                    Connection = "mem",
                    Query = i == 0 ? Large : "select 1 as one",
                    Cron = i == 0 ? "*/4 * * * * *" : "* * * * * *",
                    TimeZone = "UTC",
                    Format = [ReportFormat.Csv],
                    KeepRuns = 5,
                },
                PutMode.Add, now);
        }
    }

    private void FillWhileRunning(bool endBySignal)
    {
        var variables = new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = StorePath };
        using var runner =
            HostProcess.Start(folder, variables, "-Command", endBySignal ? "Start-ReportScheduler" : "Start-ReportScheduler -For 15s");
        var filler = Path.Combine(folder, "filler");
        var until = Stopwatch.StartNew();
        while (until.Elapsed < TimeSpan.FromSeconds(12))
        {
            FillToTheBrim(filler);
            Thread.Sleep(1500);
            File.Delete(filler);
            Thread.Sleep(500);
        }

        if (endBySignal)
        {
            Run("kill", "-TERM", $"{runner.Id}");
        }

        Assert.Equal(0, HostProcess.End(runner).ExitCode);
    }

    private static void FillToTheBrim(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
            for (var some = new byte[64 << 10]; ;)
            {
                file.Write(some);
            }
        }
        catch (IOException)
        {
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
