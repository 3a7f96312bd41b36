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
        Assert.Empty(store.TakeDueDeliveries("me", 10));

        Place.SetClock(Noon.AddMinutes(5));
        Assert.Equal("early mail", Assert.Single(store.TakeDueDeliveries("me", 1)).Id);
        var late = Assert.Single(store.TakeDueDeliveries("other", 10));
        Assert.Equal(("late mail", DeliveryState.Pending, "other"), (late.Id, late.State, late.Owner));
        Assert.Equal("other", Run(store, "late").Owner);
        Assert.Empty(store.TakeDueDeliveries("me", 10));
        Assert.Equal(Noon.AddMinutes(9), store.GetEarliestDelivery());
    }

    [Fact]
    public void Mail_of_a_run_that_is_worked_on_is_left_to_it()
    {
        var store = NewStore();
        var run = Wait(store, "r", Noon);
        run.Outcome = RunOutcome.Running;
        run.Owner = "me";
        Assert.True(store.SaveRun(run));
        Assert.Empty(store.TakeDueDeliveries("other", 10));
        Assert.Empty(store.TakeDueDeliveries("me", 10));
        run.Outcome = RunOutcome.Delivering;
        Assert.True(store.SaveRun(run));
        Assert.Null(Run(store, "r").Owner);
        Assert.Single(store.TakeDueDeliveries("other", 10));
    }

    [Fact]
    public void All_mail_of_one_run_is_taken_together()
    {
        var store = NewStore();
        var run = Wait(store, "r", Noon);
        run.Deliveries = [.. run.Deliveries,
            new ReportDelivery { Id = "folder", RunId = "r", Kind = DeliveryKind.Folder, NextAttemptAt = Noon }];
        Assert.True(store.SaveRun(run));
        Assert.Equal(2, store.TakeDueDeliveries("me", 10).Count);
    }

    [Fact]
    public void A_delivery_whose_run_was_taken_over_is_written_by_the_old_owner_no_more()
    {
        var store = NewStore();
        Wait(store, "r", Noon);
        var mine = Assert.Single(store.TakeDueDeliveries("me", 10));
        Assert.Equal(("other", 2),
            Assert.Single(store.TakeOver("other", new AbandonedRuns(["me"], [])).Select(run => (run.Owner, run.Attempt))));
        mine.NextAttemptAt = Noon;
        Assert.False(store.PutDelivery(mine));
        Assert.Null(store.GetEarliestDelivery());
        mine.RunId = "gone";
        Assert.False(store.PutDelivery(mine));
    }

    [Fact]
    public void A_delivery_shows_in_its_run_and_goes_with_it()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        var run = Wait(store, "r", Noon);
        var delivery = Assert.Single(store.TakeDueDeliveries("me", 10));
        delivery.State = DeliveryState.Sent;
        delivery.Recipients = [new DeliveryRecipient { Address = "a@example.com", State = DeliveryState.Sent }];
        Assert.True(store.PutDelivery(delivery));
        run = Run(store, "r");
        Assert.Equal("a@example.com", Assert.Single(Assert.Single(run.Deliveries).Recipients).Address);
        run.Outcome = RunOutcome.Succeeded;
        Assert.True(store.FinishRun(run));
        Assert.Equal(1, store.RemoveRuns(["r"]));
        Assert.Null(store.GetEarliestDelivery());
        Place.SetClock(Noon.AddYears(1));
        Assert.Empty(store.TakeDueDeliveries("me", 10));
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
        run.Outcome = RunOutcome.Delivering;
        Assert.True(store.SaveRun(run));
        run.Outcome = RunOutcome.Succeeded;
        Assert.True(store.FinishRun(run));
        var task = store.FindTask("a")!;
        Assert.Equal((1L, 1L, 0, RunOutcome.Succeeded), (task.RunCount, task.ErrorCount, task.ConsecutiveFailures, task.LastOutcome));
    }

    private static ReportRun Run(IReportStore store, string id) => Assert.Single(store.GetRuns(new RunFilter { RunId = id }));

    private static ReportRun Wait(IReportStore store, string id, DateTimeOffset next)
    {
        var run = new ReportRun
        {
            Id = id,
            TaskId = "1",
            Trigger = RunTrigger.Manual,
            DueAt = Noon,
            StartedAt = Noon,
            Outcome = RunOutcome.Delivering,
            Deliveries = [new ReportDelivery { Id = $"{id} mail", RunId = id, TaskId = "1", NextAttemptAt = next }],
        };
        store.AddRun(run);
        return run;
    }
}
