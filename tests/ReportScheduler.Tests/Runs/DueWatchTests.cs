using ReportScheduler.Runs;

namespace ReportScheduler.Tests.Runs;

public sealed class DueWatchTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly RunWorker worker;
    private readonly RunPool pool;
    private readonly DueWatch due;

    public DueWatchTests()
    {
        worker = fixture.Worker();
        pool = new RunPool(fixture.Store, worker, 1, _ => { });
        due = new DueWatch(fixture.Store, fixture.Clock, pool, new RunnerHealth(fixture.Clock));
    }

    public void Dispose()
    {
        pool.Dispose();
        worker.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void The_wait_ends_when_something_is_due_and_at_the_next_look_at_the_clock()
    {
        due.ReadDefinitions(asksOthers: true);
        Assert.Equal(DueWatch.Look, due.UntilNext());
        fixture.AddTask("t", task => task.StartAt = RunFixture.Noon.AddMinutes(1));
        due.ReadDefinitions(asksOthers: true);
        Assert.Equal(DueWatch.Look, due.UntilNext());
        fixture.Clock.SetUtcNow(RunFixture.Noon.AddSeconds(59));
        Assert.Equal(TimeSpan.FromSeconds(1), due.UntilNext());
        // what is due and cannot be begun is not asked for without end
        fixture.Clock.SetUtcNow(RunFixture.Noon.AddSeconds(61));
        Assert.InRange(due.UntilNext(), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_definition_that_another_process_changed_is_not_seen_before_it_is_asked_for()
    {
        due.ReadDefinitions(asksOthers: true);
        fixture.AddTask("t", task => task.StartAt = RunFixture.Noon.AddSeconds(1));
        due.ReadDefinitions(asksOthers: false);
        Assert.Equal(DueWatch.Look, due.UntilNext());
        due.Forget();
        due.ReadDefinitions(asksOthers: false);
        Assert.Equal(TimeSpan.FromSeconds(1), due.UntilNext());
    }
}
