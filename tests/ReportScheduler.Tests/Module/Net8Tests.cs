using System.Diagnostics;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>PowerShell 7.4 runs on .NET 8, so everything must.</summary>
public sealed class Net8Tests
{
    [Fact]
    public void A_report_is_made_and_mailed_on_dotnet_8()
    {
        var folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
        var program = OperatingSystem.IsWindows() ? $"{BuiltModule.Net8}.exe" : BuiltModule.Net8;
        using var process = Process.Start(new ProcessStartInfo(program, [folder]) { RedirectStandardOutput = true,
            RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var ended = HostProcess.End(process);
        var lines = ended.Output.Trim().Split('\n');
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Equal("8 Succeeded 500", lines[0]);
        Assert.Equal([".csv", ".html", ".json", ".pdf", ".xlsx"], lines.Skip(1).Select(Path.GetExtension).Order());
        Assert.All(lines.Skip(1), file => Assert.True(new FileInfo(file).Length > 1000));
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "mail"), "*.eml"));
        Directory.Delete(folder, recursive: true);
    }
}
