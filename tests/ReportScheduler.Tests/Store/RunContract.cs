using ReportScheduler.Store;

namespace ReportScheduler.Tests.Store;

public abstract class RunContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    private static TaskPlan Tomorrow(DueTask due) => new(due, new DuePlan([due.DueAt], [], Noon.AddDays(1)));

    [Fact]
    public void Everything_due_is_planned_once_taken_once_and_the_next_due_time_moves_on()
    {
        var store = NewStore();
        foreach (var i in Enumerable.Range(0, 5))
        {
            store.PutTask(new ReportTask { Id = $"{i}", Name = $"t{i}" }, PutMode.Add, Noon.AddMinutes(i));
        }

        Assert.Equal(Noon, store.GetEarliestDue());

        Place.SetClock(Noon.AddMinutes(2));
        Assert.Equal(["t0", "t1", "t2"], Due(store).Select(task => task.Name));
        // those that a plan leaves out stay due
        Assert.Equal(["t1"], store.PlanDue(2, due => [Tomorrow(due[1])]).Runs.Select(run => run.TaskName));
        Assert.Equal(["t0", "t2"], store.PlanDue(10, due => [.. due.Select(Tomorrow)]).Runs.Select(run => run.TaskName));
        Assert.Empty(store.PlanDue(10, due => [.. due.Select(Tomorrow)]).Runs);
        Assert.Empty(Due(store));
        Assert.Equal((3, Noon.AddMinutes(3), Noon.AddDays(1)),
            (store.CountWaiting(), store.GetEarliestDue()!.Value, store.FindTask("t0")!.NextRunAt!.Value));

        var (first, othersWait) = store.TakeRuns(new TakeOrder("me", 2, []));
        Assert.Equal(["t0", "t1"], first.Select(run => run.TaskName));
        Assert.True(othersWait);
        Assert.All(first, run => Assert.Equal(
            (RunTrigger.Schedule, RunOutcome.Running, RunStage.Claim, "me", Noon.AddMinutes(2), 1),
            (run.Trigger, run.Outcome, run.Stage, run.Owner, run.HeartbeatAt, run.Attempt)));
        (first, othersWait) = store.TakeRuns(new TakeOrder("other", 2, []));
        Assert.Equal(("t2", "other", false), (Assert.Single(first).TaskName, first[0].Owner, othersWait));
        Assert.Empty(store.TakeRuns(new TakeOrder("other", 2, [])).Runs);
        Assert.Equal(0, store.CountWaiting());
    }

    [Fact]
    public void A_run_sees_the_definitions_as_they_are_when_it_begins()
    {
        var (mine, theirs) = (NewStore(), NewStore());
        string Text() => mine.Connections.Find("c")!.ConnectionString;
        void Put(IReportStore store, string text) => store.Connections.Put(new ReportConnection { Name = "c", ConnectionString = text },
            PutMode.Replace);
        Put(theirs, "first");
        theirs.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        theirs.PutTask(new ReportTask { Id = "2", Name = "b" }, PutMode.Add, Noon);
        var runs = Claim(mine, "me", _ => new DuePlan([Noon], [], Noon.AddDays(1)));
        mine.BeginRun(runs[0]);
        Assert.Equal(("first", 1), (Text(), mine.Connections.All().Count));
        // from another process, a moment later
        Put(theirs, "second");
        theirs.Connections.Put(new ReportConnection { Name = "d" }, PutMode.Add);
        theirs.SetOption(new ReportSchedulerOption { KeepRuns = 7 });
        Assert.Equal(7, mine.BeginRun(runs[1]).Option.KeepRuns);
        Assert.Equal(("second", 2, 7), (Text(), mine.Connections.All().Count, mine.GetOption().KeepRuns));
        Put(mine, "third");
        Assert.Equal("third", Text());
        Assert.True(mine.Connections.Remove("c"));
        Assert.Null(mine.Connections.Find("c"));
    }

    [Fact]
    public void Many_are_planned_at_once_and_what_is_left_of_a_task_that_is_gone_is_passed_over()
    {
        const int Many = 30;
        var store = NewStore();
        foreach (var i in Enumerable.Range(0, Many))
        {
            store.PutTask(new ReportTask { Id = $"{i:00}", Name = $"t{i}" }, PutMode.Add, Noon.AddSeconds(i));
        }

        store.PutState(new ReportTaskState { TaskId = "left alone", NextRunAt = Noon.AddSeconds(5) });
        Place.SetClock(Noon.AddMinutes(1));
        Assert.Null(Due(store).Single(task => task.TaskId == "left alone").Task);
        store.RemoveTask("01");
        store.MoveNextRun("03", Noon.AddSeconds(3), Noon.AddSeconds(4));
        store.MoveNextRun("04", Noon.AddSeconds(4), Noon.AddDays(2));
        var planned = Plan(
            store, task => task.Task is null ? new DuePlan([], [], null) : new DuePlan([task.DueAt], [], Noon.AddDays(1)), limit: 100);
        string[] others = ["01", "04"];
        Assert.Equal(Enumerable.Range(0, Many).Select(i => $"{i:00}").Except(others), planned.Runs.Select(run => run.TaskId).Order());
        Assert.Equal(Noon.AddDays(1), planned.NextDueAt);
        Assert.Empty(Due(store));
        Assert.Equal(Many - 2, store.CountWaiting());
    }

    [Fact]
    public void Planning_and_taking_in_one_call_do_what_they_do_one_after_the_other()
    {
        var store = NewStore();
        foreach (var i in Enumerable.Range(0, 5))
        {
            store.PutTask(new ReportTask { Id = $"{i}", Name = $"t{i}" }, PutMode.Add, Noon.AddMinutes(i));
        }

        PlannedRuns PlanFew(int limit, TakeOrder? take) =>
            Plan(store, due => new DuePlan([due.DueAt], [], due.TaskId == "0" ? null : Noon.AddDays(1)), take, limit);

        Place.SetClock(Noon.AddMinutes(3));
        var planned = PlanFew(2, null);
        Assert.Equal((Noon.AddMinutes(2), null), (planned.NextDueAt, planned.Taken));
        Assert.Equal(["t0", "t1"], planned.Runs.Select(run => run.TaskName));

        planned = PlanFew(10, new TakeOrder("me", 2, ["1"]));
        Assert.Equal((Noon.AddMinutes(4), true), (planned.NextDueAt, planned.Taken!.OthersWait));
        Assert.Equal(["t2", "t3"], planned.Runs.Select(run => run.TaskName));
        Assert.Equal([("t0", "me"), ("t2", "me")], planned.Taken.Runs.Select(run => (run.TaskName, run.Owner)));

        planned = PlanFew(10, new TakeOrder("other", 10, []));
        Assert.Equal((0, Noon.AddMinutes(4), false), (planned.Runs.Count, planned.NextDueAt, planned.Taken!.OthersWait));
        Assert.Equal(["t1", "t3"], planned.Taken.Runs.Select(run => run.TaskName));
        store.RemoveTask("4");
        Assert.Equal(Noon.AddDays(1), PlanFew(10, null).NextDueAt);
        Assert.Equal(4, store.GetRuns(new RunFilter()).Count);
    }

    [Fact]
    public void An_order_by_other_definitions_than_those_of_the_store_does_nothing_and_says_so()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        store.PutTask(new ReportTask { Id = "2", Name = "b" }, PutMode.Add, Noon.AddHours(1));
        var known = store.DefinitionVersion;
        var order = new TakeOrder("me", 5, [], known);
        Place.SetClock(Noon);
        store.PutTask(new ReportTask { Id = "1", Name = "a", RunOn = "dmz", Revision = 1 }, PutMode.Update, Noon);
        Assert.True(store.PlanDue(5, _ => throw new InvalidOperationException(), order).IsOutdated);
        Assert.Empty(store.GetRuns(new RunFilter()));
        Assert.Single(store.PlanDue(5, due => [.. due.Select(Tomorrow)]).Runs);
        Assert.True(store.TakeRuns(order).IsOutdated);
        Assert.Empty(store.GetOwners());
        var taken = store.TakeRuns(order with { Definitions = store.DefinitionVersion });
        Assert.Equal((false, "1"), (taken.IsOutdated, Assert.Single(taken.Runs).TaskId));
    }

    [Fact]
    public void What_waited_and_what_is_planned_are_taken_in_the_order_of_their_due_times()
    {
        var store = NewStore();
        foreach (var minute in new[] { 1, 3, 4 })
        {
            store.PutTask(new ReportTask { Id = $"{minute}", Name = $"{minute}" }, PutMode.Add, Noon.AddMinutes(minute));
        }

        ReportRun Asked(string id, string taskId, int minute) =>
            new() { Id = id, TaskId = taskId, Trigger = RunTrigger.Http, DueAt = Noon.AddMinutes(minute) };
        store.AddRun(Asked("r3", "3", -1));
        Assert.Single(store.TakeRuns(new TakeOrder("other", 1, [])).Runs);
        store.AddRun(Asked("r0", "t0", 0));
        store.AddRun(Asked("r2", "t2", 2));
        store.AddRun(Asked("r5", "t5", 5));
        Place.SetClock(Noon.AddMinutes(10));
        var planned = Plan(store, due => new DuePlan([due.DueAt], [], null), new TakeOrder("me", 4, []));
        Assert.Equal(["1", "3", "4"], planned.Runs.Select(run => run.TaskId));
        Assert.True(planned.Taken!.OthersWait);
        // of a task one run is taken at a time, planned or not
        Assert.Equal([0, 1, 2, 4], planned.Taken.Runs.Select(run => (run.DueAt - Noon).TotalMinutes));
        Assert.All(planned.Taken.Runs, run => Assert.Equal(("me", Noon.AddMinutes(10)), (run.Owner, run.HeartbeatAt)));
        Assert.Equal(2, store.CountWaiting());
        Assert.Equal(["r5"], store.TakeRuns(new TakeOrder("me", 10, [])).Runs.Select(run => run.Id));
        // what was taken with the plan is written with its owner
        var kept = store.GetRuns(new RunFilter { RunId = planned.Taken.Runs[1].Id })[0];
        Assert.Equal(("1", "me", RunOutcome.Running), (kept.TaskId, kept.Owner, kept.Outcome));
        Assert.Equal(["me", "other"], store.GetOwners().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_rehearsal_goes_through_a_due_time_and_leaves_nothing_behind()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "real", Name = "real" }, PutMode.Add, Noon);
        var (definitions, rehearsed) = (store.DefinitionVersion, 0);
        for (var time = 0; time < 2; time++)
        {
            store.Rehearse(
                new ReportTask { Id = "id", Name = "real", State = { TaskId = "id", NextRunAt = Noon.AddYears(-1) } },
                play =>
                {
                    var planned = Plan(play, due =>
                    {
                        Assert.Equal(("id", Noon.AddYears(-1), "real"), (due.TaskId, due.DueAt, due.Task!.Name));
                        return new DuePlan([due.DueAt], [], null);
                    }, new TakeOrder("me", 1, []), limit: 1);
                    var run = Assert.Single(planned.Taken!.Runs);
                    Assert.Equal(("id", "me"), (run.TaskId, run.Owner));
                    // nobody else sees it, or has to wait for it
                    Assert.Empty(store.GetRuns(new RunFilter()));
                    Assert.Equal("real", Assert.Single(Due(store)).TaskId);
                    run.StartedAt = Noon;
                    Assert.True(play.BeginRun(run).IsOwn);
                    (run.Outcome, run.FinishedAt) = (RunOutcome.Succeeded, Noon);
                    Assert.True(play.FinishRun(run));
                    Assert.Equal(1, play.FindTask("id")!.RunCount);
                    rehearsed++;
                });
        }

        Assert.Equal((2, definitions), (rehearsed, store.DefinitionVersion));
        Assert.Equal("real", Assert.Single(store.GetTasks()).Id);
        Assert.Equal("real", Assert.Single(store.GetStates()).TaskId);
        Assert.Empty(store.GetRuns(new RunFilter()));
        Assert.Empty(store.GetOwners());
        Assert.Equal(Noon, store.GetEarliestDue());
    }

    [Fact]
    public void A_run_that_begins_is_written_and_gets_its_task_as_it_is_then()
    {
        var store = NewStore();
        // the name of one is the id of another
        store.PutTask(new ReportTask { Id = "other", Name = "1" }, PutMode.Add, null);
        store.PutTask(new ReportTask { Id = "1", Name = "a", Query = "select 1" }, PutMode.Add, Noon);
        var run = Assert.Single(Claim(store, "me", _ => new DuePlan([Noon], [], Noon.AddDays(1))));
        store.PutTask(new ReportTask { Id = "1", Name = "a", Query = "select 2" }, PutMode.Replace, Noon.AddDays(2));
        (run.StartedAt, run.Stage) = (Noon.AddSeconds(1), RunStage.Query);
        var (task, _, isOwn, _) = store.BeginRun(run);
        Assert.Equal(("1", "select 2", Noon.AddDays(2), true), (task!.Id, task.Query, task.NextRunAt, isOwn));
        ReportRun Kept() => Assert.Single(store.GetRuns(new RunFilter()));
        Assert.Equal((Noon.AddSeconds(1), RunStage.Query, "me"), (Kept().StartedAt, Kept().Stage, Kept().Owner));

        run.Attempt = 2;
        run.Stage = RunStage.Export;
        Assert.False(store.BeginRun(run).IsOwn);
        (run.Attempt, run.Owner) = (1, "other");
        Assert.False(store.BeginRun(run).IsOwn);
        run.Owner = "me";
        store.RemoveTask("1");
        Assert.Equal(BegunRun.WithoutTask, store.BeginRun(run));
        Assert.Equal(RunStage.Query, Kept().Stage);
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(100, 3)]
    public void A_run_that_begins_is_told_which_runs_of_its_task_are_more_than_are_kept(int keep, int? ofTask)
    {
        var store = NewStore();
        store.SetOption(new ReportSchedulerOption { KeepRuns = keep });
        store.PutTask(new ReportTask { Id = "1", Name = "a", KeepRuns = ofTask }, PutMode.Add, null);
        store.PutTask(new ReportTask { Id = "10", Name = "b" }, PutMode.Add, null);
        ReportRun Add(string task, int minute, RunOutcome outcome)
        {
            var run = new ReportRun { Id = $"{task}-{minute}", TaskId = task, Trigger = RunTrigger.Manual, DueAt = Noon.AddMinutes(minute),
                StartedAt = Noon.AddMinutes(minute), Outcome = outcome, Owner = outcome == RunOutcome.Running ? "me" : null };
            store.AddRun(run);
            return run;
        }

        Add("10", 7, RunOutcome.Succeeded);
        Add("1", 1, RunOutcome.Succeeded);
        Add("1", 2, RunOutcome.Running);
        Assert.Empty(store.BeginRun(Add("1", 3, RunOutcome.Running)).OldRuns!);
        Assert.Equal(["1-1"], store.BeginRun(Add("1", 4, RunOutcome.Running)).OldRuns!);
        Assert.Equal(1, store.RemoveRuns(["1-1"]));
        Assert.Empty(store.BeginRun(Add("10", 8, RunOutcome.Running)).OldRuns!);
        // one that waits with a due time long ago is none of them
        store.AddRun(new ReportRun { Id = "10-0", TaskId = "10", Trigger = RunTrigger.Http, DueAt = Noon.AddDays(-1) });
        Add("10", 6, RunOutcome.Succeeded);
        Assert.Equal(ofTask is null ? ["10-6"] : [], store.BeginRun(Add("10", 9, RunOutcome.Running)).OldRuns!);
        // one that is going on may be over, and to be removed, when this one is
        Assert.Null(store.BeginRun(Add("1", 5, RunOutcome.Running)).OldRuns);
    }

    [Fact]
    public void An_instant_that_has_a_run_gives_it_back_and_a_run_can_be_taken_by_its_id()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        ReportRun Asked(string id, DateTimeOffset due) =>
            new() { Id = id, TaskId = "1", TaskName = "a", Trigger = RunTrigger.Schedule, DueAt = due };
        Assert.Null(store.AddDueRun(Asked("first", Noon)));
        Assert.Null(store.AddDueRun(Asked("later", Noon.AddHours(1))));
        Assert.Equal("first", store.AddDueRun(Asked("second", Noon.ToOffset(TimeSpan.FromHours(3))))!.Id);
        Assert.Empty(store.TakeRuns(new TakeOrder("me", 1, []), "gone").Runs);
        Assert.Equal("later", Assert.Single(store.TakeRuns(new TakeOrder("me", 1, []), "later").Runs).Id);
        // a task that is not Parallel has one run at a time
        Assert.Empty(store.TakeRuns(new TakeOrder("other", 1, []), "first").Runs);
    }

    [Fact]
    public void The_results_of_a_task_are_kept_for_its_next_runs()
    {
        var files = NewStore().Files;
        var folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
        try
        {
            var (from, to) = (Path.Combine(folder, "from"), Path.Combine(folder, "to"));
            Assert.False(files.FetchResult("t", "1", to));
            File.Delete(to);
            for (var i = 1; i <= 6; i++)
            {
                File.WriteAllText(from, $"result {i}" + new string('x', 1 << 20));
                files.KeepResult("t", $"{i}", from, "1");
            }

            files.KeepResult("other", "7", from, null);
            // the last that was delivered and the newest, which may be yet
            foreach (var (id, isKept) in new[] { ("1", true), ("2", false), ("5", true), ("6", true) })
            {
                Assert.Equal((id, isKept), (id, files.FetchResult("t", id, to)));
                Assert.Equal((id, isKept), (id, isKept && File.ReadAllText(to).StartsWith($"result {id}x", StringComparison.Ordinal)));
                File.Delete(to);
            }

            files.RemoveResults("t");
            Assert.False(files.FetchResult("t", "6", to));
            File.Delete(to);
            Assert.True(files.FetchResult("other", "7", to));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_run_is_asked_to_stop_until_that_is_forgotten()
    {
        var runners = NewStore().Runners;
        Assert.Null(runners.RunStopRequest("r1"));
        runners.RequestRunStop("r1", "ann");
        runners.RequestRunStop("r1", "ben: it is enough");
        Assert.Equal(("ben: it is enough", null), (runners.RunStopRequest("r1"), runners.RunStopRequest("r2")));
        runners.ForgetRunStop("r1");
        runners.ForgetRunStop("r2");
        Assert.Null(runners.RunStopRequest("r1"));
    }

    [Fact]
    public void A_due_instant_that_has_a_run_is_not_planned_again()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        Assert.Single(Claim(store, "me", _ => new DuePlan([Noon], [], Noon)));
        Assert.Empty(Claim(store, "me", _ => new DuePlan([Noon.ToOffset(TimeSpan.FromHours(5))], [], null)));
        store.AddRun(new ReportRun { Id = "m1", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon });
        store.AddRun(new ReportRun { Id = "m2", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon });
        Assert.Equal(3, store.GetRuns(new RunFilter()).Count);
    }

    [Fact]
    public void A_next_run_is_moved_from_where_it_is_known_to_be()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        Assert.True(store.MoveNextRun("1", Noon, Noon.AddMinutes(1)));
        Assert.False(store.MoveNextRun("1", Noon, Noon.AddMinutes(2)));
        store.RemoveTask("1");
        Assert.False(store.MoveNextRun("1", Noon.AddMinutes(1), Noon));
        Assert.Null(store.GetEarliestDue());
    }

    [Fact]
    public void The_plan_sees_unfinished_runs_and_its_records_are_kept()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        store.AddRun(new ReportRun { Id = "late", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon.AddHours(-1), Owner = "x" });
        store.AddRun(new ReportRun { Id = "early", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon.AddHours(-2), Owner = "x" });
        store.AddRun(new ReportRun { Id = "other", TaskId = "2", Trigger = RunTrigger.Manual, DueAt = Noon, Owner = "x" });
        store.AddRun(new ReportRun { Id = "done", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon, Outcome = RunOutcome.Failed });
        Assert.Equal(["early", "late"], Assert.Single(Due(store)).Unfinished.Select(run => run.Id));
        ReportRun Record(RunOutcome outcome, double hours) =>
            new() { TaskId = "1", DueAt = Noon.AddHours(hours), Outcome = outcome, Error = $"{outcome}", Stage = RunStage.Claim };
        var waiting =
            Assert.Single(Claim(store, "me", _ => new DuePlan([], [Record(RunOutcome.Skipped, 0), Record(RunOutcome.Running, -1)], null)));
        Assert.Equal(("Running", true), (waiting.Error, waiting.IsRecordOnly));
        Assert.Equal("Skipped", Assert.Single(store.GetRuns(new RunFilter { Outcomes = [RunOutcome.Skipped] })).Error);
        Assert.Null(store.GetEarliestDue());
    }

    [Fact]
    public void Of_a_task_one_run_is_taken_at_a_time_unless_it_is_parallel()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "q", Name = "queue", Overlap = OverlapPolicy.Queue }, PutMode.Add, Noon);
        store.PutTask(new ReportTask { Id = "p", Name = "parallel", Overlap = OverlapPolicy.Parallel }, PutMode.Add, Noon);
        // made by a person: it holds up nothing
        store.AddRun(new ReportRun { Id = "m", TaskId = "q", Trigger = RunTrigger.Manual, DueAt = Noon, Owner = "person" });
        Plan(store, _ => new DuePlan([Noon.AddMinutes(-2), Noon.AddMinutes(-1), Noon], [], null));

        var (taken, othersWait) = store.TakeRuns(new TakeOrder("me", 10, []));
        Assert.Equal([("p", -2), ("p", -1), ("p", 0), ("q", -2)],
            taken.Select(run => (run.TaskId, (int)(run.DueAt - Noon).TotalMinutes)).Order());
        Assert.True(othersWait);
        Assert.Equal(2, store.CountWaiting());
        (var none, othersWait) = store.TakeRuns(new TakeOrder("other", 10, []));
        Assert.Empty(none);
        Assert.True(othersWait);

        var first = taken.Single(run => run.TaskId == "q");
        first.Outcome = RunOutcome.Succeeded;
        Assert.True(store.FinishRun(first));
        Assert.Equal(Noon.AddMinutes(-1), Assert.Single(store.TakeRuns(new TakeOrder("other", 10, [])).Runs).DueAt);
    }

    [Fact]
    public void A_run_that_waits_for_its_mail_holds_up_no_other_run_of_its_task()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        var run = Assert.Single(Claim(store, "me", _ => new DuePlan([Noon], [], Noon)));
        (run.Outcome, run.Deliveries) = (RunOutcome.Delivering, [new ReportDelivery { Id = "d", RunId = run.Id, NextAttemptAt = Noon }]);
        Assert.True(store.SaveRun(run));
        Assert.Single(store.TakeDueDeliveries("me", 10).Deliveries);
        Assert.Single(Claim(store, "me", _ => new DuePlan([Noon.AddMinutes(-1)], [], null)));
    }

    [Fact]
    public void A_request_that_comes_again_gets_the_run_that_it_made_and_no_other_request_its_key()
    {
        var store = NewStore();
        ReportRun Run(string id) => new() { Id = id, TaskId = "1", Trigger = RunTrigger.Http, DueAt = Noon };
        var mark = new RequestMark("key", "content", Noon.AddDays(1));
        Assert.Null(store.AddRunOnce(Run("first"), mark));
        Assert.Equal("first", NewStore().AddRunOnce(Run("second"), mark)!.Id);
        Assert.Equal("RequestDiffers",
            Assert.Throws<RequestRefusedException>(() => store.AddRunOnce(Run("third"), mark with { Content = "other" })).ErrorId);
        Assert.Equal("first", Assert.Single(store.TakeRuns(new TakeOrder("me", 10, [])).Runs).Id);
        Assert.True(store.UseOnce("signature", Noon.AddMinutes(5)));
        Assert.False(NewStore().UseOnce("signature", Noon.AddMinutes(5)));
        Place.SetClock(Noon.AddDays(2));
        Assert.True(store.UseOnce("signature", Noon.AddDays(3)));
        Assert.Null(store.AddRunOnce(Run("fourth"), mark with { Until = Noon.AddDays(3) }));
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
        foreach (var (outcome, i) in new[] { RunOutcome.Failed, RunOutcome.Succeeded, RunOutcome.PartiallyDelivered,
            RunOutcome.Cancelled }.Select((o, i) => (o, i)))
        {
            Finish(store, $"a{i}", outcome, Noon.AddMinutes(i));
        }

        var task = store.FindTask("a")!;
        Assert.Equal((4L, 2L, 1, "it broke", null),
            (task.RunCount, task.ErrorCount, task.ConsecutiveFailures, task.LastError, task.PausedBecause));

        Finish(store, "last", RunOutcome.Failed, Noon.AddMinutes(9));
        task = store.FindTask("a")!;
        Assert.Contains("2 runs failed", task.PausedBecause, StringComparison.Ordinal);
        Assert.Null(task.NextRunAt);
        Assert.Equal(Noon.AddDays(1), store.GetEarliestDue());
        Assert.Empty(Claim(store, "me", _ => new DuePlan([Noon], [], null)));

        store.ClearPause("1");
        Assert.Equal(Noon, store.GetEarliestDue());
        Assert.Equal((null, 0), (store.FindTask("a")!.PausedBecause, store.FindTask("a")!.ConsecutiveFailures));
        for (var i = 0; i < 3; i++)
        {
            Finish(store, $"n{i}", RunOutcome.Failed, Noon, "2");
        }

        Assert.Null(store.FindTask("never")!.PausedBecause);
    }

    [Fact]
    public void Runs_of_tasks_that_are_left_to_others_are_neither_taken_nor_said_to_wait()
    {
        var store = NewStore();
        foreach (var id in new[] { "1", "2", "3" })
        {
            store.PutTask(new ReportTask { Id = id, Name = id }, PutMode.Add, null);
            store.AddRun(new ReportRun { Id = $"r{id}", TaskId = id, Trigger = RunTrigger.Http, DueAt = Noon });
        }

        var (runs, othersWait) = store.TakeRuns(new TakeOrder("me", 10, ["1", "3", "gone"]));
        Assert.Equal(("r2", false), (Assert.Single(runs).Id, othersWait));
        Assert.True(store.TakeRuns(new TakeOrder("me", 1, ["3"])) is { Runs: [{ Id: "r1" }], OthersWait: false });
        Assert.Equal("r3", Assert.Single(store.TakeRuns(new TakeOrder("other", 1, [])).Runs).Id);
    }

    [Fact]
    public void A_run_that_is_put_back_waits_as_it_did_before_it_was_taken()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "q", Name = "queue", Overlap = OverlapPolicy.Queue }, PutMode.Add, Noon);
        store.PutTask(new ReportTask { Id = "z", Name = "other" }, PutMode.Add, Noon.AddSeconds(30));
        Place.SetClock(Noon.AddMinutes(1));
        // one of a store and one that was planned and taken at once
        Plan(store, due => new DuePlan([due.DueAt], [], null), limit: 1);
        var taken = Plan(store, due => new DuePlan([due.DueAt], [], null), new TakeOrder("me", 2, [])).Taken!.Runs;
        Assert.Equal(["q", "z"], taken.Select(run => run.TaskId));
        string[] ids = [.. taken.Select(run => run.Id)];
        store.PutBackRuns("other", ids);
        Assert.Equal((0, "me"), (store.CountWaiting(), Assert.Single(store.GetOwners())));
        store.PutBackRuns("me", ids);
        Assert.Equal((2, 0), (store.CountWaiting(), store.GetOwners().Count));
        Assert.Empty(store.TakeOver("other", new AbandonedRuns(["me"], [])));
        var again = store.TakeRuns(new TakeOrder("other", 2, [])).Runs;
        Assert.Equal([(ids[0], 1, 0), (ids[1], 1, 0)], again.Select(run => (run.Id, run.Attempt, run.Interruptions)));
        // it is another one's now
        store.PutBackRuns("me", ids);
        Assert.Equal((0, "other"), (store.CountWaiting(), Assert.Single(store.GetOwners())));
        Assert.True(store.BeginRun(again[0]).IsOwn);
    }

    [Fact]
    public void Runs_of_tasks_that_are_for_later_are_not_taken_and_said_to_wait()
    {
        var store = NewStore();
        foreach (var id in new[] { "1", "2", "3" })
        {
            store.PutTask(new ReportTask { Id = id, Name = id }, PutMode.Add, null);
            store.AddRun(new ReportRun { Id = $"r{id}", TaskId = id, Trigger = RunTrigger.Http, DueAt = Noon });
        }

        var order = new TakeOrder("me", 1, ["1"]) { LaterTasks = ["2"] };
        Assert.True(store.TakeRuns(order) is { Runs: [{ Id: "r3" }], OthersWait: true });
        Assert.True(store.TakeRuns(order) is { Runs: [], OthersWait: true });
        Assert.True(store.TakeRuns(order with { ExceptTasks = ["1", "2"] }) is { Runs: [], OthersWait: false });
        Assert.Equal("r1", Assert.Single(store.TakeRuns(order with { ExceptTasks = [] }).Runs).Id);
    }

    [Fact]
    public void A_lease_holds_for_as_long_as_its_owner_beats_in_time()
    {
        var store = NewStore();
        Assert.False(store.Heartbeat("me"));
        Place.SetClock(Noon + RunnerLease.Length);
        Assert.True(store.Heartbeat("me"));
        Place.SetClock(Noon + RunnerLease.Length * 2 + TimeSpan.FromSeconds(1));
        Assert.False(store.Heartbeat("me"));
        Assert.True(store.Heartbeat("me"));
        store.ForgetOwner("me");
        Assert.False(store.Heartbeat("me"));
    }

    [Fact]
    public void A_lease_of_a_clock_that_was_set_back_ends_after_its_length()
    {
        var store = NewStore();
        Added(store, "r", "dead one");
        var before = Noon.AddHours(-2);
        Place.SetClock(before);
        store.TakeOver("me", new AbandonedRuns([], []));
        Assert.Equal(["dead one"], store.GetOwners());
        Place.SetClock(before + RunnerLease.Length + TimeSpan.FromSeconds(1));
        store.TakeOver("me", new AbandonedRuns([], []));
        Assert.Empty(store.GetOwners());
    }

    [Fact]
    public void What_nobody_works_on_waits_again_and_the_old_owner_writes_it_no_more()
    {
        var store = NewStore();
        var mine = Added(store, "silent", "silent one");
        Added(store, "ended", "ended one");
        store.ForgetOwner("ended one");
        Place.SetClock(Noon.AddMinutes(5));
        Added(store, "alive", "living one");
        Added(store, "gone", "gone one");
        Added(store, "let go", "me");
        Added(store, "held", "me");
        Assert.Equal(["ended one", "gone one", "living one", "me", "silent one"], store.GetOwners().Order());
        Assert.Empty(store.TakeOver("me", new AbandonedRuns(["gone one"], ["held"])));
        Assert.Equal(["living one", "me"], store.GetOwners().Order());
        Assert.False(store.SaveRun(mine));
        Assert.False(store.FinishRun(mine));

        var taken = new[] { "first", "second", "third", "fourth" }
            .SelectMany(owner => store.TakeRuns(new TakeOrder(owner, 1, [])).Runs).ToList();
        Assert.Equal([("ended", 2, 1), ("gone", 2, 1), ("let go", 2, 1), ("silent", 2, 1)],
            taken.Select(run => (run.Id, run.Attempt, run.Interruptions)).Order());
        Assert.All(taken, run => Assert.Equal(Noon.AddMinutes(5), run.HeartbeatAt));
        Assert.True(store.SaveRun(taken[0]));
        Assert.Empty(store.TakeOver("me", new AbandonedRuns([], ["held"])));
        Assert.All(store.GetRuns(new RunFilter()), run => Assert.NotNull(run.HeartbeatAt));
    }

    [Fact]
    public void What_had_reached_its_delivery_is_taken_over_with_its_deliveries()
    {
        var store = NewStore();
        var run = Added(store, "r", "dead one");
        run.Deliveries = [new ReportDelivery { Id = "d", RunId = "r", State = DeliveryState.Sending, Owner = "dead one" }];
        Assert.True(store.SaveRun(run));
        Place.SetClock(Noon.AddMinutes(5));
        var taken = Assert.Single(store.TakeOver("me", new AbandonedRuns([], [])));
        Assert.Equal(("me", 2, Noon.AddMinutes(5), DeliveryState.Sending),
            (taken.Owner, taken.Attempt, taken.HeartbeatAt, taken.Deliveries.Single().State));
        Assert.Empty(store.TakeRuns(new TakeOrder("other", 10, [])).Runs);
        run.Deliveries[0].State = DeliveryState.Sent;
        Assert.False(store.PutDelivery(run.Deliveries[0], 1));
        Assert.True(store.SaveRun(taken));
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
        Assert.Equal("r16 r15 r14",
            Found(new RunFilter { After = RunKey.Of(store.GetRuns(new RunFilter { RunId = "r17" })[0]), Limit = 3 }));
        Assert.Equal("r14", Found(new RunFilter { TaskId = "even", After = new RunKey(Noon.AddMinutes(16), "r16"), Limit = 1 }));
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

    // many tasks are due at one instant, and their runs may be written in any order
    [Fact]
    public void Runs_of_one_instant_are_all_found_page_by_page()
    {
        var store = NewStore();
        string[] ids = ["r4", "r1", "r6", "r3", "r5", "r2"];
        foreach (var id in ids)
        {
            store.AddRun(new ReportRun { Id = id, TaskId = "t", Trigger = RunTrigger.Manual, DueAt = Noon, Outcome = RunOutcome.Skipped });
        }

        foreach (var filter in new[] { new RunFilter(), new RunFilter { TaskId = "t" } })
        {
            var found = new List<ReportRun>();
            while (store.GetRuns(filter with { After = found.Count == 0 ? null : RunKey.Of(found[^1]), Limit = 2 }) is { Count: > 0 } page)
            {
                found.AddRange(page);
            }

            Assert.Equal(ids.OrderDescending(), found.Select(run => run.Id));
        }
    }

    [Fact]
    public void A_run_that_begins_while_all_are_read_is_read_once()
    {
        var store = NewStore();
        foreach (var id in (string[])["r2", "r1", "r4", "r3"])
        {
            Added(store, id, "me");
        }

        var first = store.GetRunsById(null, 2);
        var later = store.GetRuns(new RunFilter { RunId = "r3" })[0];
        later.StartedAt = Noon.AddHours(1);
        Assert.True(store.SaveRun(later));
        Assert.Equal(["r1", "r2", "r3", "r4"],
            first.Concat(store.GetRunsById(first[^1].Id, 2)).Concat(store.GetRunsById("r4", 2)).Select(run => run.Id));
    }

    private static ReportRun Added(IReportStore store, string id, string owner)
    {
        var run = new ReportRun { Id = id, TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon, StartedAt = Noon, Owner = owner };
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
