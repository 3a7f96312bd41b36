using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class GetReportDataTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public GetReportDataTests() => session.Run("""
        New-ReportConnection mem ':memory:'
        New-ReportTask two -Format Csv -Dataset @(
            New-ReportDataset A mem 'select 1 as n, null as x, ''t'' as t, 1.5 as f union all select 2, 3, ''u'', 2.5'
            New-ReportDataset B mem 'select @day as day') -Parameters @{ day = 'text:d' }
        """).NoErrors();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("Get-ReportData two -Dataset A | ForEach-Object { \"$($_.n.GetType().Name) $($_.n) $($null -eq $_.x) $($_.t) $($_.f)\" }",
        "Int64 1 True t 1.5|Int64 2 False u 2.5")]
    [InlineData("(Get-ReportData two).Count", "3")]
    [InlineData("(Get-ReportData t*).day", "d")]
    [InlineData("(Get-ReportData two -Dataset b -Parameters @{ day = 'other' }).day", "other")]
    [InlineData("(Get-ReportData two -First 1).n", "1")]
    [InlineData("Get-ReportTask two | Get-ReportData -Dataset A -First 1 | ForEach-Object n", "1")]
    [InlineData("(Get-ReportData -Connection mem -Query 'select 1 as a, 2 as A, 3').psobject.Properties.Name", "a|A_2|3")]
    [InlineData("(Get-ReportData -Connection m* -Query 'select @d as d' -Parameters @{ d = 5 }).connection", "mem")]
    [InlineData("@(Get-ReportData -Connection mem -Query 'select 1 where 1 = 0').Count", "0")]
    [InlineData("Get-ReportData nobody*", "")]
    // far more rows than anybody wants: the query is stopped
    [InlineData("(Get-ReportData -Connection mem -Query 'with recursive r(n) as (select 1 union all select n + 1 from r) select n from "
        + "r' -First 3).n", "1|2|3")]
    [InlineData("New-ReportTask s -Script { [pscustomobject]@{ a = 1; d = [datetime]'2026-01-02' } } -Format Csv | Get-ReportData | "
        + "ForEach-Object { $_.d.Year }", "2026")]
    public void Rows_are_objects(string script, string expected) =>
        Assert.Equal(expected,
            string.Join('|', session.Run(script).NoErrors().Output.Where(each => each is not null).Select(each => $"{each}")));

    [Theory]
    [InlineData("Get-ReportData two -Parameters @{ dya = 'x' }", "ParameterUndeclared")]
    [InlineData("Get-ReportData -Connection mem -Query 'select @a as a' -Parameters @{ a = 1; b = 2 }", "ParameterUnused")]
    [InlineData("Get-ReportData -Connection mem -Query 'select @a as a' -Parameters @{ }", "ParameterMissing")]
    public void A_value_that_nothing_takes_and_one_that_is_missing_are_errors(string script, string id) =>
        Assert.StartsWith($"{id},", session.Run(script).Error().FullyQualifiedErrorId, StringComparison.Ordinal);

    [Theory]
    [InlineData("Get-ReportData -Connection mem -Query 'select 1 as a; select 2 as b'", "gave 2 results")]
    [InlineData("Get-ReportData -Connection mem -Query 'select 1 as a; select 2 as b; select 3' | ForEach-Object { $_ }", "gave 3 results")]
    [InlineData("Get-ReportData -Connection mem -Query 'select 1 as a'", null)]
    public void Results_behind_the_first_are_told(string script, string? warning)
    {
        var result = session.Run(script).NoErrors();
        Assert.Equal(1L, (long)result.Single().a);
        if (warning is null)
        {
            Assert.Empty(result.Warnings);
        }
        else
        {
            Assert.Contains(warning, Assert.Single(result.Warnings), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Get-ReportData nobody", "TaskNotFound")]
    [InlineData("Get-ReportData two -Dataset C", "DatasetNotFound")]
    [InlineData("Get-ReportData -Connection mem", "OneQueryNeeded")]
    [InlineData("Get-ReportData -Connection mem -Query 'selec 1'", "QueryFailed")]
    [InlineData("Get-ReportData -Connection none -Query 'select 1'", "ConnectionNotFound")]
    [InlineData("New-ReportTask s -Script { throw 'no' } -Format Csv | Get-ReportData", "ScriptFailed")]
    public void What_cannot_be_read_says_why(string script, string id) =>
        Assert.StartsWith(id + ",", session.Run(script).Error().FullyQualifiedErrorId, StringComparison.Ordinal);

    [Theory]
    // one source of rows and no more
    [InlineData("New-ReportDataset d mem 'select 1' -Script { 1 }", "DatasetQueryTwice")]
    [InlineData("New-ReportDataset d mem 'select 1' -RequiredModule X", "ModulesNeedScript")]
    [InlineData("New-ReportTask t mem -Query 'select 1' -Script { 1 } -Format Csv", "QueryAmbiguous")]
    // an empty list is none
    [InlineData("New-ReportTask t mem -Query 'select 1' -Dataset @() -GroupBy '' -Format Csv", "GroupByNotUsable")]
    [InlineData("New-ReportTask t -Script { 1 } -Dataset (New-ReportDataset d -Script { 1 }) -Format Csv", "QueryAmbiguous")]
    [InlineData("New-ReportTask t -Script 'if (' -Format Csv", "ScriptNotParsed")]
    [InlineData("New-ReportTask t -Script { } -Format Csv", "ScriptEmpty")]
    [InlineData("New-ReportTask t -Format Csv -Dataset (New-ReportDataset a -Script { 1 }), (New-ReportDataset b -Query 'select 1')",
        "ConnectionNeeded")]
    public void A_script_that_cannot_be_a_source_is_refused_when_it_is_made(string script, string id) =>
        Assert.StartsWith(id + ",", session.Run(script).Error().FullyQualifiedErrorId, StringComparison.Ordinal);

    [Theory]
    [InlineData("New-ReportTask t -Query 'select 1' -Format Csv", "The task 't' has no connection.")]
    [InlineData("New-ReportTask t -Format Csv -Dataset (New-ReportDataset a mem 'select 1'), (New-ReportDataset b -Query 'select 1')",
        "The dataset 'b' of the task 't' has no connection.")]
    [InlineData("""
        New-ReportTask t -Format Csv -SplitBy k -To '{{ split.key }}' -Recipients 'select 1 as key' -Dataset (
            New-ReportDataset a mem 'select 1 as k')
        """, "The query of -Recipients of the task 't' has no connection.")]
    public void What_has_no_connection_is_named(string script, string message) =>
        Assert.StartsWith(message, session.Run(script).Error().Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void A_script_task_is_made_changed_tested_exported_and_imported()
    {
        var result = session.Run("""
            $t = New-ReportTask s -Script { 'from the script' } -Format Csv -RequiredModule @()
            "$($t.Script.Trim())|$($null -eq $t.Query)"
            (Test-ReportTask s | Where-Object Check -eq Query).Message
            Export-ReportTask s -Path out.json | Out-Null
            [void][IO.Directory]::CreateDirectory("$($PWD.Path)/folder")
            Export-ReportTask s -Path folder | Out-Null
            Remove-ReportTask s -Confirm:$false
            (Import-ReportTask out.json 3>$null).Script.Trim()
            Remove-ReportTask s -Confirm:$false
            (Import-ReportTask folder 3>$null).Script.Trim()
            $null = Set-ReportTask s -Connection mem -Query 'select 5 as five'
            (Get-ReportData s).five
            $null = Set-ReportTask s -Script { 6 }
            (Get-ReportData s).Value
            """).NoErrors();
        var lines = result.Output.Select(each => $"{each}").ToList();
        Assert.Equal("'from the script'|True", lines[0]);
        Assert.Contains("was not run", lines[1], StringComparison.Ordinal);
        Assert.Contains("AllowScript", lines[1], StringComparison.Ordinal);
        Assert.Equal(["'from the script'", "'from the script'", "5", "6"], lines[2..]);
        Assert.True(File.Exists(Path.Combine(session.Folder, "folder", "s.ps1")));
    }

    [Fact]
    public void A_wildcard_without_a_match_is_told_when_the_task_is_made() =>
        Assert.Contains(session.Run("New-ReportTask g 'prod-*' -Query 'select 1' -Format Csv").NoErrors().Warnings,
            warning => $"{warning}".Contains("'prod-*'", StringComparison.Ordinal));
}
