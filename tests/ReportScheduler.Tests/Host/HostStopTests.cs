using System.Diagnostics;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Host;

/// <summary>A signal stops the pipeline, and what must be cleaned up is.</summary>
public sealed class HostStopTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_signal_stops_the_script_and_lets_it_clean_up(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill; run this on Linux or macOS");
        var ended = await Send(signal, "try { 'ready'; while ($true) { [Threading.Thread]::Sleep(20) } } finally { [Console]::Out.WriteLine('cleaned up') }; 'not reached'");
        Assert.Equal((exitCode, "cleaned up"), (ended.ExitCode, ended.Output.Trim()));
    }

    [Fact]
    public async Task An_exit_code_chosen_while_stopping_is_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill; run this on Linux or macOS");
        var ended = await Send("TERM", "try { 'ready'; while ($true) { [Threading.Thread]::Sleep(20) } } finally { $Host.SetShouldExit(7) }");
        Assert.Equal(7, ended.ExitCode);
    }

    private async Task<HostProcess> Send(string signal, string text)
    {
        using var process = HostProcess.Start(folder, new Dictionary<string, string>(), "-Command", text);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        return HostProcess.End(process);
    }
}
