using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

public sealed class RunStagesTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_store_that_is_away_keeps_no_report_from_going_on_and_is_told_the_next_time()
    {
        fixture.AddTask("t");
        using var worker = fixture.Worker();
        var run = Assert.Single(RunFixture.Claim(worker));
        var isAway = true;
        var store = BrokenStore.Of(fixture.Store, (called, _) => isAway && called == nameof(IReportStore.SaveRun)
            ? throw RelationalErrors.StoreUnreachable(fixture.Store.Address, new IOException("it was cut"))
            : false);
        var stages = new RunStages(store, fixture.Clock);
        using var said = stages.Begin(run);
        run.Stage = RunStage.Export;
        fixture.Clock.Advance(Long);
        stages.Say(run);
        Assert.NotEqual(RunStage.Export, Assert.Single(fixture.Runs("t")).Stage);

        isAway = false;
        fixture.Clock.Advance(Long);
        stages.Say(run);
        Assert.Equal(RunStage.Export, Assert.Single(fixture.Runs("t")).Stage);
    }
}
