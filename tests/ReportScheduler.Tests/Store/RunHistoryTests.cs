using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Store;

public sealed class RunHistoryTests : StoreFolderFixture
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Everything_due_is_claimed_once_and_the_next_due_time_moves_on()
    {
        var store = NewStore();
        foreach (var i in Enumerable.Range(0, 5))
            store.PutTask(new ReportTask { Id = $"{i}", Name = $"t{i}" }, PutMode.Add, Noon.AddMinutes(i));
        Assert.Equal(Noon, store.GetEarliestDue());

        var claimed = store.ClaimDue(Noon.AddMinutes(2), "me", 10, (task, _) => new DuePlan([task.NextRunAt!.Value], [], Noon.AddDays(1)));
        Assert.Equal(["t0", "t1", "t2"], claimed.Select(run => run.TaskName));
        Assert.All(claimed, run => Assert.Equal(
            (RunTrigger.Schedule, RunOutcome.Running, RunStage.Claim, "me", Noon.AddMinutes(2), 1),
            (run.Trigger, run.Outcome, run.Stage, run.Owner, run.HeartbeatAt, run.Attempt)));
        Assert.Equal(Noon.AddMinutes(3), store.GetEarliestDue());
        Assert.Equal(Noon.AddDays(1), store.FindTask("t0")!.NextRunAt);
        Assert.Empty(store.ClaimDue(Noon.AddMinutes(2), "other", 10, (_, _) => throw new InvalidOperationException("nothing is due")));
    }

    [Fact]
    public void A_due_instant_that_has_a_run_is_not_claimed_again()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        Assert.Single(store.ClaimDue(Noon, "me", 10, (_, _) => new DuePlan([Noon], [], Noon)));
        Assert.Empty(store.ClaimDue(Noon, "me", 10, (_, _) => new DuePlan([Noon.ToOffset(TimeSpan.FromHours(5))], [], null)));
        store.AddRun(new ReportRun { Id = "m1", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon });
        store.AddRun(new ReportRun { Id = "m2", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon });
        Assert.Equal(3, store.GetRuns(new RunFilter()).Count);
    }

    [Fact]
    public void The_plan_sees_unfinished_runs_and_its_records_are_kept()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        store.AddRun(new ReportRun { Id = "late", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon.AddHours(-1) });
        store.AddRun(new ReportRun { Id = "early", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon.AddHours(-2) });
        store.AddRun(new ReportRun { Id = "other", TaskId = "2", Trigger = RunTrigger.Manual, DueAt = Noon });
        store.AddRun(new ReportRun { Id = "done", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon, Outcome = RunOutcome.Failed });
        IReadOnlyList<ReportRun> seen = [];
        store.ClaimDue(Noon, "me", 10, (task, unfinished) =>
        {
            seen = unfinished;
            return new DuePlan([], [new ReportRun { TaskId = "1", DueAt = Noon, Outcome = RunOutcome.Skipped, Error = "still running" }], null);
        });
        Assert.Equal(["early", "late"], seen.Select(run => run.Id));
        Assert.Equal("still running", Assert.Single(store.GetRuns(new RunFilter { Outcomes = [RunOutcome.Skipped] })).Error);
        Assert.Null(store.GetEarliestDue());
    }

    [Fact]
    public void A_plan_that_fails_is_claimed_with_its_error_and_one_that_throws_undoes_everything()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        store.PutTask(new ReportTask { Id = "2", Name = "b" }, PutMode.Add, Noon);
        var unforeseen = Assert.Throws<ReportException>(() => store.ClaimDue(Noon, "me", 10, (task, _) =>
            task.Name == "a" ? new DuePlan([Noon], [], null) : throw new InvalidOperationException()));
        Assert.IsType<InvalidOperationException>(unforeseen.InnerException);
        Assert.Empty(store.GetRuns(new RunFilter()));
        Assert.Equal(Noon, store.GetEarliestDue());

        var claimed = store.ClaimDue(Noon, "me", 10, (task, _) =>
            task.Name == "a" ? throw TimeErrors.UnknownTimeZone("Mars/Base", []) : new DuePlan([Noon], [], null));
        Assert.Equal(["a", "b"], claimed.Select(run => run.TaskName).Order());
        var failing = Assert.Single(claimed, run => run.TaskName == "a");
        Assert.Equal(("UnknownTimeZone", "me", false), (failing.ErrorId, failing.Owner, failing.IsFinal));
    }

    [Fact]
    public void Only_the_owner_writes_a_run_and_finishes_it_once()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        var run = Added(store, "r", "me");
        run.Rows = 7;
        Assert.True(store.SaveRun(run));
        Assert.False(store.SaveRun(new ReportRun { Id = "r", TaskId = "1", DueAt = Noon, Owner = "other" }));
        Assert.False(store.SaveRun(new ReportRun { Id = "gone", TaskId = "1", DueAt = Noon, Owner = "me" }));
        run.Outcome = RunOutcome.Succeeded;
        Assert.True(store.FinishRun(run));
        Assert.False(store.FinishRun(run));
        var task = store.FindTask("a")!;
        Assert.Equal((1L, 0L, RunOutcome.Succeeded, Noon), (task.RunCount, task.ErrorCount, task.LastOutcome, task.LastRunAt));
        var kept = Assert.Single(store.GetRuns(new RunFilter()));
        Assert.Equal((7L, null, null), (kept.Rows, kept.Owner, kept.HeartbeatAt));
    }

    [Fact]
    public void Failures_are_counted_and_pause_a_task_until_the_pause_is_cleared()
    {
        var store = NewStore();
        store.SetOption(new ReportSchedulerOption { PauseAfterFailures = 2 });
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        store.PutTask(new ReportTask { Id = "2", Name = "never", PauseAfterFailures = 0 }, PutMode.Add, Noon.AddDays(1));
        foreach (var (outcome, i) in new[] { RunOutcome.Failed, RunOutcome.Succeeded, RunOutcome.PartiallyDelivered, RunOutcome.Cancelled }.Select((o, i) => (o, i)))
            Finish(store, $"a{i}", outcome, Noon.AddMinutes(i));
        var task = store.FindTask("a")!;
        Assert.Equal((4L, 2L, 1, "it broke", null), (task.RunCount, task.ErrorCount, task.ConsecutiveFailures, task.LastError, task.PausedBecause));

        Finish(store, "last", RunOutcome.Failed, Noon.AddMinutes(9));
        task = store.FindTask("a")!;
        Assert.Contains("2 runs failed", task.PausedBecause, StringComparison.Ordinal);
        Assert.Null(task.NextRunAt);
        Assert.Equal(Noon.AddDays(1), store.GetEarliestDue());
        Assert.Empty(store.ClaimDue(Noon, "me", 10, (_, _) => new DuePlan([Noon], [], null)));

        store.ClearPause("1");
        Assert.Equal(Noon, store.GetEarliestDue());
        Assert.Equal((null, 0), (store.FindTask("a")!.PausedBecause, store.FindTask("a")!.ConsecutiveFailures));
        for (var i = 0; i < 3; i++)
            Finish(store, $"n{i}", RunOutcome.Failed, Noon, "2");
        Assert.Null(store.FindTask("never")!.PausedBecause);
    }

    [Fact]
    public void A_run_of_a_dead_owner_is_taken_over_and_the_old_owner_writes_it_no_more()
    {
        var store = NewStore();
        var mine = Added(store, "dead", "dead one");
        Added(store, "alive", "living one");
        store.Heartbeat("dead one", Noon);
        store.Heartbeat("living one", Noon.AddMinutes(5));
        var taken = Assert.Single(store.TakeOver(run => run.HeartbeatAt < Noon.AddMinutes(1), "me", Noon.AddMinutes(6)));
        Assert.Equal(("dead", "me", 2, Noon.AddMinutes(6)), (taken.Id, taken.Owner, taken.Attempt, taken.HeartbeatAt));
        Assert.False(store.SaveRun(mine));
        Assert.False(store.FinishRun(mine));
        Assert.True(store.SaveRun(taken));
        store.TakeOver(_ => false, "me", Noon.AddYears(1));
        Assert.All(store.GetRuns(new RunFilter()), run => Assert.NotNull(run.HeartbeatAt));
    }

    [Fact]
    public void Runs_are_found_newest_first_by_task_time_outcome_and_number()
    {
        var store = NewStore();
        for (var i = 0; i < 20; i++)
        {
            store.AddRun(new ReportRun
            {
                Id = $"r{i:00}",
                TaskId = i % 2 == 0 ? "even" : "even odd",
                Trigger = RunTrigger.Manual,
                DueAt = Noon.AddDays(-1),
                StartedAt = Noon.AddMinutes(i),
                Outcome = i % 3 == 0 ? RunOutcome.Failed : RunOutcome.Succeeded,
            });
        }
        store.AddRun(new ReportRun { Id = "never started", TaskId = "x", Trigger = RunTrigger.Manual, DueAt = Noon.AddMinutes(4.5) });

        string Found(RunFilter filter) => string.Join(' ', store.GetRuns(filter).Select(run => run.Id));
        Assert.Equal("r19 r18 r17", Found(new RunFilter { Limit = 3 }));
        Assert.Equal("r18 r16", Found(new RunFilter { TaskId = "even", Limit = 2 }));
        Assert.Equal("r05 never started r04", Found(new RunFilter { Since = Noon.AddMinutes(4), Until = Noon.AddMinutes(6) }));
        Assert.Equal("r05", Found(new RunFilter { TaskId = "even odd", Since = Noon.AddMinutes(4), Until = Noon.AddMinutes(6) }));
        Assert.Equal("r18 r15", Found(new RunFilter { Outcomes = [RunOutcome.Failed], Limit = 2 }));
        Assert.Equal("r03", Found(new RunFilter { RunId = "r03" }));
        Assert.Equal("", Found(new RunFilter { RunId = "r03", TaskId = "even" }));
        Assert.Equal("", Found(new RunFilter { RunId = "none" }));
        Assert.Equal(2, store.RemoveRuns(["r03", "none", "never started", "r04"]));
        Assert.Equal("", Found(new RunFilter { RunId = "r03" }));
        Assert.Equal("never started", Found(new RunFilter { RunId = "never started" }));
    }

    [Fact]
    public void Ids_of_runs_sort_by_the_time_they_were_made()
    {
        var ids = Enumerable.Range(0, 1000).Select(i => RunIds.Create(Noon.AddTicks(i / 2))).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(1000, ids.Distinct().Count());
        Assert.Matches("^20260302-[0-9]{6}-[0-9]{7}-[0-9a-z]{6}$", ids[0]);
    }

    private static ReportRun Added(IReportStore store, string id, string owner)
    {
        var run = new ReportRun { Id = id, TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon, StartedAt = Noon, Owner = owner, HeartbeatAt = Noon };
        store.AddRun(run);
        return run;
    }

    private static void Finish(IReportStore store, string id, RunOutcome outcome, DateTimeOffset startedAt, string task = "1")
    {
        var run = new ReportRun { Id = id, TaskId = task, Trigger = RunTrigger.Manual, DueAt = Noon, StartedAt = startedAt, Owner = "me" };
        store.AddRun(run);
        (run.Outcome, run.Error, run.FinishedAt) = (outcome, outcome == RunOutcome.Succeeded ? null : "it broke", startedAt);
        Assert.True(store.FinishRun(run));
    }
}
