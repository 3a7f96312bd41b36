using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>A worker knows when it may be that others took over what it holds.</summary>
public sealed class HeldRunsTests : IDisposable
{
    private readonly RunFixture fixture = new();

    // the elapsed time of the worker; the store's clock is another one
    private readonly FakeTimeProvider elapsed = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_worker_whose_beats_reach_the_store_keeps_what_it_holds()
    {
        using var held = new HeldRuns(fixture.Store, elapsed);
        var (owner, lost) = (Take(held).Owner, held.LostOf(held.Owner));
        for (var beat = 0; beat < 20; beat++)
        {
            fixture.Clock.Advance(RunnerLease.Beat);
            elapsed.Advance(RunnerLease.Beat);
        }

        held.CheckSure(owner, lost);
        Assert.Equal((owner, false), (held.Owner, lost.IsCancellationRequested));
    }

    [Theory]
    [InlineData(89, false)]
    [InlineData(91, true)]
    public void A_worker_that_cannot_reach_its_store_stops_at_three_quarters_of_its_lease(int seconds, bool stops)
    {
        using var held = new HeldRuns(fixture.Store, elapsed);
        Take(held);
        var (owner, lost) = (held.Owner, held.LostOf(held.Owner));
        Directory.Move(fixture.Folder, fixture.Folder + ".away");
        try
        {
            File.WriteAllText(fixture.Folder, "no folder");
            elapsed.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(stops, lost.IsCancellationRequested);
            if (stops)
            {
                Assert.Throws<OperationCanceledException>(() => held.CheckSure(owner, lost));
            }
            else
            {
                held.CheckSure(owner, lost);
            }
        }
        finally
        {
            File.Delete(fixture.Folder);
            Directory.Move(fixture.Folder + ".away", fixture.Folder);
        }
    }

    [Fact]
    public void What_nobody_foresaw_of_a_store_is_a_beat_that_did_not_reach_it_and_does_not_end_the_process()
    {
        var isBroken = false;
        var store = BrokenStore.Of(fixture.Store, (called, _) => isBroken && called == nameof(IReportStore.Heartbeat)
            ? throw new EndOfStreamException("the line was cut")
            : false);
        using var held = new HeldRuns(store, elapsed);
        Take(held);
        var lost = held.LostOf(held.Owner);
        isBroken = true;
        // on a timer's thread in a runner, here on this one
        elapsed.Advance(RunnerLease.Beat);
        Assert.False(lost.IsCancellationRequested);
        elapsed.Advance(RunnerLease.Sure);
        Assert.True(lost.IsCancellationRequested);
    }

    [Fact]
    public void A_worker_that_was_frozen_finds_out_that_another_one_has_its_run_and_has_another_name_then()
    {
        using var held = new HeldRuns(fixture.Store, elapsed);
        var run = Take(held);
        var (owner, lost) = (held.Owner, held.LostOf(held.Owner));
        fixture.Clock.Advance(RunnerLease.Length + TimeSpan.FromSeconds(1));
        Assert.Empty(fixture.Store.TakeOver("other", new AbandonedRuns([], [])));
        Assert.Single(fixture.Store.TakeRuns(new TakeOrder("other", 1, [])).Runs);
        elapsed.Advance(RunnerLease.Length + TimeSpan.FromSeconds(1));

        Assert.Throws<OperationCanceledException>(() => held.CheckSure(owner, lost));
        Assert.NotEqual(run.Owner, held.Owner);
        Assert.True(held.LostOf(run.Owner).IsCancellationRequested);
        Assert.False(held.LostOf(held.Owner).IsCancellationRequested);
        Assert.False(fixture.Store.SaveRun(run));
    }

    [Fact]
    public void A_worker_that_was_frozen_finds_out_that_another_one_had_its_run_and_let_it_go()
    {
        using var held = new HeldRuns(fixture.Store, elapsed);
        var run = Take(held);
        run.Deliveries = [new ReportDelivery { Id = "d", RunId = run.Id, State = DeliveryState.Pending, Owner = run.Owner }];
        Assert.True(fixture.Store.SaveRun(run));
        var (owner, lost) = (held.Owner, held.LostOf(held.Owner));
        fixture.Clock.Advance(RunnerLease.Length + TimeSpan.FromSeconds(1));
        var other = Assert.Single(fixture.Store.TakeOver("other", new AbandonedRuns([], [])));
        other.Outcome = RunOutcome.Delivering;
        Assert.True(fixture.Store.SaveRun(other));
        elapsed.Advance(RunnerLease.Length + TimeSpan.FromSeconds(1));

        Assert.Throws<OperationCanceledException>(() => held.CheckSure(owner, lost));
        Assert.NotEqual(run.Owner, held.Owner);
    }

    [Fact]
    public void A_worker_that_was_frozen_while_nobody_took_its_run_goes_on()
    {
        using var held = new HeldRuns(fixture.Store, elapsed);
        var run = Take(held);
        var (owner, lost) = (held.Owner, held.LostOf(held.Owner));
        fixture.Clock.Advance(TimeSpan.FromHours(2));
        elapsed.Advance(TimeSpan.FromHours(2));
        held.CheckSure(owner, lost);
        Assert.True(fixture.Store.SaveRun(run));
        Assert.Empty(fixture.Store.TakeOver("other", new AbandonedRuns([], [])));
        Assert.Empty(fixture.Store.TakeRuns(new TakeOrder("other", 1, [])).Runs);
    }

    [Fact]
    public void A_worker_that_was_frozen_while_it_took_something_finds_out_what_it_lost_meanwhile()
    {
        var still = new StillClock(RunFixture.Noon);
        using var held = new HeldRuns(fixture.Store, still);
        var run = Take(held);
        var (owner, lost) = (held.Owner, held.LostOf(held.Owner));
        held.Take(name =>
        {
            TakeAwayWhileFrozen(still);
            Add("second");
            return fixture.Store.TakeRuns(new TakeOrder(name, 1, [])).Runs;
        });

        Assert.Throws<OperationCanceledException>(() => held.CheckSure(owner, lost));
        Assert.NotEqual(run.Owner, held.Owner);
    }

    [Fact]
    public void A_loss_is_known_before_what_is_linked_to_its_token_has_heard_of_it()
    {
        var still = new StillClock(RunFixture.Noon);
        using var held = new HeldRuns(fixture.Store, still);
        var owner = Take(held).Owner;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(held.LostOf(owner));
        // the newest is told first, and keeps the others from hearing
        using var slow = held.LostOf(owner).Register(() => Thread.Sleep(200));
        TakeAwayWhileFrozen(still);
        Assert.Throws<OperationCanceledException>(() => held.CheckSure(owner, linked.Token));
        Assert.True(linked.IsCancellationRequested);
    }

    [Fact]
    public void A_worker_with_a_new_name_has_a_lease_on_what_it_takes_while_it_still_holds_what_it_lost()
    {
        var still = new StillClock(RunFixture.Noon);
        using var held = new HeldRuns(fixture.Store, still);
        Take(held);
        TakeAwayWhileFrozen(still);
        Add("second");
        Assert.Single(held.Take(name => fixture.Store.TakeRuns(new TakeOrder(name, 1, [])).Runs));
        Assert.Equal(fixture.Clock.GetUtcNow() + RunnerLease.Length, held.LeaseUntil);
        var (owner, lost) = (held.Owner, held.LostOf(held.Owner));
        held.CheckSure(owner, lost);

        TakeAwayWhileFrozen(still);
        Assert.Throws<OperationCanceledException>(() => held.CheckSure(owner, lost));
    }

    [Fact]
    public void What_was_taken_anew_is_kept_through_a_second_silence_in_which_nobody_took_it()
    {
        var still = new StillClock(RunFixture.Noon);
        using var held = new HeldRuns(fixture.Store, still);
        // its thread does not end: it waits for a query, or for a mail server
        Take(held);
        TakeAwayWhileFrozen(still);
        Add("second");
        Assert.Single(held.Take(name => fixture.Store.TakeRuns(new TakeOrder(name, 1, [])).Runs));
        var (owner, lost) = (held.Owner, held.LostOf(held.Owner));

        fixture.Clock.Advance(RunnerLease.Length + TimeSpan.FromSeconds(1));
        still.Set(fixture.Clock.GetUtcNow());
        held.CheckSure(owner, lost);
        Assert.Equal((owner, false), (held.Owner, lost.IsCancellationRequested));
    }

    [Fact]
    public void A_worker_that_holds_nothing_but_what_it_lost_has_one_new_name_for_it()
    {
        var still = new StillClock(RunFixture.Noon);
        using var held = new HeldRuns(fixture.Store, still);
        Take(held);
        TakeAwayWhileFrozen(still);
        held.Keep();
        var owner = held.Owner;
        held.Keep();
        Assert.Equal(owner, held.Owner);
    }

    [Fact]
    public void The_same_report_for_the_same_time_has_the_same_message_id_and_another_one_has_another()
    {
        var task = fixture.AddTask("t");
        using var worker = fixture.Worker();
        string Made(DateTimeOffset at)
        {
            var run = worker.RunOnce(task, at, null, _ => { }, CancellationToken.None);
            Assert.Equal(1, fixture.Store.RemoveRuns([run.Id]));
            return Assert.Single(run.Deliveries).MessageId!;
        }

        var first = Made(RunFixture.Noon);
        Assert.EndsWith("@example.com", first, StringComparison.Ordinal);
        Assert.Equal(first, Made(RunFixture.Noon));
        Assert.NotEqual(first, Made(RunFixture.Noon.AddHours(1)));
        var byHand = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.NotEqual(first, Assert.Single(byHand.Deliveries).MessageId);
    }

    [Theory]
    // while the query is about to be asked, while the mail is made, while it is about to be sent
    [InlineData(nameof(IReportStore.BeginRun), 1)]
    [InlineData(nameof(IReportStore.SaveRun), 1)]
    [InlineData(nameof(IReportStore.PutDelivery), 1)]
    public void A_run_during_which_the_store_is_away_for_a_moment_is_let_go_and_made_and_not_failed(string method, int call)
    {
        fixture.AddTask("t", task => task.Every = null);
        var calls = 0;
        var store = BrokenStore.Of(fixture.Store, (called, _) => called == method && ++calls == call
            ? throw RelationalErrors.StoreUnreachable(fixture.Store.Address, new IOException("it restarts"))
            : false);
        Assert.Null(store.AddDueRun(new ReportRun { Id = RunIds.Create(RunFixture.Noon), TaskId = "t", TaskName = "t",
            Trigger = RunTrigger.Schedule, DueAt = RunFixture.Noon }));
        using var worker = new RunWorker(store, fixture.Clock);
        var problem = Assert.Throws<ReportException>(() => worker.RunDue(_ => { }, CancellationToken.None).Count());
        Assert.Equal(nameof(RelationalErrors.StoreUnreachable), problem.ErrorId);
        Assert.Equal(RunOutcome.Running, Assert.Single(fixture.Runs("t")).Outcome);

        _ = worker.RunDue(_ => { }, CancellationToken.None).Count();
        var run = Assert.Single(fixture.Runs("t"));
        Assert.Equal((RunOutcome.Succeeded, 2), (run.Outcome, run.Attempt));
        Assert.Single(fixture.Mails);
    }

    private void TakeAwayWhileFrozen(StillClock still)
    {
        fixture.Clock.Advance(RunnerLease.Length + TimeSpan.FromSeconds(1));
        still.Set(fixture.Clock.GetUtcNow());
        fixture.Store.TakeOver("other", new AbandonedRuns([], []));
        Assert.NotEmpty(fixture.Store.TakeRuns(new TakeOrder("other", 5, [])).Runs);
    }

    private void Add(string name)
    {
        var task = fixture.AddTask(name);
        Assert.Null(fixture.Store.AddDueRun(new ReportRun { Id = RunIds.Create(RunFixture.Noon), TaskId = task.Id, TaskName = task.Name,
            Trigger = RunTrigger.Schedule, DueAt = RunFixture.Noon }));
    }

    private ReportRun Take(HeldRuns held)
    {
        Add("t");
        return Assert.Single(held.Take(owner => fixture.Store.TakeRuns(new TakeOrder(owner, 1, [])).Runs));
    }
}
