using ReportScheduler.Commands.Scripts;
using ReportScheduler.Runs;
using ReportScheduler.Tests.Runs;

namespace ReportScheduler.Tests.Commands;

public sealed class ScriptSourceTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    // objects of all kinds that people give
    [InlineData("[pscustomobject]@{ a = 1; b = 'x' }, [pscustomobject]@{ a = 2; b = 'y' }", "a,b\n1,x\n2,y\n")]
    [InlineData("@{ b = 1; a = 2 }", "a,b\n2,1\n")]
    [InlineData("[ordered]@{ b = 1; a = 2 }", "b,a\n1,2\n")]
    [InlineData("1..3", "Value\n1\n2\n3\n")]
    [InlineData("'x', 'y'", "Value\nx\ny\n")]
    [InlineData("$t = [Data.DataTable]::new(); [void]$t.Columns.Add('n', [int]); [void]$t.Columns.Add('s'); "
        + "[void]$t.Rows.Add(1, [DBNull]::Value); $t.Rows[0]", "n,s\n1,\n")]
    [InlineData("$d = [Collections.Generic.Dictionary[string, object]]::new(); $d['x'] = 1; , $d", "x\n1\n")]
    // values
    [InlineData("[pscustomobject]@{ e = [DayOfWeek]::Monday; t = [timespan]'01:02:03'; g = $null; v = [version]'1.2'; c = [char]'x' }",
        "e,t,g,v,c\nMonday,01:02:03,,1.2,x\n")]
    [InlineData("[pscustomobject]@{ d = [datetime]'2026-03-02 10:00'; f = 1.5; m = 2.50d; u = [uint64]::MaxValue }",
        "d,f,m,u\n2026-03-02 10:00:00,1.5,2.50,18446744073709551615\n")]
    [InlineData("[pscustomobject]@{ o = @{ k = 1 }; l = 1, 2; p = [pscustomobject]@{ q = 'r' } }",
        "o,l,p\n\"{\"\"k\"\":1}\",\"[1,2]\",\"{\"\"q\"\":\"\"r\"\"}\"\n")]
    // the properties of all that decide are columns, and what one lacks is empty
    [InlineData("[pscustomobject]@{ a = 1 }, [pscustomobject]@{ b = 2; a = 3 }, 'text'", "a,b,Value\n1,,\n3,2,\n,,text\n")]
    [InlineData("$null; [pscustomobject]@{ a = $null }", "a\n\"\"\n")]
    // so is a table that comes in one piece
    [InlineData("$t = [Data.DataTable]::new(); [void]$t.Columns.Add('n', [int]); [void]$t.Rows.Add(1); [void]$t.Rows.Add(2); , $t",
        "n\n1\n2\n")]
    // a list in the place of a row is its items
    [InlineData("1; , @(1, 'x'); , [Collections.Generic.List[int]]@(5)", "Value\n1\n\"[1,\"\"x\"\"]\"\n[5]\n")]
    // parameters are variables, dates in words are days, and a param block takes them as well
    [InlineData("[pscustomobject]@{ region = $region; day = $day.ToString('yyyy-MM-dd'); kind = $day.GetType().Name }",
        "region,day,kind\nnorth,2026-03-01,DateTime\n")]
    [InlineData("param([string]$region, $other = 5) [pscustomobject]@{ region = $region; other = $other }", "region,other\nnorth,5\n")]
    // what is not of the session that made the task
    [InlineData("[pscustomobject]@{ e = \"$ErrorActionPreference\"; host = $host.Name }", "e,host\nContinue,ReportScheduler\n")]
    [InlineData("1; exit 0", "Value\n1\n")]
    [InlineData("try { [int]::Parse('x') } catch { 'none' }; 2", "Value\nnone\n2\n")]
    [InlineData("param([Parameter(Mandatory)][string]$region, [Parameter(Mandatory = $false)]$other) $region; return", "Value\nnorth\n")]
    // a screen that shows nothing
    [InlineData("$host.UI.RawUI.WindowTitle = 'x'; $host.UI.RawUI.BufferSize.Width -gt 0; $host.UI.RawUI.FlushInputBuffer()",
        "Value\ntrue\n")]
    public void Objects_are_rows(string script, string csv)
    {
        var run = Run(script);
        Assert.Null(run.Error);
        Assert.Equal(RunOutcome.Succeeded, run.Outcome);
        Assert.Equal(csv, File.ReadAllText(Assert.Single(run.Files)).TrimStart('\uFEFF').ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_script_begins_in_an_empty_folder_of_its_own_that_goes_with_it()
    {
        var run = Run("$here = $ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath; "
            + "[IO.Directory]::GetFileSystemEntries($here).Count; [IO.File]::WriteAllText(\"$here/kept.txt\", 'x'); $here");
        var lines = File.ReadAllLines(Assert.Single(run.Files));
        Assert.Equal("0", lines[1]);
        Assert.NotEqual(Directory.GetCurrentDirectory(), lines[2]);
        Assert.False(Directory.Exists(lines[2]));
    }

    [Fact]
    public void A_question_is_told_as_an_error_and_not_as_one_that_was_gone_on_from() =>
        Assert.Empty(Run("1; $host.UI.ReadLine()").Warnings);

    [Theory]
    [InlineData("1\nthrow 'no disk'", "ScriptFailed", "in line 2 (throw 'no disk'): no disk")]
    [InlineData("$ErrorActionPreference = 'Stop'\nGet-Item -LiteralPath /does/not/exist", "ScriptFailed", "in line 2")]
    [InlineData("1; exit 3", "ScriptExited", "exit 3")]
    [InlineData("1\nRead-HostX 'name'", "ScriptFailed", "in line 2 (Read-HostX 'name'): The term 'Read-HostX'")]
    [InlineData("1\n\n[int]::Parse('x')\n2", "ScriptFailed", "in line 3")]
    [InlineData("function f { 1/$null }\nf", "ScriptFailed", "in line 1")]
    [InlineData("param([int]$region) $region", "ScriptFailed", "' failed: Cannot process argument transformation")]
    [InlineData("param([Parameter(Mandatory)]$disk) $disk", "ScriptParameterMissing", "Give -Parameters @{ disk = ... }")]
    [InlineData("try { $host.UI.ReadLine() } catch { }; while ($true) { 1 }", "ScriptAsks", "no one can answer")]
    [InlineData("$host.UI.PromptForChoice('c', 'Go on?', @([Management.Automation.Host.ChoiceDescription]::new('&Yes')), 0)", "ScriptAsks",
        "'Go on?'")]
    [InlineData("$host.UI.RawUI.ReadKey(); 1", "ScriptAsks", "'ReadKey'")]
    [InlineData("$host.EnterNestedPrompt(); 1", "ScriptAsks", "'nested prompt'")]
    [InlineData("Get-Item |", "ScriptNotParsed", "in line 1")]
    [InlineData("\n\nif ($true) {", "ScriptNotParsed", "in line 3")]
    public void A_script_that_cannot_go_on_says_where(string script, string id, string words)
    {
        var run = Run(script);
        Assert.Equal((RunOutcome.Failed, id), (run.Outcome, run.ErrorId));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Files);
    }

    [Fact]
    public void What_does_not_stop_a_script_is_a_warning_and_what_it_writes_is_a_message()
    {
        var run = Run("Get-Command first-none\n$host.UI.WriteLine('to the console')\n[pscustomobject]@{ a = 1 }\nGet-Command "
            + "second-none\n$host.UI.WriteWarningLine('x')", task => task.Query = null);
        Assert.Equal(RunOutcome.Succeeded, run.Outcome);
        Assert.Contains(run.Warnings, warning => warning.Contains("had an error in line 4", StringComparison.Ordinal));
        Assert.Equal(["to the console"], run.Messages);
    }

    [Fact]
    public void Errors_without_end_are_counted_and_not_all_told()
    {
        var run = Run("1..500 | & { process { Get-Command \"none-$_\" } }; 'x'");
        Assert.Equal(1, run.Rows);
        Assert.Contains(run.Warnings, warning => warning.Contains("500 errors in all", StringComparison.Ordinal));
        Assert.InRange(run.Warnings.Length, 2, 25);
    }

    [Fact]
    public void No_object_is_a_report_without_rows_whose_columns_are_those_that_were_named()
    {
        var run = Run("", task => task.Datasets[0].Columns = [new ReportColumn { Name = "disk" }, new ReportColumn { Name = "free" }],
            "if ($false) { 1 }");
        Assert.Equal((RunOutcome.Succeeded, 0L), (run.Outcome, run.Rows));
        Assert.Equal("disk,free", File.ReadAllText(run.Files[0]).TrimStart('\uFEFF').Trim());
        Assert.Empty(run.Warnings);
        Assert.Contains("returned no objects", Assert.Single(Run("if ($false) { 1 }").Warnings), StringComparison.Ordinal);
        Assert.Equal(RunOutcome.NoData, Run("if ($false) { 1 }", task => task.SendWhen = nameof(SendWhen.HasRows)).Outcome);
    }

    [Fact]
    public void A_property_that_comes_late_is_told_of_and_left_out()
    {
        var run = Run("for ($i = 0; $i -lt 1500; $i++) { [pscustomobject]@{ a = $i } }; [pscustomobject]@{ a = 1; late = 2 }");
        Assert.Equal(1501, run.Rows);
        Assert.Contains("'late'", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_throws_is_empty_and_told_of_when_it_is_a_script()
    {
        var run = Run("$o = [pscustomobject]@{ a = 1 }; $o.PSObject.Properties.Add([psscriptproperty]::new('bad', { throw 'oh' })); $o");
        Assert.Equal("a,bad\n1,\n", File.ReadAllText(run.Files[0]).TrimStart('\uFEFF').ReplaceLineEndings("\n"));
        Assert.Contains("'bad'", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("while ($true) { }")]
    [InlineData("while ($true) { 1 }")]
    [InlineData("1; [Threading.Thread]::Sleep(60000)")]
    public void A_script_that_does_not_end_is_stopped(string script)
    {
        using var other = new RunFixture(TimeProvider.System);
        other.AddTask("t", task => Make(task, script, task => task.Timeout = TimeSpan.FromSeconds(1)));
        using var worker = new RunWorker(other.Store, TimeProvider.System, sources: [new ScriptSources(other.Store, byPerson: true)]);
        var run = worker.RunNow(other.Store.FindTask("t")!, RunTrigger.Manual, TimeProvider.System.GetUtcNow(), RunOptions.None, _ => { },
            CancellationToken.None);
        Assert.Equal((RunOutcome.Failed, "RunTimedOut"), (run.Outcome, run.ErrorId));
        Assert.Equal(script.Contains("Sleep", StringComparison.Ordinal),
            run.Messages.Any(message => message.Contains("did not stop", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false, RunOutcome.Failed)]
    [InlineData(true, RunOutcome.Succeeded)]
    public void A_runner_runs_scripts_only_where_the_store_allows_it(bool isAllowed, RunOutcome outcome)
    {
        fixture.Store.SetOption(new ReportSchedulerOption { AllowScript = isAllowed });
        fixture.AddTask("due", task => Make(task, "1"));
        using var worker = new RunWorker(fixture.Store, fixture.Clock, sources: [new ScriptSources(fixture.Store, byPerson: false)]);
        var run = Assert.Single(worker.RunDue(_ => { }, CancellationToken.None));
        Assert.Equal((outcome, isAllowed ? null : "ScriptNotAllowed"), (run.Outcome, run.ErrorId));
    }

    [Fact]
    public void A_module_that_is_not_there_is_named()
    {
        var run = Run("1", task => task.Datasets[0].RequiredModule = ["NoSuchModule"]);
        Assert.Equal("ScriptModuleNotFound", run.ErrorId);
        Assert.Contains("NoSuchModule", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_of_PowerShell_is_no_parameter()
    {
        var run = Run("1", task => task.Parameters!["PID"] = 1);
        Assert.Equal("ScriptParameterNotUsable", run.ErrorId);
    }

    private ReportRun Run(string script, Action<ReportTask>? change = null, string? other = null)
    {
        var name = $"t{Guid.NewGuid():n}";
        fixture.AddTask(name, task => Make(task, other ?? script, change));
        using var worker = new RunWorker(fixture.Store, fixture.Clock, sources: [new ScriptSources(fixture.Store, byPerson: true)]);
        return worker.RunNow(fixture.Store.FindTask(name)!, RunTrigger.Manual, fixture.Clock.GetUtcNow(), RunOptions.None, _ => { },
            CancellationToken.None);
    }

    private static void Make(ReportTask task, string script, Action<ReportTask>? change = null)
    {
        task.Connection = "";
        task.Parameters = new System.Collections.Specialized.OrderedDictionary { ["region"] = "north", ["day"] = "yesterday" };
        change?.Invoke(task);
        var columns = task.Datasets.FirstOrDefault();
        task.Datasets = [
            new ReportDataset { Script = script, Columns = columns?.Columns ?? [], RequiredModule = columns?.RequiredModule ?? [] }];
    }
}
