using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class StartReportSchedulerTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("below/a/file/runner.log")]
    [InlineData("is-a-folder/runner.log")]
    public void A_log_that_cannot_be_written_is_an_error_before_anything_runs(string log)
    {
        File.WriteAllText(Path.Combine(session.Folder, "below"), "");
        Directory.CreateDirectory(Path.Combine(session.Folder, "is-a-folder", $"runner{TimeProvider.System.GetLocalNow():yyyyMMdd}.log"));
        var result = session.Run("Start-ReportScheduler -UntilIdle -LogPath $log", new { log });
        var error = result.Error();
        Assert.Equal("LogNotWritable,ReportScheduler.Commands.StartReportSchedulerCommand", error.FullyQualifiedErrorId);
        Assert.Equal(("WriteError", (object)Path.Combine(session.Folder, log)), (error.CategoryInfo.Category.ToString(), error.TargetObject));
        Assert.Empty(result.Information);
    }

    [Fact]
    public void The_log_tells_start_and_end_and_is_for_its_owner_only()
    {
        session.Run("Start-ReportScheduler -UntilIdle -LogPath logs/runner.log").NoErrors();
        var log = Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "logs")));
        var lines = File.ReadAllLines(log);
        Assert.EndsWith(" 0 report tasks loaded, 0 with a next run.", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(" The runner has ended.", lines[^1], StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(log));
        }
    }
}
