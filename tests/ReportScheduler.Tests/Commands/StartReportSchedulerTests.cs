using System.Text.RegularExpressions;
using ReportScheduler.Store.LiteDb;
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
        Assert.Equal(("WriteError", (object)Path.Combine(session.Folder, log)),
            (error.CategoryInfo.Category.ToString(), error.TargetObject));
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

    [Fact]
    public void A_line_of_the_log_has_level_run_and_task()
    {
        MakeDue("Good", "select 1 as a");
        MakeDue("Bad", "select * from nothing");
        session.Run("Start-ReportScheduler -UntilIdle -LogPath logs/runner.log -StorePath $path -ErrorAction SilentlyContinue",
            new { path = StorePath });
        var lines = File.ReadAllLines(Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "logs"))));
        Assert.Contains(lines, line => Regex.IsMatch(line, """ INF run=\S+ task="Good" Good: Succeeded"""));
        Assert.Contains(lines, line => Regex.IsMatch(line, """ ERR run=\S+ task="Bad" Bad: Failed"""));
        Assert.Contains(lines, line => Regex.IsMatch(line, """ INF 2 report tasks loaded"""));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-InformationAction SilentlyContinue", false)]
    [InlineData("-InformationAction Ignore", false)]
    public void The_console_says_each_run_once_and_can_be_silenced(string parameters, bool speaks)
    {
        MakeDue("Once", "select 1 as a");
        var ended = HostProcess.Run(session.Folder, "-Command", $"Start-ReportScheduler -UntilIdle -StorePath '{StorePath}' {parameters}");
        Assert.Single(Regex.Matches(ended.Output, "Succeeded"));
        Assert.Equal(speaks, ended.Output.Contains("Once: started", StringComparison.Ordinal));
        Assert.Equal(speaks, ended.Output.Contains("The runner has ended.", StringComparison.Ordinal));
    }

    private string StorePath => Path.Combine(session.Folder, "due.db");

    private void MakeDue(string name, string query)
    {
        session.Run(
            "if (-not (Get-ReportConnection c -StorePath $path -ErrorAction Ignore)) { $null = New-ReportConnection c ':memory:' "
                + "-StorePath $path }; $null = New-ReportTask $name c -Query $query -Format Csv -Destination out -Every 1d "
                + "-StorePath $path",
            new { path = StorePath, name, query });
        var store = StoreFile.Open(StorePath, StoreScope.User);
        store.PutTask(store.FindTask(name)!, PutMode.Update, TimeProvider.System.GetUtcNow().AddMinutes(-1));
    }
}
