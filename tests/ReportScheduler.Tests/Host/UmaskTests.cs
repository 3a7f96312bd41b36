using System.Diagnostics;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Host;

public sealed class UmaskTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_goes_into_a_shared_folder_follows_the_umask_and_what_is_private_does_not()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no umask");
            return;
        }

        // a folder that others may look into
        Directory.CreateDirectory(Path.Combine(folder, "store"));
        var start = new ProcessStartInfo("sh", ["-c", "umask 0; exec dotnet \"$0\" -Command \"$1\"", BuiltModule.Host, """
            New-ReportConnection db sqlite://
            New-ReportMailServer pickup -PickupDirectory mail -From a@example.com
            New-ReportTask t db -Query 'select 1' -Format Csv -FileName t -Destination shared -To b@example.com
            $null = Register-ReportScheduledTask -Every 5m -System Systemd -UnitPath units -PowerShellPath /bin/sh
            $null = Invoke-ReportTask t -ErrorAction Stop
            Start-ReportScheduler -UntilIdle -LogPath store/logs/runner.log
            $null = Backup-ReportStore store/backup
            """]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["REPORTSCHEDULER_STORE"] = Path.Combine(folder, "store", "reports.db");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var ended = HostProcess.End(process);
        Assert.True(ended.ExitCode == 0, ended.Error + ended.Output);

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.OtherRead, File.GetUnixFileMode(Path.Combine(folder, "shared", "t.csv")) & UnixFileMode.OtherRead);
        var store = new DirectoryInfo(Path.Combine(folder, "store"));
        var open = store.GetFileSystemInfos().Where(entry => entry.Name != "logs")
            .Concat(new DirectoryInfo(Path.Combine(folder, "store", "logs")).GetFiles())
            .Where(entry => (entry.UnixFileMode & Others) != UnixFileMode.None).Select(entry => $"{entry.FullName}: {entry.UnixFileMode}");
        Assert.Empty(open);
    }
}
