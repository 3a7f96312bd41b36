using ReportScheduler.Runs;

namespace ReportScheduler.Tests.Runs;

public sealed class RetentionTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private int count;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void The_store_is_bounded_by_what_is_kept_and_not_by_what_was_recorded()
    {
        fixture.AddTask("t", task => task.KeepRuns = 20);
        var retention = new Retention(fixture.Store, fixture.Clock, problem => Assert.Fail(problem.Message));
        Record(100, retention);
        var afterHundred = new FileInfo(fixture.Store.Address).Length;
        Record(500, retention);
        Assert.Equal(20, fixture.Runs("t").Count);
        Assert.InRange(new FileInfo(fixture.Store.Address).Length, 1, afterHundred * 3 / 2);
    }

    [Fact]
    public void A_long_history_is_pruned_to_the_newest_when_less_is_to_be_kept()
    {
        fixture.AddTask("t", task => task.KeepRuns = 7);
        Record(130, null);
        new Retention(fixture.Store, fixture.Clock, problem => Assert.Fail(problem.Message)).Prune("t");
        Assert.Equal(Enumerable.Range(124, 7).Select(i => $"run{i}").Reverse(), fixture.Runs("t").Select(run => run.Id));
    }

    [Fact]
    public void Files_go_by_age_and_their_runs_stay()
    {
        fixture.AddTask("t", task => task.KeepFilesFor = TimeSpan.FromDays(2));
        using (var worker = fixture.Worker())
        {
            Assert.Single(worker.RunDue(_ => { }, CancellationToken.None).ToList());
        }

        Assert.Single(Directory.GetDirectories(fixture.Store.Files.Folder));
        fixture.Clock.Advance(TimeSpan.FromDays(3));
        new Retention(fixture.Store, fixture.Clock, problem => Assert.Fail(problem.Message)).Prune("t");
        Assert.Empty(Directory.GetDirectories(fixture.Store.Files.Folder));
        Assert.Single(fixture.Runs("t"));
    }

    [Fact]
    public void Files_of_runs_that_another_computer_removed_from_the_history_go_by_age()
    {
        var task = fixture.AddTask("t", task => (task.Every, task.KeepFilesFor) = (null, TimeSpan.FromDays(400)));
        using var worker = fixture.Worker();
        string Run()
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            return worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None).Id;
        }

        var (gone, kept) = (Run(), Run());
        Assert.Equal(1, fixture.Store.RemoveRuns([gone]));
        string[] others =
            ["mine", "20260302-120000-0000000-", "20260302-120000-0000000-abcdef with a word", "20261302-120000-0000000-abcdef"];
        Array.ForEach(others, name => Directory.CreateDirectory(Path.Combine(fixture.Store.Files.Folder, name)));
        string[] Folders() => [.. Directory.GetDirectories(fixture.Store.Files.Folder).Select(folder => Path.GetFileName(folder)).Order()];
        void Prune() => new Retention(fixture.Store, fixture.Clock, problem => Assert.Fail(problem.Message)).Prune("t");
        Prune();
        Assert.Contains(gone, Folders());
        fixture.Clock.Advance(new ReportSchedulerOption().KeepFilesFor);
        Prune();
        Assert.Equal(others.Append(kept).Order(), Folders());
    }

    private void Record(int runs, Retention? retention)
    {
        for (var i = 0; i < runs; i++)
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            var now = fixture.Clock.GetUtcNow();
            fixture.Store.AddRun(new ReportRun { Id = $"run{++count}", TaskId = "t", TaskName = "t", DueAt = now, StartedAt = now,
                FinishedAt = now, Outcome = RunOutcome.Succeeded });
            retention?.Prune("t");
        }
    }
}
