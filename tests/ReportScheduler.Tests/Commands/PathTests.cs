using System.Text.RegularExpressions;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>Paths that are not there, are something else, or may not be written.</summary>
public sealed class PathTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public PathTests()
    {
        File.WriteAllText(Path.Combine(session.Folder, "file.txt"), "a file");
        session.Run("""
            New-ReportConnection mem ':memory:'
            New-ReportMailServer pickup -PickupDirectory mail -From r@example.com
            New-ReportTask t mem -Query 'select 1 as a' -Format Csv -To a@b.c
            """).NoErrors();
    }

    public void Dispose() => session.Dispose();

    [Theory]
    // when a task or a mail server is made
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Destination file.txt", "FolderNotUsable", "file.txt", "it is a file")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Destination 'out/{{ task.name }}'", "FolderNotUsable",
        "out/{{ task.name }}", "-FileName")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Destination out", "DestinationNeedsFormat", "out", "-Format")]
    [InlineData("New-ReportMailServer n -PickupDirectory file.txt -From r@example.com", "FolderNotUsable", "file.txt", "already exists")]
    [InlineData("New-ReportTask n mem -QueryPath nowhere.sql -Format Csv", "FileNotFound", "nowhere.sql", "query")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Pdf -Logo nowhere.png", "FileNotFound", "nowhere.png", "logo")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Excel -Template nowhere.xlsx -TableName T", "FileNotFound", "nowhere.xlsx",
        "template")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -FileName '../up'", "FileNameHasFolder", "../up", "folder")]
    // when it runs
    [InlineData("Invoke-ReportTask t -NoDelivery -OutputPath file.txt", "DropFailed", "t", "file.txt")]
    [InlineData("Invoke-ReportTask t -NoDelivery -OutputPath /proc/nowhere/out", "DropFailed", "t", "/proc/nowhere/out")]
    // the store
    [InlineData("Set-ReportSchedulerOption -KeepRuns 5 -StorePath /proc/nowhere/reports.db", "Store*", "/proc/nowhere/reports.db",
        "-StorePath")]
    [InlineData("New-ReportStore -StorePath /proc/nowhere/reports.db", "StoreUnreachable", "/proc/nowhere/reports.db",
        "'/proc/nowhere' is not there and cannot be made")]
    [InlineData("Get-ReportTask -StorePath '   '", "PathNotUsable", "   ", "it is blank")]
    [InlineData("New-ReportStore -StorePath '   '", "PathNotUsable", "   ", "it is blank")]
    [InlineData("Get-ReportTask -StorePath \"a`0b\"", "PathNotUsable", "a\\u0000b", "a control character")]
    [InlineData("New-ReportStore -StorePath \"a`nb\"", "PathNotUsable", "a\\nb", "a control character")]
    [InlineData("Get-ReportTask -StorePath file.txt", "StoreNotReadable", "file.txt", "left as it is")]
    public void A_path_that_cannot_be_used_is_named_with_what_to_do(string script, string id, string target, string words)
    {
        var error = Assert.Single(session.Run(script).Errors);
        Assert.Matches($"^{id.Replace("*", "[A-Za-z]+", StringComparison.Ordinal)}$", error.FullyQualifiedErrorId.Split(',')[0]);
        // a run that failed is the target itself
        Assert.Matches($"{Regex.Escape(target)}( .* Failed)?$", $"{error.TargetObject}");
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("a file", File.ReadAllText(Path.Combine(session.Folder, "file.txt")));
        Assert.Equal("t", (string)session.Run("Get-ReportTask").Single().Name);
    }

    [Theory]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Csv -Destination out")]
    [InlineData("New-ReportTask n mem -QueryPath q.sql -Format Csv")]
    [InlineData("New-ReportTask n mem -Query 'select 1' -Format Pdf -Logo logo.png")]
    [InlineData("New-ReportConnection n 'sqlite:///shop.db'")]
    [InlineData("New-ReportConnection n ':memory:' -EnvFile .env")]
    [InlineData("New-ReportMailServer n -PickupDirectory out -From a@example.com")]
    [InlineData("Invoke-ReportTask t -NoDelivery -OutputPath out")]
    [InlineData("Export-ReportTask out.json")]
    [InlineData("Import-ReportTask in.json")]
    [InlineData("Backup-ReportStore backup.zip")]
    [InlineData("Get-ReportTask -StorePath reports.db")]
    [InlineData("Start-ReportScheduler -UntilIdle -LogPath reports.log")]
    public void A_relative_path_is_refused_where_the_location_has_no_files(string script)
    {
        foreach (var location in new[] { "Env:", "Variable:" })
        {
            var error =
                Assert.Single(session.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('{location}'); {script}").Errors);
            Assert.StartsWith("PathNotInFiles,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(location, error.Exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal("t", (string)session.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($folder); Get-ReportTask",
            new { folder = session.Folder }).Single().Name);
    }

    [Fact]
    public void A_full_path_is_one_from_every_location()
    {
        dynamic task = session.Run(
            "$null = $ExecutionContext.SessionState.Path.SetLocation('Env:'); "
                + "New-ReportTask n mem -Query 'select 1 as a' -Format Csv -Destination $out",
            new { @out = Path.Combine(session.Folder, "out") }).Single();
        Assert.Equal(Path.Combine(session.Folder, "out"), (string)task.Destination);
    }

    [Fact]
    public void A_path_on_a_drive_that_is_not_there_is_an_error_of_ours()
    {
        var error = session.Run("Get-ReportTask -StorePath nowhere:/reports.db").Error();
        Assert.StartsWith("PathNotUsable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out/2026/sales", true, "the first run can make it")]
    [InlineData(".", true, "Files can be written")]
    [InlineData("file.txt/out", false, "is a file")]
    [InlineData("/proc/nowhere/out", false, "cannot be the folder")]
    public void A_test_of_a_folder_leaves_nothing_behind(string folder, bool success, string words)
    {
        session.Run("Set-ReportTask t -Destination $folder", new { folder }).NoErrors();
        var before = Directory.GetFileSystemEntries(session.Folder, "*", SearchOption.AllDirectories);
        var checks = session.Run("Test-ReportTask t; Test-ReportMailServer pickup").NoErrors().Output;
        dynamic check = checks.Single(check => (string?)check.Properties["Check"]?.Value == "Destination");
        Assert.Equal(success, (bool)check.Success);
        Assert.Contains(words, (string)check.Message, StringComparison.Ordinal);
        Assert.True((bool)((dynamic)checks[^1]).Success);
        Assert.Equal(before, Directory.GetFileSystemEntries(session.Folder, "*", SearchOption.AllDirectories));
    }
}
