using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class GetReportScheduleTests
{
    [Fact]
    public void Cron_text_is_explained_with_its_next_times()
    {
        using var session = new PowerShellSession();
        var result = session.Run("Get-ReportSchedule '30 2 * * *' -TimeZone Europe/Paris -Count 3 -After '2027-03-26 12:00'");
        result.NoErrors();
        dynamic shown = result.Output.Single();
        Assert.Equal("every day at 02:30, Europe/Paris", shown.Description);
        Assert.Equal(
            ["2027-03-27 02:30 +01:00", "2027-03-28 03:00 +02:00", "2027-03-29 02:30 +02:00"],
            ((DateTimeOffset[])shown.NextRuns).Select(run => run.ToString("yyyy-MM-dd HH:mm zzz", null)));
        Assert.Contains("On 2027-03-28 the clocks skip 02:30: it runs at 03:00.", (string[])shown.Warnings);
    }

    [Theory]
    [InlineData("-Every 90m -StartAt '2027-01-01 08:00' -After '2027-01-01 08:00' -TimeZone UTC",
        "every 1h30m, from 2027-01-01 08:00 +00:00", "2027-01-01 09:30")]
    [InlineData("-At '2027-06-01 08:00' -TimeZone Europe/Paris", "once at 2027-06-01 08:00 +02:00, Europe/Paris", "2027-06-01 08:00")]
    [InlineData("-Every ([TimeSpan]::FromDays(1)) -StartAt '2027-01-01' -TimeZone UTC", "every 1d, from 2027-01-01 00:00 +00:00",
        "2027-01-01 00:00")]
    public void Intervals_and_instants_are_explained(string arguments, string description, string first)
    {
        using var session = new PowerShellSession();
        var result = session.Run("Get-ReportSchedule " + arguments);
        result.NoErrors();
        dynamic shown = result.Output.Single();
        Assert.Equal(description, shown.Description);
        Assert.Equal(first, ((DateTimeOffset[])shown.NextRuns)[0].ToString("yyyy-MM-dd HH:mm", null));
    }

    [Theory]
    [InlineData("Weekly sales", "'Weekly sales'")]
    [InlineData("weekly SALES", "'Weekly sales'")]
    [InlineData("Ann''s", "'Ann''s'")]
    public void The_name_of_a_task_in_the_place_of_cron_text_is_told_so(string given, string hint)
    {
        using var session = new PowerShellSession();
        session.Run("New-ReportConnection db ':memory:'; New-ReportTask 'Weekly sales' db -Query 'select 1' -Format Csv -Cron '@weekly'; "
            + "New-ReportTask 'Ann''s' db -Query 'select 1' -Format Csv").NoErrors();
        var error = session.Run($"Get-ReportSchedule '{given}'").Error();
        Assert.StartsWith("NameIsNoSchedule,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"Get-ReportSchedule -Name {hint} explains", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("NameIsNoSchedule", session.Run("Get-ReportSchedule 'Monthly sales'").Error().FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_name_every_scheduled_task_is_explained_and_a_disabled_one_says_so()
    {
        using var session = new PowerShellSession();
        session.Run("""
            New-ReportConnection db ':memory:'
            New-ReportTask on db -Query 'select 1' -Format Csv -Cron '0 9 * * *'
            New-ReportTask off db -Query 'select 1' -Format Csv -Cron '0 9 * * *' -Enabled $false
            New-ReportTask never db -Query 'select 1' -Format Csv
            """).NoErrors();
        var shown = session.Run("Get-ReportSchedule").NoErrors().Output.Cast<dynamic>()
            .ToDictionary(one => (string)one.Name, one => (string[])one.Warnings);
        Assert.Equal(["off", "on"], shown.Keys.Order());
        Assert.Equal(["It is disabled: nothing of this runs until Enable-ReportTask."], shown["off"]);
        Assert.Empty(shown["on"]);
        Assert.Equal("TaskHasNoSchedule", session.Run("Get-ReportSchedule -Name never").Error().FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void Tasks_are_explained_by_name_and_say_who_is_due_in_the_same_minute()
    {
        using var session = new PowerShellSession();
        session.Run("""
            New-ReportConnection -Name db -Provider Sqlite -ConnectionString 'Data Source=:memory:'
            'Daily one', 'Daily two' | ForEach-Object { New-ReportTask -Name $_ -Connection db -Query 'select 1' -Format Csv -Cron '0 9 * * *' -TimeZone UTC }
            New-ReportTask -Name 'By hand' -Connection db -Query 'select 1' -Format Csv
            """).NoErrors();
        var result = session.Run("Get-ReportSchedule -Name 'Daily*'");
        result.NoErrors();
        Assert.Equal(["Daily one", "Daily two"], result.Output.Select(shown => (string)((dynamic)shown).Name));
        Assert.Equal("In the same minute 'Daily two' is due.", ((string[])((dynamic)result.Output[0]).Warnings).Single());
        Assert.Equal("TaskHasNoSchedule,ReportScheduler.Commands.GetReportScheduleCommand",
            session.Run("Get-ReportTask 'By hand' | Get-ReportSchedule").Error().FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("'61 * * * *'", "NotASchedule,ReportScheduler.Commands.GetReportScheduleCommand", "ParserError", "61 * * * *",
        "'61 * * * *' is not a schedule: the minute must be between 0 and 59.")]
    [InlineData("'0 0 30 2 *'", "ScheduleNeverRuns,ReportScheduler.Commands.GetReportScheduleCommand", "InvalidArgument", "0 0 30 2 *",
        "never runs")]
    [InlineData("'@daily' -TimeZone Mars", "UnknownTimeZone,ReportScheduler.Commands.GetReportScheduleCommand", "InvalidArgument", "Mars",
        "'Mars' is not a time zone")]
    [InlineData("-Name nobody", "TaskNotFound,ReportScheduler.Commands.GetReportScheduleCommand", "ObjectNotFound", "nobody", "'nobody'")]
    [InlineData("-Every 5", "ParameterArgumentTransformationError,ReportScheduler.Commands.GetReportScheduleCommand", "InvalidData", null,
        "'5' is not a duration. Give numbers with units, such as 90s, 15m, 2h30m, 1d or 1w, or a TimeSpan.")]
    [InlineData("-Every '5'", "ParameterArgumentTransformationError,ReportScheduler.Commands.GetReportScheduleCommand", "InvalidData", null,
        "'5' is not a duration.")]
    public void Wrong_input_says_what_is_wrong(string arguments, string errorId, string category, string? target, string words)
    {
        using var session = new PowerShellSession();
        var error = session.Run("Get-ReportSchedule " + arguments).Error();
        Assert.Equal((errorId, category), (error.FullyQualifiedErrorId, error.CategoryInfo.Category.ToString()));
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        if (target is not null)
        {
            Assert.Equal(target, error.TargetObject);
        }
    }
}
