using ReportScheduler.Runs;

namespace ReportScheduler.Tests.Runs;

public sealed class StoppedRunsTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    private StoppedRuns Stopper => new(fixture.Store, fixture.Clock);

    [Fact]
    public void A_run_that_waits_is_over_at_once_and_is_not_begun()
    {
        fixture.AddTask("t");
        using var worker = fixture.Worker();
        var waiting = Assert.Single(worker.Plan().Runs);
        var stopped = Stopper.Stop(waiting.Id, "ann on pc: wrong day", CancellationToken.None);
        Assert.Equal((RunOutcome.Cancelled, nameof(RunErrors.RunStopped)), (stopped.Outcome, stopped.ErrorId));
        Assert.Contains("was stopped by ann on pc: wrong day.", stopped.Error, StringComparison.Ordinal);
        Assert.Empty(worker.Take(10).Runs);
        Assert.Empty(fixture.Mails);
        Assert.Null(fixture.Store.Runners.RunStopRequest(waiting.Id));
    }

    [Fact]
    public void A_run_whose_process_is_gone_is_over_at_once()
    {
        fixture.AddTask("t");
        fixture.AddDead(new ReportRun { Id = "dead", TaskId = "t", TaskName = "t", Trigger = RunTrigger.Schedule, DueAt = RunFixture.Noon,
            StartedAt = RunFixture.Noon, Owner = "elsewhere/1/1/1" });
        Assert.Equal(RunOutcome.Cancelled, Stopper.Stop("dead", "ann", CancellationToken.None).Outcome);
        using var worker = fixture.Worker();
        worker.Recover();
        Assert.Empty(worker.Take(10).Runs);
    }

    [Fact]
    public void A_run_that_somebody_works_on_ends_when_its_worker_looks_and_not_before()
    {
        fixture.AddTask("t");
        using var worker = fixture.Worker();
        var run = Assert.Single(RunFixture.Claim(worker));
        using var enough = new CancellationTokenSource();
        enough.Cancel();
        Assert.Equal(RunOutcome.Running, Stopper.Stop(run.Id, "ann", enough.Token).Outcome);
        Assert.Equal("ann", fixture.Store.Runners.RunStopRequest(run.Id));
        var ended = worker.Execute(run, _ => { }, CancellationToken.None);
        Assert.Equal((RunOutcome.Cancelled, nameof(RunErrors.RunStopped)), (ended.Outcome, ended.ErrorId));
        Assert.Null(fixture.Store.Runners.RunStopRequest(run.Id));
        Assert.Equal(nameof(RunErrors.RunIsOver),
            Assert.Throws<ReportException>(() => Stopper.Stop(run.Id, "ann", CancellationToken.None)).ErrorId);
    }

    [Fact]
    public void What_a_query_that_goes_on_was_asked_a_second_ago_cancels_it_and_not_others()
    {
        fixture.AddTask("slow",
            task => task.Query = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n");
        fixture.AddTask("other");
        using var worker = fixture.Worker();
        var runs = RunFixture.Claim(worker);
        var slow = Assert.Single(runs, run => run.TaskId == "slow");
        var isAsked = false;
        var ended = worker.Execute(slow, progress =>
        {
            if (progress.Stage != RunStage.Query || isAsked)
            {
                return;
            }

            isAsked = true;
            fixture.Store.Runners.RequestRunStop(slow.Id, "ann");
            ThreadPool.QueueUserWorkItem(_ => fixture.Clock.Advance(TimeSpan.FromSeconds(1)));
        }, CancellationToken.None);
        Assert.Equal(RunOutcome.Cancelled, ended.Outcome);
        Assert.Equal(RunOutcome.Succeeded,
            worker.Execute(Assert.Single(runs, run => run.TaskId == "other"), _ => { }, CancellationToken.None).Outcome);
    }

    [Fact]
    public void Mail_that_waits_for_its_next_attempt_is_not_sent()
    {
        fixture.Store.MailServers.Put(new ReportMailServer { Name = "pickup", SmtpHost = "127.0.0.1", Port = 1, From = "r@example.com" },
            PutMode.Replace);
        fixture.AddTask("t");
        using var worker = fixture.Worker();
        var run = worker.Execute(Assert.Single(RunFixture.Claim(worker)), _ => { }, CancellationToken.None);
        Assert.Equal(RunOutcome.Delivering, run.Outcome);
        var stopped = Stopper.Stop(run.Id, "ann", CancellationToken.None);
        Assert.Equal((RunOutcome.Cancelled, DeliveryState.Failed), (stopped.Outcome, Assert.Single(stopped.Deliveries).State));
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(fixture.Store.GetEarliestDelivery());
    }

    [Fact]
    public void Two_calls_for_one_instant_run_it_once_and_the_second_waits_for_the_end()
    {
        var task = fixture.AddTask("t",
            task => task.Query = "with recursive n(i) as (select 1 union all select i + 1 from n limit 2000000) select count(*) from n");
        var runs = new ReportRun[4];
        Parallel.For(0, runs.Length, new ParallelOptions { MaxDegreeOfParallelism = runs.Length }, i =>
        {
            using var worker = fixture.Worker();
            runs[i] = worker.RunOnce(task, RunFixture.Noon.AddDays(-1), null, _ => { }, CancellationToken.None);
        });
        Assert.All(runs, run => Assert.Equal((runs[0].Id, RunOutcome.Succeeded), (run.Id, run.Outcome)));
        Assert.Single(fixture.Mails);
        Assert.Single(fixture.Runs("t"));
    }

    [Fact]
    public void A_call_takes_up_what_an_earlier_one_that_died_left()
    {
        var task = fixture.AddTask("t");
        fixture.AddDead(new ReportRun { Id = "dead", TaskId = "t", TaskName = "t", Trigger = RunTrigger.Schedule,
            DueAt = RunFixture.Noon.AddDays(-1), StartedAt = RunFixture.Noon, Owner = "elsewhere/1/1/1" });
        using var worker = fixture.Worker();
        var run = worker.RunOnce(task, RunFixture.Noon.AddDays(-1), null, _ => { }, CancellationToken.None);
        Assert.Equal(("dead", RunOutcome.Succeeded, 2), (run.Id, run.Outcome, run.Attempt));
    }

    [Fact]
    public void An_instant_that_a_call_took_is_not_run_by_a_runner()
    {
        var task = fixture.AddTask("t");
        using var worker = fixture.Worker();
        var run = worker.RunOnce(task, RunFixture.Noon, null, _ => { }, CancellationToken.None);
        Assert.Empty(worker.RunDue(_ => { }, CancellationToken.None));
        Assert.Equal(run.Id, Assert.Single(fixture.Runs("t")).Id);
    }
}
