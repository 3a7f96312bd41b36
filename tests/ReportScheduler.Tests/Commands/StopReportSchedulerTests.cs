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
}
