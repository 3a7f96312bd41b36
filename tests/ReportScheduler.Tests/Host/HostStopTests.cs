using System.Diagnostics;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Host;

/// <summary>Signals end it as they end pwsh; the cmdlets of the module stop in
/// order on SIGTERM too, see <c>SchedulerStopTests</c>.</summary>
public sealed class HostStopTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("INT", 1, "cleaned up")]
    // PowerShell leaves these to the operating system
    [InlineData("TERM", 143, "")]
    [InlineData("HUP", 129, "")]
    public async Task A_signal_stops_a_script_as_in_pwsh(string signal, int exitCode, string output)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill; run this on Linux or macOS");
        var ended = await Send(signal, "try { 'ready'; while ($true) { [Threading.Thread]::Sleep(20) } } finally { "
            + "[Console]::Out.WriteLine('cleaned up') }; 'not reached'");
        Assert.Equal((exitCode, output), (ended.ExitCode, ended.Output.Trim()));
    }

    private async Task<HostProcess> Send(string signal, string text)
    {
        using var process = HostProcess.Start(folder, new Dictionary<string, string>(), "-Command", text);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(3)));
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        return HostProcess.End(process);
    }
}
