using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Host;

public sealed class HostTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    // text, exit code, output, error
    [InlineData("'here'", 0, "here", "")]
    [InlineData("exit 3", 3, "", "")]
    [InlineData("'before'; exit 3; 'after'", 3, "before", "")]
    [InlineData("throw 'boo'; 'after'", 1, "", "Exception: boo")]
    [InlineData("nosuchcommand; 'after'", 0, "after", "'nosuchcommand' is not recognized")]
    [InlineData("'before'; nosuchcommand", 1, "before", "'nosuchcommand' is not recognized")]
    [InlineData("Get-ReportTask -Name nobody -StorePath ./s.db -WarningAction Ignore", 1, "",
        "Get-ReportTask: No report task is named 'nobody'")]
    [InlineData("$Host.SetShouldExit(42); 'goes on'", 42, "goes on", "")]
    [InlineData("$Host.UI.WriteWarningLine('careful')", 0, "WARNING: careful", "")]
    [InlineData("$VerbosePreference = 'Continue'; & { [CmdletBinding()] param() $PSCmdlet.WriteVerbose('detail') }", 0, "VERBOSE: detail",
        "")]
    [InlineData("& { [CmdletBinding()] param() $PSCmdlet.WriteVerbose('detail') }", 0, "", "")]
    [InlineData("& { [CmdletBinding()] param() $PSCmdlet.WriteDebug('inside') } -Debug", 0, "DEBUG: inside", "")]
    [InlineData("& { [CmdletBinding()] param() $PSCmdlet.WriteWarning('careful') }", 0, "WARNING: careful", "")]
    [InlineData("& { [CmdletBinding()] param() $PSCmdlet.WriteInformation('news', @('PSHOST')) }", 0, "news", "")]
    [InlineData("& { [CmdletBinding()] param() $PSCmdlet.WriteInformation('news', @()) } -InformationAction Continue", 0, "news", "")]
    [InlineData("& { [CmdletBinding()] param() $PSCmdlet.WriteInformation('news', @()) }", 0, "", "")]
    [InlineData("New-ReportConnection -Name x -ConnectionString ':memory:' -StorePath ./s.db -WhatIf", 0,
        "What if: Performing the operation", "")]
    [InlineData("[pscustomobject]@{ First = 1; Second = 'two' }", 0, "First Second", "")]
    public void Command_text_runs_as_in_pwsh(string text, int exitCode, string output, string error)
    {
        var run = HostProcess.Run(folder, "-Command", text);
        Assert.Equal(exitCode, run.ExitCode);
        Check(output, run.Output);
        Check(error, run.Error);
        Assert.DoesNotContain('\x1b', run.Output + run.Error);
    }

    [Theory]
    [InlineData(new[] { "-Name", "a b", "-Force" }, "a b|True|0|")]
    [InlineData(new[] { "-Name:x", "-Force:$false", "-Number", "7" }, "x|False|7|")]
    [InlineData(new[] { "pos", "5", "rest", "more" }, "pos|False|5|rest more")]
    [InlineData(new[] { "-Name", "$(exit 9)", "-Number:-3" }, "$(exit 9)|False|-3|")]
    public void A_script_takes_arguments_as_with_pwsh_File(string[] arguments, string expected)
    {
        var script = Script("param([string] $Name, [int] $Number, [switch] $Force)\n\"$Name|$Force|$Number|$args\"");
        var run = HostProcess.Run(folder, [script, .. arguments]);
        Assert.Equal((0, expected), (run.ExitCode, run.Output.Trim()));
    }

    [Theory]
    [InlineData("exit 3", 3, "")]
    [InlineData("throw 'boo'", 1, "boo")]
    [InlineData("nosuchcommand; 'goes on'", 0, "nosuchcommand")]
    [InlineData("param([Parameter(Mandatory)] $Name) $Name", 1, "missing mandatory parameters: Name")]
    [InlineData("$PSDefaultParameterValues['*:StorePath'] = './s.db'; New-ReportConnection -Name x -ConnectionString ':memory:' -Confirm",
        0, "PowerShell is in NonInteractive mode")]
    [InlineData("if (", 1, "Missing condition")]
    public void A_script_ends_with_its_exit_code(string text, int exitCode, string error)
    {
        var run = HostProcess.Run(folder, "-NonInteractive", "-File", Script(text));
        Check(error, run.Error);
        Assert.Equal(exitCode, run.ExitCode);
    }

    [Fact]
    public void A_script_knows_its_own_folder() =>
        Assert.Equal(folder, HostProcess.Run(folder, "-File", Script("$PSScriptRoot")).Output.Trim());

    [Fact]
    public void A_missing_script_is_named()
    {
        var run = HostProcess.Run(folder, "nosuch.ps1");
        Assert.Equal(64, run.ExitCode);
        Assert.Contains("'nosuch.ps1'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cmdlet_of_PowerShell_is_there()
    {
        var run = HostProcess.Run(folder, "-NonInteractive", "-Command", """
            $null = New-ReportConnection shop ':memory:' -StorePath ./s.db
            Get-ReportConnection shop -StorePath ./s.db | Select-Object Name | ConvertTo-Json -Compress
            Get-Date '2026-11-28' -Format yyyy
            1..3 | ForEach-Object -Parallel { $_ * 2 } | Measure-Object -Sum | Format-List Sum
            (Get-ChildItem . -Filter s.db).Name
            Add-Type -TypeDefinition 'public class Answer { public static int Of() => 42; }'; [Answer]::Of()
            """);
        Assert.Equal("", run.Error);
        Assert.Equal(["{\"Name\":\"shop\"}", "2026", "Sum : 12", "s.db", "42"],
            run.Output.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    [Fact]
    public void Without_a_script_it_reads_commands()
    {
        using var process = HostProcess.Start(folder, new Dictionary<string, string>(), "-NoProfile", "-NonInteractive");
        process.StandardInput.WriteLine("(Get-Module ReportScheduler).Name; exit 5");
        process.StandardInput.Close();
        var run = HostProcess.End(process);
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("ReportScheduler", run.Output.Split('\n').Select(line => line.Trim()));
    }

    [Theory]
    [InlineData("-Help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public void Asked_for_help_it_shows_the_usage_and_has_not_failed(string option)
    {
        var run = HostProcess.Run(folder, option);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("ReportScheduler.Host [[-File] <script.ps1>", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_use_the_views_of_the_module()
    {
        var run = HostProcess.Run(folder, "-Command", "New-ReportConnection -Name shop -ConnectionString ':memory:' -StorePath ./s.db");
        Assert.Matches(@"Name\s+Provider", run.Output);
        Assert.Matches(@"shop\s+Sqlite", run.Output);
    }

    [Fact]
    public void A_task_with_no_time_left_is_shown_so()
    {
        var run = HostProcess.Run(folder, "-Command", """
            $PSDefaultParameterValues['*:StorePath'] = './s.db'
            $null = New-ReportConnection mem :memory:
            $null = New-ReportTask once mem -Query 'select 1' -Format Csv -TimeZone Asia/Kolkata -At '2020-01-01 09:00' -WarningAction SilentlyContinue
            $null = New-ReportTask often mem -Query 'select 1' -Format Csv -TimeZone UTC -Every 30s -StartAt '2099-01-01 00:00:30'
            $null = New-ReportTask hand mem -Query 'select 1' -Format Csv
            $null = Invoke-ReportTask hand -AsOf '2026-11-23T09:00:05Z' -NoDelivery
            Get-ReportTask
            Get-ReportRun
            """);
        Assert.Matches(@"none left +0 +0 2020-01-01 09:00 +once\s", run.Output);
        Assert.Matches(@"2099-01-01 00:00 +0 +0 every 30s +often\s", run.Output);
        Assert.Matches(@" Succeeded +1 +0 on demand +hand\s", run.Output);
        Assert.Matches(@"DueAt +: .*09:00:05|2026-11-23 \d\d:\d\d:05", run.Output);
    }

    [Fact]
    public void Help_breaks_lines_between_words_and_dates_stay_as_they_are()
    {
        var run = HostProcess.Run(folder, "-Command", "Get-Help New-ReportTask -Parameter TimeZone; \"$([datetime]'2026-11-25 "
            + "15:19:53')\"; 1.5; [pscustomobject]@{ At = [datetime]'2026-11-25 15:19:53' }");
        Assert.Matches(@"Default: this\s+computer's\.", run.Output);
        Assert.Contains("11/25/2026 15:19:53", run.Output, StringComparison.Ordinal);
    }

    private static void Check(string expected, string actual)
    {
        if (expected.Length == 0)
        {
            Assert.Equal("", actual.Trim());
        }
        else
        {
            Assert.Contains(expected, actual, StringComparison.Ordinal);
        }
    }

    private string Script(string text)
    {
        var path = Path.Combine(folder, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
