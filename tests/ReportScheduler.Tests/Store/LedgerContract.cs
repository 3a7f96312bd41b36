using ReportScheduler.Store;

namespace ReportScheduler.Tests.Store;

public abstract class LedgerContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public void Waiting_mail_is_taken_oldest_first_by_one_owner_only()
    {
        var store = NewStore();
        Wait(store, "late", Noon.AddMinutes(2));
        Wait(store, "early", Noon.AddMinutes(1));
        Wait(store, "future", Noon.AddMinutes(9));
        Assert.Equal(Noon.AddMinutes(1), store.GetEarliestDelivery());
        Assert.Empty(store.TakeDueDeliveries("me", 10).Deliveries);

        Place.SetClock(Noon.AddMinutes(5));
        Assert.Equal("early mail", Assert.Single(store.TakeDueDeliveries("me", 1).Deliveries).Id);
        var late = Assert.Single(store.TakeDueDeliveries("other", 10).Deliveries);
        Assert.Equal(("late mail", DeliveryState.Pending, "other"), (late.Id, late.State, late.Owner));
        Assert.Equal("other", Run(store, "late").Owner);
        Assert.Empty(store.TakeDueDeliveries("me", 10).Deliveries);
        Assert.Equal(Noon.AddMinutes(9), store.GetEarliestDelivery());
    }

    [Fact]
    public void Mail_of_a_run_that_is_worked_on_is_left_to_it()
    {
        var store = NewStore();
        var run = Wait(store, "r", Noon, owner: "me");
        Assert.True(store.SaveRun(run));
        Assert.Empty(store.TakeDueDeliveries("other", 10).Deliveries);
        Assert.Empty(store.TakeDueDeliveries("me", 10).Deliveries);
        run.Outcome = RunOutcome.Delivering;
        Assert.True(store.SaveRun(run));
        Assert.Null(Run(store, "r").Owner);
        // it is nobody's now, and not its owner's of before, whose word came late
        run.Owner = "me";
        Assert.False(store.SaveRun(run));
        Assert.Single(store.TakeDueDeliveries("other", 10).Deliveries);
    }

    [Fact]
    public void All_mail_of_one_run_is_taken_together()
    {
        var store = NewStore();
        var run = Wait(store, "r", Noon);
        run.Deliveries = [.. run.Deliveries,
            new ReportDelivery { Id = "folder", RunId = "r", Kind = DeliveryKind.Folder, NextAttemptAt = Noon }];
        Assert.True(store.SaveRun(run));
        Assert.Equal(2, store.TakeDueDeliveries("me", 10).Deliveries.Count);
    }

    [Fact]
    public void What_is_taken_says_what_it_belongs_to_what_is_left_and_when_more_is_due()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon.AddDays(1));
        Wait(store, "one", Noon);
        var both = Wait(store, "both", Noon.AddSeconds(1), "fast");
        both.Deliveries = [.. both.Deliveries, new ReportDelivery { Id = "copy", RunId = "both", Target = "slow", NextAttemptAt = Noon }];
        Assert.True(store.SaveRun(both));
        Wait(store, "next", Noon.AddMinutes(7));
        Assert.Equal((true, Noon.AddSeconds(1)), Left(store.TakeDueDeliveries("none", 1, null, ["", "slow"])));
        Place.SetClock(Noon.AddSeconds(2));

        // to one target at a time, and of the ones beyond the limit it says that they are there
        var taken = store.TakeDueDeliveries("me", 10, null, ["fast", "slow"]);
        Assert.Equal(("one mail", "one", "me"), (Assert.Single(taken.Deliveries).Id, Assert.Single(taken.Runs).Id, taken.Runs[0].Owner));
        Assert.Equal((true, Noon.AddMinutes(7)), Left(taken));
        Assert.Equal(("1", Noon.AddDays(1)), (Assert.Single(taken.Tasks).Key, taken.Tasks["1"].NextRunAt));
        taken = store.TakeDueDeliveries("me", 1, null, ["fast"]);
        Assert.Equal(("copy", 2), (Assert.Single(taken.Deliveries).Id, Assert.Single(taken.Runs).Deliveries.Length));
        Assert.All(taken.Runs[0].Deliveries.Where(delivery => delivery.Id == "copy"),
            delivery => Assert.Equal(("me", null), (delivery.Owner, delivery.NextAttemptAt)));
        // what waits for the run that is worked on here is said until that is recorded, and of another's run nothing is
        Assert.Equal((true, Noon.AddMinutes(7)), Left(store.TakeDueDeliveries("me", 10)));
        Assert.Equal((false, Noon.AddMinutes(7)), Left(store.TakeDueDeliveries("other", 10)));
        Assert.True(store.SaveRun(taken.Runs[0]));
        taken = store.TakeDueDeliveries("other", 10);
        Assert.Equal(("both mail", false, Noon.AddMinutes(7)), (Assert.Single(taken.Deliveries).Id, taken.OthersWait, taken.NextAt));
        Place.SetClock(Noon.AddHours(1));
        Assert.Equal((false, null), Left(store.TakeDueDeliveries("me", 10)));

        static (bool OthersWait, DateTimeOffset? NextAt) Left(TakenDeliveries taken) => (taken.OthersWait, taken.NextAt);
    }

    [Fact]
    public void A_delivery_whose_run_was_taken_over_is_written_by_the_old_owner_no_more()
    {
        var store = NewStore();
        Wait(store, "r", Noon);
        var mine = Assert.Single(store.TakeDueDeliveries("me", 10).Deliveries);
        Assert.Equal(("other", 2),
            Assert.Single(store.TakeOver("other", new AbandonedRuns(["me"], [])).Select(run => (run.Owner, run.Attempt))));
        mine.NextAttemptAt = Noon;
        Assert.False(store.PutDelivery(mine, 1));
        Assert.Null(store.GetEarliestDelivery());
        mine.RunId = "gone";
        Assert.False(store.PutDelivery(mine, 1));
    }

    [Fact]
    public void A_delivery_of_an_earlier_attempt_is_not_written_though_its_owner_has_the_run_again()
    {
        var store = NewStore();
        Wait(store, "r", Noon);
        var frozen = Assert.Single(store.TakeDueDeliveries("me", 10).Deliveries);
        var other = Assert.Single(store.TakeOver("other", new AbandonedRuns(["me"], [])));
        other.Deliveries[0].NextAttemptAt = Noon;
        Assert.True(store.SaveRun(other));
        var again = store.TakeDueDeliveries("me", 10);
        Assert.Equal(2, Assert.Single(again.Runs).Attempt);
        Assert.False(store.PutDelivery(frozen, 1));
        Assert.True(store.PutDelivery(again.Deliveries[0], 2));
    }

    [Fact]
    public void A_delivery_shows_in_its_run_and_goes_with_it()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        var run = Wait(store, "r", Noon);
        var delivery = Assert.Single(store.TakeDueDeliveries("me", 10).Deliveries);
        delivery.State = DeliveryState.Sent;
        delivery.Recipients = [new DeliveryRecipient { Address = "a@example.com", State = DeliveryState.Sent }];
        Assert.True(store.PutDelivery(delivery, 1));
        run = Run(store, "r");
        Assert.Equal("a@example.com", Assert.Single(Assert.Single(run.Deliveries).Recipients).Address);
        run.Outcome = RunOutcome.Succeeded;
        Assert.True(store.FinishRun(run));
        Assert.Equal(1, store.RemoveRuns(["r"]));
        Assert.Null(store.GetEarliestDelivery());
        Place.SetClock(Noon.AddYears(1));
        Assert.Empty(store.TakeDueDeliveries("me", 10).Deliveries);
    }

    [Fact]
    public void A_final_run_can_be_sent_again_and_is_counted_once()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        var run = Wait(store, "r", Noon);
        run.Outcome = RunOutcome.PartiallyDelivered;
        Assert.True(store.FinishRun(run));
        Assert.Equal(1, store.FindTask("a")!.ErrorCount);
        run = Run(store, "r");
        Assert.True(Reopen(store, run));
        run.Outcome = RunOutcome.Succeeded;
        Assert.True(store.FinishRun(run));
        var task = store.FindTask("a")!;
        Assert.Equal((1L, 1L, 0, RunOutcome.Succeeded), (task.RunCount, task.ErrorCount, task.ConsecutiveFailures, task.LastOutcome));
    }

    [Fact]
    public void Of_two_who_open_a_run_again_one_does()
    {
        var store = NewStore();
        var run = Wait(store, "r", Noon);
        (run.Outcome, run.Deliveries[0].State, run.Deliveries[0].Attempts) = (RunOutcome.Succeeded, DeliveryState.Sent, 1);
        Assert.True(store.FinishRun(run));
        var (mine, theirs) = (Run(store, "r"), Run(store, "r"));
        var stand = RunStand.Of(mine);
        Assert.True(Reopen(store, theirs));
        Assert.False(Reopen(store, mine, stand));

        // nor when it is over again
        (theirs.Outcome, theirs.Deliveries[0].State, theirs.Deliveries[0].Attempts) = (RunOutcome.Succeeded, DeliveryState.Sent, 2);
        Assert.True(store.FinishRun(theirs));
        Assert.False(Reopen(store, mine, stand));
        mine.Id = "gone";
        Assert.False(Reopen(store, mine, stand));
    }

    [Fact]
    public void Mail_that_waits_is_sent_at_once_unless_somebody_has_it_in_hand()
    {
        var store = NewStore();
        Wait(store, "r", Noon.AddHours(1));
        var run = Run(store, "r");
        run.Deliveries[0].NextAttemptAt = Noon;
        Assert.True(Reopen(store, run));
        Assert.Single(store.TakeDueDeliveries("me", 1).Deliveries);
        Assert.False(Reopen(store, Run(store, "r")));
        run.Owner = null;
        Assert.False(Reopen(store, run));
        // as somebody who had it in hand says it is
        run.Owner = "me";
        Assert.False(Reopen(store, run));
    }

    [Fact]
    public void Who_ends_a_run_ends_what_he_saw_of_it()
    {
        var store = NewStore();
        Wait(store, "r", Noon);
        var seen = Run(store, "r");
        var stand = RunStand.Of(seen);
        var theirs = Assert.Single(store.TakeDueDeliveries("me", 1).Runs);
        (theirs.Deliveries[0].State, theirs.Deliveries[0].Attempts) = (DeliveryState.Sent, 1);
        Assert.True(store.SaveRun(theirs));
        (seen.Outcome, seen.Deliveries[0].State) = (RunOutcome.Cancelled, DeliveryState.Failed);
        Assert.False(store.FinishRun(seen, stand));
        Assert.Equal((RunOutcome.Delivering, DeliveryState.Sent), (Run(store, "r").Outcome, Run(store, "r").Deliveries[0].State));
        seen = Run(store, "r");
        stand = RunStand.Of(seen);
        seen.Outcome = RunOutcome.Cancelled;
        Assert.True(store.FinishRun(seen, stand));
    }

    [Fact]
    public void Files_are_given_up_where_the_run_is_over_and_then_it_is_not_opened_again()
    {
        var store = NewStore();
        Wait(store, "open", Noon);
        var run = Wait(store, "over", Noon);
        run.Outcome = RunOutcome.Succeeded;
        Assert.True(store.FinishRun(run));
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(["over"], store.GiveUpFiles(["open", "over", "gone"]));
            Assert.Equal((true, false), (Run(store, "over").AreFilesRemoved, Run(store, "open").AreFilesRemoved));
        }

        Assert.Equal(["open", "over"], store.FindRuns(["open", "none", "over"]).Order());
        Assert.Empty(store.FindRuns([]));
        Assert.False(Reopen(store, Run(store, "over")));
        Assert.True(Reopen(store, Run(store, "open")));
        Assert.Empty(store.GiveUpFiles([]));
    }

    [Fact]
    public void What_a_worker_has_in_hand_is_written_no_more_in_a_store_that_is_moved()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        var run = Wait(store, "r", Noon, owner: "me");
        run.Deliveries[0].Owner = "me";
        NewStore().SetMark(StoreMark.MovedTo, "elsewhere");
        Action[] writes =
        [
            () => store.BeginRun(run),
            () => store.PutDelivery(run.Deliveries[0], 1),
            () => store.SaveRun(run),
            () =>
            {
                run.Outcome = RunOutcome.Succeeded;
                store.FinishRun(run);
            },
            () => store.ReopenRun(run, ""),
            () => store.GiveUpFiles(["r"]),
        ];
        Assert.All(writes, write => Assert.Equal("StoreMoved", Assert.Throws<ReportException>(write).ErrorId));
    }

    private static bool Reopen(IReportStore store, ReportRun run, string? stand = null)
    {
        stand ??= RunStand.Of(run);
        run.Outcome = RunOutcome.Delivering;
        return store.ReopenRun(run, stand);
    }

    private static ReportRun Run(IReportStore store, string id) => Assert.Single(store.GetRuns(new RunFilter { RunId = id }));

    private static ReportRun Wait(IReportStore store, string id, DateTimeOffset next, string target = "", string? owner = null)
    {
        var run = new ReportRun
        {
            Id = id,
            TaskId = "1",
            Trigger = RunTrigger.Manual,
            DueAt = Noon,
            StartedAt = Noon,
            Outcome = owner is null ? RunOutcome.Delivering : RunOutcome.Running,
            Owner = owner,
            Deliveries = [new ReportDelivery { Id = $"{id} mail", RunId = id, TaskId = "1", Target = target, NextAttemptAt = next }],
        };
        store.AddRun(run);
        return run;
    }
}
