using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

public sealed class RecoveryWatchTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_store_in_which_nobody_works_is_asked_again_after_a_change_and_not_before()
    {
        var asked = 0;
        var store = BrokenStore.Of(fixture.Store, (method, _) =>
        {
            asked += method == nameof(IReportStore.GetOwners) ? 1 : 0;
            return false;
        });
        using var worker = new RunWorker(store, fixture.Clock);
        var recovery = new RecoveryWatch(store, worker);
        Written(day: 1);
        Assert.True(recovery.Look());
        Assert.False(recovery.Look());
        Assert.Equal(1, asked);
        Written(day: 2);
        Assert.True(recovery.Look());
        Assert.Equal(2, asked);
    }

    [Fact]
    public void While_anybody_works_it_is_asked_each_time()
    {
        using var worker = fixture.Worker();
        var recovery = new RecoveryWatch(fixture.Store, worker);
        fixture.Store.AddRun(new ReportRun { Id = "r", TaskId = "t", DueAt = RunFixture.Noon, StartedAt = RunFixture.Noon,
            Owner = RunOwner.Create() });
        Written(day: 1);
        Assert.True(recovery.Look());
        Assert.True(recovery.Look());
    }

    // a change of this very moment cannot be told from the next one
    private void Written(int day) =>
        File.SetLastWriteTimeUtc(fixture.Store.Address, new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc));
}
