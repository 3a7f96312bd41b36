using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>Tasks that only runners with a label take.</summary>
public sealed class LabelTests : IDisposable
{
    private const string LabelCheck = "Test-ReportStore | Where-Object Check -eq Labels | ForEach-Object "
        + "{ \"$($_.Success) $($_.ErrorId) $($_.Message)\" }";

    private readonly PowerShellSession session = new();

    public LabelTests() => session.Run("""
        New-ReportConnection mem ':memory:'
        New-ReportMailServer m -PickupDirectory mail -From r@example.com
        New-ReportTask inside mem -Query 'select 1 as a' -Format Csv -To a@example.com -Every 1h -StartAt 2026-01-01
        New-ReportTask outside mem -Query 'select 1 as a' -Format Csv -To a@example.com -Every 1h -StartAt 2026-01-01 -RunOn DMZ
        """).NoErrors();

    private IReportStore Store => StoreFile.Open(session.StorePath, StoreScope.User);

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_runner_takes_what_has_its_label_and_what_has_none_and_leaves_the_rest_to_others()
    {
        MakeDue();
        Assert.Equal(["inside"], Names("Start-ReportScheduler -UntilIdle -InformationAction Ignore"));
        Assert.Empty(Names("Start-ReportScheduler -UntilIdle -InformationAction Ignore -Label lan"));
        Assert.Equal(["outside"], Names("Start-ReportScheduler -UntilIdle -InformationAction Ignore -Label lan, dmz"));
        MakeDue();
        Assert.Equal(["inside"], Names("Invoke-ReportTask -Due"));
        Assert.Equal(["outside"], Names("Invoke-ReportTask -Due -Label dmz"));
        // a person says where by calling it there
        Assert.Equal(["outside"], Names("Invoke-ReportTask outside"));
    }

    [Fact]
    public void A_task_that_no_runner_takes_is_shown_as_such()
    {
        Assert.Equal(["inside False", "outside True"], Lines("Get-ReportTask | ForEach-Object { \"$($_.Name) $($_.LacksRunner)\" }"));
        Assert.Matches("^False LabelWithoutRunner .*'outside'", Assert.Single(Lines(LabelCheck)));
        Store.Runners.Write(new ReportSchedulerInfo
        {
            Id = "r",
            Owner = "far/1/1/1",
            SeenAt = TimeProvider.System.GetUtcNow(),
            Labels = ["dmz"],
        });
        Assert.Equal(["inside False", "outside False"], Lines("Get-ReportTask | ForEach-Object { \"$($_.Name) $($_.LacksRunner)\" }"));
        Assert.Matches("^True  .*alive", Assert.Single(Lines(LabelCheck)));
    }

    [Theory]
    [InlineData("Set-ReportTask inside -RunOn 'two words'", "ValueOutOfRange")]
    [InlineData("Start-ReportScheduler -UntilIdle -Label 'two words'", "LabelNotUsable")]
    [InlineData("Invoke-ReportTask -Due -Label 'a,b'", "LabelNotUsable")]
    public void A_label_is_one_word(string command, string errorId) => Assert.StartsWith(errorId + ",",
        session.Run(command).Error().FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void The_label_is_changed_taken_away_and_kept_by_export_and_import()
    {
        session.Run("Export-ReportTask -Path tasks.json; Set-ReportTask outside -RunOn $null; Set-ReportTask inside -RunOn lan").NoErrors();
        Assert.Equal(["inside lan", "outside "], Lines("Get-ReportTask | ForEach-Object { \"$($_.Name) $($_.RunOn)\" }"));
        session.Run("Import-ReportTask -Path tasks.json").NoErrors();
        Assert.Equal(["inside ", "outside DMZ"], Lines("Get-ReportTask | ForEach-Object { \"$($_.Name) $($_.RunOn)\" }"));
    }

    private void MakeDue()
    {
        foreach (var task in Store.GetTasks())
        {
            Assert.True(Store.MoveNextRun(task.Id, task.NextRunAt, TimeProvider.System.GetUtcNow().AddSeconds(-1)));
        }
    }

    private string[] Names(string command) => Lines($"{command} | ForEach-Object TaskName");

    private string[] Lines(string command) => [.. session.Run(command).NoErrors().Output.Select(line => $"{line}")];
}
