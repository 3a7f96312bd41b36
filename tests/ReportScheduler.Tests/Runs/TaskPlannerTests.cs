using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

public sealed class TaskPlannerTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_backlog_of_many_due_times_is_planned_in_transactions_of_about_ten_thousand_runs()
    {
        const int Tasks = 14;
        const int EachTask = 900;
        for (var i = 0; i < Tasks; i++)
        {
            fixture.AddTask($"t{i:00}", task => (task.Every, task.Missed, task.MissedGrace, task.EndAt) = (TimeSpan.FromMinutes(1),
                MissedPolicy.RunAll, TimeSpan.FromDays(2), RunFixture.Noon.AddMinutes(EachTask - 1)));
        }

        fixture.Clock.Advance(TimeSpan.FromDays(1));
        var transactions = 0;
        var store = BrokenStore.Of(fixture.Store, (called, _) =>
        {
            transactions += called == nameof(IReportStore.PlanDue) ? 1 : 0;
            return false;
        });
        var planned = new TaskPlanner(store).PlanDue(new TakeOrder("me", 2, []));
        Assert.Equal((Tasks * EachTask, 2), (planned.Runs.Count, transactions));
        Assert.Equal(Tasks, planned.Runs.Select(run => run.TaskId).Distinct().Count());
        Assert.Equal((2, true, null), (planned.Taken!.Runs.Count, planned.Taken.OthersWait, planned.NextDueAt));
        Assert.Equal((Tasks * EachTask) - 2, fixture.Store.CountWaiting());
    }
}
