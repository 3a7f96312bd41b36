using ReportScheduler.Runs;

namespace ReportScheduler.Tests.Runs;

public sealed class RunnerEventsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public void All_that_happened_is_handed_over_at_once_and_in_order()
    {
        using var events = new RunnerEvents();
        events.Post(new RunnerEvent.Note("one"));
        events.Post(new RunnerEvent.Note("two"));
        Assert.False(events.IsEmpty);
        var handed = new List<RunnerEvent>();
        events.Pump(handed.Add, Long, TestContext.Current.CancellationToken);
        Assert.Equal([new RunnerEvent.Note("one"), new RunnerEvent.Note("two")], handed);
        Assert.True(events.IsEmpty);
    }

    [Fact]
    public void A_stop_ends_the_wait_for_what_happens()
    {
        using var events = new RunnerEvents();
        events.Pump(_ => Assert.Fail("nothing happened"), Long, new CancellationToken(canceled: true));
    }

    [Fact]
    public void What_a_thread_says_that_was_left_behind_is_told_to_nobody()
    {
        var events = new RunnerEvents();
        events.Dispose();
        events.Post(new RunnerEvent.Free());
    }
}
