using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class StopReportSchedulerTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void An_id_that_no_runner_has_is_an_error_and_no_runner_at_all_is_none()
    {
        session.Run("Stop-ReportScheduler").NoErrors();
        var error = session.Run("Stop-ReportScheduler -Id wrong").Error();
        Assert.Equal("RunnerNotFound,ReportScheduler.Commands.StopReportSchedulerCommand", error.FullyQualifiedErrorId);
        Assert.Equal(("ObjectNotFound", (object)"wrong"), (error.CategoryInfo.Category.ToString(), error.TargetObject));
    }

    [Fact]
    public void Runners_of_one_computer_are_stopped_and_those_of_others_go_on()
    {
        session.Run("New-ReportMailServer m -PickupDirectory mail -From r@example.com").NoErrors();
        var registry = StoreFile.Open(session.StorePath, StoreScope.User).Runners;
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (id, machine) in new[] { ("one", "web1"), ("two", "web2"), ("three", "WEB2"), ("four", "db1") })
        {
            registry.Write(new ReportSchedulerInfo { Id = id, Machine = machine, Owner = "far/1/1/1", StartedAt = now, SeenAt = now,
                LeaseUntil = now.AddMinutes(2), ClockOffset = TimeSpan.FromHours(2), MaxConcurrent = 4, Running = ["Sales"] });
        }

        var error = session.Run("Stop-ReportScheduler -Machine web3").Error();
        Assert.Equal("RunnerNotOnMachine,ReportScheduler.Commands.StopReportSchedulerCommand", error.FullyQualifiedErrorId);
        session.Run("Stop-ReportScheduler -Machine nowhere*").NoErrors();
        session.Run("Stop-ReportScheduler -Machine web2 -WhatIf").NoErrors();
        session.Run("Stop-ReportScheduler -Machine web2 -Id one").NoErrors();
        Assert.DoesNotContain(registry.List(), runner => registry.IsStopRequested(runner.Id));

        var stopped = session.Run("Stop-ReportScheduler -Machine web2 -PassThru | ForEach-Object Id").NoErrors();
        Assert.Equal(["three", "two"], stopped.Output.Select(id => $"{id}").Order(StringComparer.Ordinal));
        Assert.Equal(["three", "two"],
            registry.List().Select(runner => runner.Id).Where(registry.IsStopRequested).Order(StringComparer.Ordinal));
        session.Run("Stop-ReportScheduler -Machine w*1").NoErrors();
        Assert.Equal([true, false], new[] { "one", "four" }.Select(registry.IsStopRequested));

        var shown = HostProcess.Run(session.Folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = session.StorePath },
            "-Command", "Get-ReportScheduler | Out-String -Width 80");
        Assert.Contains("+7200 s   1/4 Sales", shown.Output, StringComparison.Ordinal);
    }
}
