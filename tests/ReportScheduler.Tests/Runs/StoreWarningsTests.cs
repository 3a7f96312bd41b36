using ReportScheduler.Definitions;
using ReportScheduler.Runs;

namespace ReportScheduler.Tests.Runs;

public sealed class StoreWarningsTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly RunnerEvents events = new();

    public void Dispose()
    {
        events.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void A_label_without_a_runner_is_told_when_that_begins_and_again_when_it_is_so_once_more()
    {
        fixture.AddTask("t", task => task.RunOn = "dmz");
        var warnings = new StoreWarnings(fixture.Store, events);
        warnings.Look();
        warnings.Look();
        Assert.Contains("'dmz'", Assert.Single(Told()), StringComparison.Ordinal);
        RunOn(null);
        warnings.Look();
        Assert.Empty(Told());
        RunOn("dmz");
        warnings.Look();
        Assert.Single(Told());
    }

    private void RunOn(string? label)
    {
        var task = fixture.Store.FindTask("t")!;
        task.RunOn = label;
        TaskDefinition.Save(fixture.Store, task, PutMode.Update, reschedule: false, fixture.Clock);
    }

    private List<string> Told()
    {
        var told = new List<RunnerEvent>();
        events.Pump(told.Add, TimeSpan.Zero, TestContext.Current.CancellationToken);
        return told.ConvertAll(happened => Assert.IsType<RunnerEvent.Trouble>(happened).Message);
    }
}
