using Dapper;
using Microsoft.Data.Sqlite;
using ReportScheduler.Definitions;
using ReportScheduler.Runs;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Runs;

/// <summary>Reports that are delivered when it matters, with data that changes between their runs.</summary>
public sealed class RunConditionTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public RunConditionTests() => fixture.AddConnection("db", ReportProvider.Sqlite, Source);

    private string Source => $"Data Source={Path.Combine(fixture.Folder, "data.db")}";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        fixture.Dispose();
    }

    [Theory]
    // each letter is a run an hour after the one before: rows or none, and whether it was mailed
    [InlineData(null, false, "rrrr..r", "mmmm--m")]
    [InlineData("4h", false, "rrrrrrrrr", "m---m---m")]
    [InlineData("4h", false, "rr.rr", "m--m-")]
    [InlineData("90m", false, "rrrrr", "m-m-m")]
    [InlineData(null, true, "rr..r.", "mmR-mR")]
    [InlineData("4h", true, "rr..r.", "m-R-mR")]
    [InlineData("4h", true, ".r.", "-mR")]
    public void It_is_told_when_it_begins_again_after_a_time_and_when_it_is_over(string? remindAfter, bool onRecovered, string results,
        string mailed)
    {
        AddTask(task => (task.RemindAfter, task.OnRecovered) = (remindAfter is null ? null : DurationText.Parse(remindAfter), onRecovered));
        var told = results.Select(result => Run(result == 'r') switch
        {
            { Outcome: RunOutcome.NotNeeded or RunOutcome.NoData } => '-',
            { Outcome: RunOutcome.Succeeded, IsRecovery: true } => 'R',
            { Outcome: RunOutcome.Succeeded } => 'm',
            _ => '?',
        });
        Assert.Equal(mailed, string.Concat(told));
        Assert.Equal(mailed.Count(letter => letter is 'm' or 'R'), fixture.Mails.Length);
        Assert.Equal(mailed.Count(letter => letter == 'R'),
            fixture.Mails.Count(mail => File.ReadAllText(mail).Contains("Subject: Recovered: t", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_not_delivered_was_not_told()
    {
        AddTask(task => task.RemindAfter = TimeSpan.FromHours(4));
        fixture.Store.MailServers.Put(new ReportMailServer { Name = "pickup", PickupDirectory = "/proc/none", From = "r@example.com" },
            PutMode.Replace);
        Assert.Equal(RunOutcome.Delivering, Run(true).Outcome);
        fixture.Store.MailServers.Put(
            new ReportMailServer { Name = "pickup", PickupDirectory = fixture.MailFolder, From = "r@example.com" }, PutMode.Replace);
        Assert.Equal(RunOutcome.Succeeded, Run(true).Outcome);
        Assert.Equal(RunOutcome.NotNeeded, Run(true).Outcome);
        var since = fixture.Store.FindTask("t")!.ConditionSince;
        Assert.Equal(RunFixture.Noon.AddHours(1), since);
    }

    [Fact]
    public void A_test_by_hand_and_another_condition_begin_nothing_and_end_nothing()
    {
        AddTask(task => (task.RemindAfter, task.OnRecovered) = (TimeSpan.FromHours(4), true));
        Assert.Equal(RunOutcome.Succeeded, Run(true).Outcome);
        using (var worker = fixture.Worker())
        {
            var test = worker.RunNow(fixture.Store.FindTask("t")!, RunTrigger.Manual, fixture.Clock.GetUtcNow(),
                new RunOptions { RedirectTo = "me@example.com" }, _ => { }, CancellationToken.None);
            Assert.Equal(RunOutcome.Succeeded, test.Outcome);
        }

        Assert.Equal(RunOutcome.NotNeeded, Run(true).Outcome);
        var task = fixture.Store.FindTask("t")!;
        task.SendWhen = "rows > 0";
        TaskDefinition.Save(fixture.Store, task, PutMode.Update, reschedule: false, fixture.Clock);
        var told = Run(true);
        Assert.Equal((RunOutcome.Succeeded, "'rows > 0' is true: rows = 1"), (told.Outcome, told.Condition));
    }

    [Theory]
    [InlineData("-RemindAfter", true)]
    [InlineData("-OnRecovered", false)]
    public void What_follows_a_condition_needs_one(string parameter, bool isReminder)
    {
        var problem = Assert.Throws<ReportException>(() =>
            fixture.AddTask("x", task => (task.RemindAfter, task.OnRecovered) = (isReminder ? TimeSpan.FromHours(1) : null, !isReminder)));
        Assert.Equal(nameof(DefinitionErrors.ConditionNeeded), problem.ErrorId);
        Assert.Contains(parameter, problem.Message, StringComparison.Ordinal);
    }

    private void AddTask(Action<ReportTask> change)
    {
        using var database = new SqliteConnection(Source);
        database.Execute("create table t (id int)");
        fixture.AddTask("t", task =>
        {
            (task.Connection, task.Query, task.SendWhen) = ("db", "select id from t", "HasRows");
            change(task);
        });
    }

    private ReportRun Run(bool hasRows)
    {
        using (var database = new SqliteConnection(Source))
        {
            database.Execute(hasRows ? "delete from t; insert into t values (1)" : "delete from t");
        }

        using var worker = fixture.Worker();
        var run = worker.RunNow(fixture.Store.FindTask("t")!, RunTrigger.Manual, fixture.Clock.GetUtcNow(), RunOptions.None, _ => { },
            CancellationToken.None);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        return run;
    }
}
