using System.Diagnostics;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>The built module in an installed PowerShell, as users have it.</summary>
public sealed class CompletePowerShellTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    private Dictionary<string, string> Variables => new() { ["REPORTSCHEDULER_STORE"] = Path.Combine(folder, "s.db") };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_import_exports_every_cmdlet() => Assert.Equal(Enumerable.Repeat($"{Manifest.Cmdlets.Count}", 4), Command($$"""
        Import-Module '{{BuiltModule.Manifest}}'; (Get-Command -Module ReportScheduler).Count
        Import-Module '{{BuiltModule.Manifest}}'; (Get-Command -Module ReportScheduler).Count
        Import-Module '{{BuiltModule.Manifest}}' -Force; (Get-Command -Module ReportScheduler).Count
        Remove-Module ReportScheduler; Import-Module '{{BuiltModule.Manifest}}'; (Get-Command -Module ReportScheduler).Count
        """));

    [Fact]
    public void A_cmdlet_on_the_module_path_imports_the_module_and_has_help()
    {
        var modules = Directory.CreateDirectory(Path.Combine(folder, "Modules")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(modules, "ReportScheduler"), BuiltModule.Folder.TrimEnd(Path.DirectorySeparatorChar));
        var variables = Variables;
        variables["PSModulePath"] = modules;
        Assert.Equal(
            ["Sqlite", "ReportScheduler", "True", "True", "True"],
            Command("""
                (New-ReportConnection shop ':memory:').Provider.ToString()
                (Get-Module ReportScheduler).Name
                (Get-Help New-ReportTask -Full | Out-String).Contains('-TimeZone')
                (Get-Help New-ReportTask -Examples | Out-String).Contains('New-ReportTask')
                (Get-Help about_ReportScheduler | Out-String).Contains('ReportScheduler')
                """, variables));
    }

    [Fact]
    public void Names_and_values_are_completed() => Assert.Equal(["'Weekly sales'", "Excel", "-TimeZone"], Command($$"""
        Import-Module '{{BuiltModule.Manifest}}'
        $null = New-ReportConnection shop ':memory:'; $null = New-ReportTask 'Weekly sales' shop -Query 'select 1' -Format Csv
        foreach ($line in 'Get-ReportTask W', 'New-ReportTask x -Format Ex', 'New-ReportTask -TimeZ') { (TabExpansion2 $line $line.Length).CompletionMatches[0].CompletionText }
        """));

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("(Invoke-ReportTask good).Outcome.ToString()", 0)]
    [InlineData("Invoke-ReportTask bad -ErrorAction Stop", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-ReportTask nobody", 1)]
    [InlineData("Invoke-ReportTask $args[0] -ErrorAction Stop", 0)]
    public void A_script_ends_with_its_exit_code(string text, int exitCode)
    {
        var script = Path.Combine(folder, "script.ps1");
        File.WriteAllText(script, $$"""
            Import-Module '{{BuiltModule.Manifest}}'
            $null = New-ReportConnection shop ':memory:'
            $null = New-ReportTask good shop -Query 'select 1' -Format Csv
            $null = New-ReportTask bad shop -Query 'select * from nowhere' -Format Csv -Retry 0
            {{text}}
            """);
        var run = CompletePowerShell.Run(folder, Variables, "-File", script, "good");
        Assert.True(exitCode == run.ExitCode, run.Output + run.Error);
    }

    [Fact]
    public async Task SIGTERM_ends_the_runner_in_order()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill; run this on Linux or macOS");
        using var process = CompletePowerShell.Start(folder, Variables, "-Command", $$"""
            Import-Module '{{BuiltModule.Manifest}}'
            $null = New-ReportConnection shop ':memory:'; $null = New-ReportTask now shop -Query 'select 1' -Format Csv -Every 1s
            Start-ReportScheduler | ForEach-Object { 'ran' }
            """);
        // the runner's own lines come before what the pipeline makes of its reports
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(3)) is { } line && line != "ran")
        {
            Assert.DoesNotContain("rror", line, StringComparison.Ordinal);
        }

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        Assert.Equal(0, HostProcess.End(process).ExitCode);
    }

    [Fact]
    public void Reports_run_in_thread_jobs_and_in_parallel() => Assert.Equal(Enumerable.Repeat("Succeeded", 6), Command($$"""
        Import-Module '{{BuiltModule.Manifest}}'
        $null = New-ReportConnection shop ':memory:'
        1..6 | ForEach-Object { $null = New-ReportTask "t$_" shop -Query 'select 1' -Format Csv, Excel }
        1..3 | ForEach-Object { Start-ThreadJob { Import-Module $using:module; (Invoke-ReportTask $args[0] -NoDelivery).Outcome.ToString() } -ArgumentList "t$_" } | Receive-Job -Wait
        4..6 | ForEach-Object -Parallel { Import-Module $using:module; (Invoke-ReportTask "t$_" -NoDelivery).Outcome.ToString() }
        """.Insert(0, $"$module = '{BuiltModule.Manifest}'\n")));

    [Theory]
    [InlineData("Build", "build")]
    [InlineData("Test", "test")]
    [InlineData("Package", "msbuild")]
    public void The_build_script_ends_with_the_exit_code_of_dotnet(string task, string verb)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the program that takes the place of dotnet is a shell script");
            return;
        }

        var program = Path.Combine(folder, "dotnet");
        File.WriteAllText(program, "#!/bin/sh\necho $1\nexit 5\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var run = CompletePowerShell.Run(folder, Variables, "-Command",
            $"$env:PATH = '{folder}:' + $env:PATH; & '{Path.Combine(BuiltModule.Root, "build.ps1")}' -Task {task}; exit $LASTEXITCODE");
        Assert.Equal((5, verb), (run.ExitCode, run.Output.Trim()));
    }

    private string[] Command(string text) => Command(text, Variables);

    private string[] Command(string text, Dictionary<string, string> variables)
    {
        var run = CompletePowerShell.Run(folder, variables, "-Command", text);
        Assert.Equal("", run.Error);
        return [.. run.Output.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
    }
}
