using System.Diagnostics;
using ReportScheduler.Runs;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>How a runner ends, in a process of its own, while a query hangs on a real server.</summary>
public sealed class SchedulerStopTests(PostgreSqlServer server) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    private string StorePath => Path.Combine(folder, "reports.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    // Ctrl+C: a person does not want it
    [InlineData("INT", 130, RunOutcome.Cancelled)]
    // systemd and containers: whoever comes next goes on with it
    [InlineData("TERM", 0, RunOutcome.Running)]
    public async Task A_signal_cancels_a_hanging_query_on_the_server_after_the_drain_timeout(string signal, int exitCode,
        RunOutcome outcome)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill; run this on Linux or macOS");
        var mark = $"stop {signal}";
        using var process = Start(mark, "", "Start-ReportScheduler -DrainTimeout 1s");
        await UntilQueried(mark);
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(exitCode, HostProcess.End(process).ExitCode);
        Assert.Equal(0L, Hanging(mark));
        Assert.Equal(outcome, Run().Outcome);
        if (outcome == RunOutcome.Running)
        {
            using var next = new RunWorker(StoreFile.Open(StorePath, StoreScope.User), TimeProvider.System);
            next.Recover();
            var again = Assert.Single(next.Take(10).Runs);
            Assert.Equal((2, 1), (again.Attempt, again.Interruptions));
        }
    }

    [Fact]
    public void A_query_that_hangs_is_cancelled_on_the_server_at_its_timeout_and_the_exit_code_tells()
    {
        using var process = Start("timeout", "-Timeout 2s", "[Threading.Thread]::Sleep(11000); Start-ReportScheduler -UntilIdle");
        var ended = HostProcess.End(process);
        Assert.NotEqual(0, ended.ExitCode);
        Assert.Equal(0L, Hanging("timeout"));
        Assert.Equal((RunOutcome.Failed, nameof(RunErrors.RunTimedOut)), (Run().Outcome, Run().ErrorId));
    }

    [Fact]
    public async Task A_run_of_another_process_is_stopped_and_its_query_is_cancelled_on_the_server()
    {
        using var process = Start("asked", "", "[Threading.Thread]::Sleep(11000); Start-ReportScheduler -UntilIdle");
        await UntilQueried("asked");
        var stopped = HostProcess.Run(
            folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = StorePath }, "-Command",
            "Get-ReportRun -Outcome Running | Stop-ReportRun -Reason 'too slow' -PassThru | ForEach-Object { \"$($_.Outcome) "
                + "$($_.Error)\" }");
        Assert.StartsWith("Cancelled The run of 'hangs' was stopped by ", stopped.Output, StringComparison.Ordinal);
        Assert.Contains(": too slow.", stopped.Output, StringComparison.Ordinal);
        Assert.Equal(0L, Hanging("asked"));
        HostProcess.End(process);
        Assert.Equal((RunOutcome.Cancelled, nameof(RunErrors.RunStopped)), (Run().Outcome, Run().ErrorId));
    }

    private Process Start(string mark, string options, string then)
    {
        var variables = new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = StorePath, ["PG"] = server.ConnectionString };
        return HostProcess.Start(
            folder, variables, "-Command",
            "$ErrorActionPreference = 'Stop'; $null = New-ReportConnection pg $env:PG -Provider PostgreSql; "
            + $"$null = New-ReportTask hangs pg -Query 'select pg_sleep(300) as \"{mark}\"' -Every 1h -StartAt "
            + $"([DateTime]::UtcNow.AddSeconds(8).ToString('o')) -TimeZone UTC -Format Csv -Retry 0 {options}; "
            + then);
    }

    private async Task UntilQueried(string mark)
    {
        for (var i = 0; Hanging(mark) == 0; i++)
        {
            Assert.True(i < 600, "The query did not come to the server.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private long Hanging(string mark) => (long)server.Scalar(
        $"select count(*) from pg_stat_activity where query like '%pg_sleep(300)%{mark}%' and state = 'active' and pid <> "
            + "pg_backend_pid()")!;

    private ReportRun Run() => Assert.Single(StoreFile.Open(StorePath, StoreScope.User).GetRuns(new RunFilter()));
}
