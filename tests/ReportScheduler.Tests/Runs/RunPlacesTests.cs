using ReportScheduler.Sources;

namespace ReportScheduler.Tests.Runs;

public sealed class RunPlacesTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public RunPlacesTests()
    {
        fixture.AddConnection("few", nameof(ReportProvider.Sqlite), ":memory:");
        var few = fixture.Store.Connections.Find("few")!;
        few.MaxConcurrent = 1;
        fixture.Store.Connections.Put(few, PutMode.Update);
    }

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void Runs_without_a_place_go_on_waiting_and_others_are_taken_in_their_stead()
    {
        string[] few = ["a", "b", "c"], free = ["d", "e"];
        Array.ForEach(few, name => fixture.AddTask(name, task => task.Connection = "few"));
        Array.ForEach(free, name => fixture.AddTask(name));
        using var worker = fixture.Worker();
        var taken = worker.PlanAndTake(2).Taken!;
        Assert.Equal(("a", "d", true), (taken.Runs[0].TaskId, taken.Runs[1].TaskId, taken.OthersWait));
        taken = worker.Take(2);
        Assert.Equal(("e", true), (Assert.Single(taken.Runs).TaskId, taken.OthersWait));
        using var other = fixture.Worker();
        Assert.True(other.Take(2) is { Runs: [], OthersWait: true });
        Assert.All(fixture.Runs("b").Concat(fixture.Runs("c")),
            run => Assert.Equal((null, RunStage.Claim, 1, null), (run.Owner, run.Stage, run.Attempt, run.StartedAt)));
        // a place that this worker gives back is known to be free at once
        Assert.Equal(RunOutcome.Succeeded, worker.Execute(fixture.Runs("a")[0], _ => { }, CancellationToken.None).Outcome);
        for (var left = 2; left > 0; left--)
        {
            var run = Assert.Single(worker.Take(2).Runs);
            Assert.Equal(RunOutcome.Succeeded, worker.Execute(run, _ => { }, CancellationToken.None).Outcome);
        }

        Assert.All(few, name => Assert.Equal((RunOutcome.Succeeded, 1, 0),
            (fixture.Runs(name)[0].Outcome, fixture.Runs(name)[0].Attempt, fixture.Runs(name)[0].Interruptions)));
    }

    [Fact]
    public void A_run_that_ends_before_it_reads_gives_its_place_back()
    {
        fixture.AddTask("a", task => task.Connection = "few");
        fixture.AddTask("b", task => task.Connection = "few");
        using var worker = fixture.Worker();
        var run = Assert.Single(worker.PlanAndTake(2).Taken!.Runs);
        fixture.Store.RemoveTask(run.TaskId);
        Assert.Equal(RunOutcome.Skipped, worker.Execute(run, _ => { }, CancellationToken.None).Outcome);
        Assert.Equal("b", Assert.Single(worker.Take(2).Runs).TaskId);
    }

    [Fact]
    public async Task A_run_whose_task_reads_elsewhere_by_now_waits_for_a_place_there()
    {
        var file = Path.Combine(fixture.Folder, "own.sqlite");
        await File.WriteAllBytesAsync(file, [], TestContext.Current.CancellationToken);
        fixture.AddConnection("own", nameof(ReportProvider.Sqlite), file);
        var own = fixture.Store.Connections.Find("own")!;
        own.MaxConcurrent = 1;
        fixture.Store.Connections.Put(own, PutMode.Update);
        var task = fixture.AddTask("a", made => made.Connection = "few");
        using var worker = fixture.Worker();
        var run = Assert.Single(worker.PlanAndTake(2).Taken!.Runs);
        var before = new DatabaseSources(fixture.Store).PlacesOf(task);
        task.Connection = "own";
        fixture.Store.PutTask(task, PutMode.Update, null);
        var place = ServerSlots.Take(fixture.Store, new DatabaseSources(fixture.Store).PlacesOf(task), CancellationToken.None);
        var running = Task.Run(() => worker.Execute(run, _ => { }, CancellationToken.None), TestContext.Current.CancellationToken);
        // it leaves the one and waits for the other
        ServerSlots.Take(fixture.Store, before, CancellationToken.None).Dispose();
        Assert.False(running.IsCompleted);
        place.Dispose();
        var made = await running.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal(RunOutcome.Succeeded, made.Outcome);
    }
}
