using System.Globalization;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Scripts that want too much, in a process of their own. REPORTSCHEDULER_ATTACK_OBJECTS
/// says how many objects; a million is what the README promises.</summary>
public sealed class ScriptAttackTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Memory_does_not_grow_with_the_objects_of_a_script_or_of_a_pipeline()
    {
        var count =
            int.Parse(Environment.GetEnvironmentVariable("REPORTSCHEDULER_ATTACK_OBJECTS") ?? "30000", CultureInfo.InvariantCulture);
        var script = Path.Combine(folder, "grow.ps1");
        File.WriteAllText(script, """
            $ErrorActionPreference = 'Stop'
            $VerbosePreference = 'SilentlyContinue'
            $null = New-ReportTask grow -Format Csv -Timeout 10m -Parameters @{ many = 1 } -Script {
                for ($i = 0; $i -lt $many; $i++) { [pscustomobject]@{ number = $i; text = "object $i with some text that is not short"; at = [datetime]::MinValue } }
            }
            function Peak { [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB }
            function Make($many) {
                $null = Set-ReportTask grow -Parameters @{ many = $many }
                (Invoke-ReportTask grow -NoDelivery).Rows
                & { for ($i = 0; $i -lt $many; $i++) { [pscustomobject]@{ number = $i; text = "object $i with some text that is not short" } } } | Export-Report ./out.csv
            }
            Make ([int]($env:OBJECTS / 6))
            $before = Peak
            Make ([int]$env:OBJECTS)
            "grown by $([int]((Peak) - $before)) MB"
            (Get-Content ./out.csv | Measure-Object).Count
            """);
        var host = HostProcess.Run(folder, new Dictionary<string, string> { ["OBJECTS"] = $"{count}",
            ["REPORTSCHEDULER_STORE"] = Path.Combine(folder, "store", "reports.db"), ["DOTNET_gcServer"] = "0" }, script);
        Assert.Equal((0, ""), (host.ExitCode, host.Error));
        var lines = host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(count, long.Parse(lines[1], CultureInfo.InvariantCulture));
        var grown = int.Parse(lines[2].Split(' ')[2], CultureInfo.InvariantCulture);
        // five sixths of the objects more, of 200 bytes and more each
        Assert.InRange(grown, -10, 80);
        Assert.Equal(count + 1, int.Parse(lines[3], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_a_script_changes_of_its_process_is_put_back()
    {
        var script = Path.Combine(folder, "change.ps1");
        File.WriteAllText(script, """
            $InformationPreference = 'Ignore'
            $env:KEPT = 'before'
            $env:GONE = 'there'
            $before = "$(Get-Location) $([Environment]::CurrentDirectory)"
            $null = New-ReportTask changes -Format Csv -Script {
                $env:KEPT = 'after'; $env:NEW = 'new'; $env:GONE = $null; Set-Location /; [Environment]::CurrentDirectory = '/'; Clear-Host
                $global:leaked = 1; $Host.UI.RawUI.WindowTitle = 'x'; "$env:KEPT $(Get-Location)"
            }
            $null = New-ReportTask fails -Format Csv -Script { $env:KEPT = 'failed'; throw 'no' }
            $null = New-ReportTask slow -Format Csv -Timeout 2s -Script { $env:KEPT = 'slow'; while ($true) { [Threading.Thread]::Sleep(50) } }
            $run = Invoke-ReportTask changes -WarningAction Ignore
            Get-Content $run.Files[0] | Select-Object -Last 1
            $run.Warnings
            $null = Invoke-ReportTask fails, slow -ErrorAction Ignore
            "$env:KEPT $env:NEW $env:GONE $leaked $($before -eq "$(Get-Location) $([Environment]::CurrentDirectory)")"
            """);
        var host = HostProcess.Run(folder,
            new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = Path.Combine(folder, "store", "reports.db") }, script);
        Assert.Equal("after /\nThe script of 'changes' warns: Clear-Host does nothing here: the script of a report has no screen.\n"
            + "before  there  True\n", host.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_script_that_exits_or_writes_does_neither_to_the_process_that_runs_it()
    {
        var script = Path.Combine(folder, "exit.ps1");
        File.WriteAllText(script, """
            $null = New-ReportTask quits -Format Csv -Script { Write-Host 'not on the console'; exit 3 }
            $run = Invoke-ReportTask quits -ErrorAction SilentlyContinue -InformationAction Ignore
            "$($run.ErrorId) $($run.Messages)"
            'still here'
            """);
        var host = HostProcess.Run(folder,
            new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = Path.Combine(folder, "store", "reports.db") }, script);
        Assert.Equal("ScriptExited not on the console\nstill here\n", host.Output.ReplaceLineEndings("\n"));
    }
}
