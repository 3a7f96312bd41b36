using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class MissingStoreTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("Get-ReportTask")]
    [InlineData("Get-ReportRun")]
    [InlineData("Get-ReportConnection")]
    [InlineData("Get-ReportMailServer")]
    [InlineData("Get-ReportIdentity")]
    [InlineData("Get-ReportTheme")]
    [InlineData("Get-ReportSchedule")]
    [InlineData("Get-ReportScheduler")]
    [InlineData("Get-ReportScheduledTask")]
    [InlineData("Get-ReportSchedulerKey")]
    [InlineData("Get-ReportSchedulerOption")]
    [InlineData("Get-ReportTask | Test-ReportTask")]
    [InlineData("Export-ReportTask out.json")]
    [InlineData("Invoke-ReportTask -Due -AllowMissingStore")]
    [InlineData("Stop-ReportScheduler")]
    [InlineData("Unregister-ReportScheduledTask *")]
    [InlineData("Disable-ReportTask *")]
    public void What_needs_a_store_says_that_there_is_none_and_makes_none(string command)
    {
        var result = session.Run(command).NoErrors();
        Assert.StartsWith($"There is no report store at '{session.StorePath}' yet.", Assert.Single(result.Warnings),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(session.StorePath)));
    }

    [Theory]
    [InlineData("Invoke-ReportTask -Due")]
    [InlineData("Invoke-ReportTask -Due -WhatIf")]
    public void A_mistyped_store_has_nothing_due_and_is_an_error(string command)
    {
        var result = session.Run(command);
        Assert.StartsWith("StoreMissing,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(session.StorePath, result.Error().TargetObject);
        Assert.Empty(result.Warnings);
        Assert.False(Directory.Exists(Path.GetDirectoryName(session.StorePath)));
    }

    [Theory]
    [InlineData("New-ReportConnection db sqlite://")]
    [InlineData("New-ReportMailServer office -PickupDirectory mail -From a@example.com")]
    [InlineData("Set-ReportSchedulerOption -KeepRuns 5")]
    [InlineData("Start-ReportScheduler -UntilIdle")]
    public void What_begins_a_store_makes_it_without_a_word(string command)
    {
        Assert.Empty(session.Run(command).NoErrors().Warnings);
        Assert.True(File.Exists(session.StorePath));
        Assert.Empty(session.Run("Get-ReportTask").NoErrors().Warnings);
    }

    [Fact]
    public void A_task_that_is_asked_of_a_store_without_tasks_names_the_store()
    {
        session.Run("New-ReportConnection db sqlite://").NoErrors();
        var error = session.Run("Invoke-ReportTask 'Daily sales'").Error();
        Assert.StartsWith("TaskNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Daily sales", error.TargetObject);
        Assert.StartsWith($"No report task is named 'Daily sales': the store '{session.StorePath}' has no tasks at all.",
            error.Exception.Message, StringComparison.Ordinal);
    }
}
