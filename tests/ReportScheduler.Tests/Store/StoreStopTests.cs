using ReportScheduler.Store;

namespace ReportScheduler.Tests.Store;

public sealed class StoreStopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_that_is_not_answered_is_left_when_the_command_is_stopped_and_changes_nothing_then()
    {
        var stop = new StoreStop();
        using var asked = new ManualResetEventSlim();
        using var answer = new ManualResetEventSlim();
        var wasLeft = new TaskCompletionSource<bool>();
        var asking = Task.Run(() =>
        {
            using var watched = stop.Watch();
            Ask(() =>
            {
                asked.Set();
                answer.Wait(Token);
                wasLeft.SetResult(Record.Exception(StoreStop.CheckAwaited) is OperationCanceledException);
                return 1;
            });
        }, Token);
        asked.Wait(Token);
        stop.Stop();
        Assert.Equal("away", (await Assert.ThrowsAsync<ReportException>(() => asking)).ErrorId);
        answer.Set();
        Assert.True(await wasLeft.Task);
    }

    [Fact]
    public void A_store_that_answers_is_asked_also_when_the_command_was_stopped_and_one_that_was_silent_is_not()
    {
        var stop = new StoreStop();
        using var watched = stop.Watch();
        stop.Stop();
        Assert.Equal(7, Ask(() =>
        {
            StoreStop.CheckAwaited();
            return 7;
        }));
        Assert.Throws<InvalidOperationException>(() => Ask<int>(() => throw new InvalidOperationException()));
        using var answer = new ManualResetEventSlim();
        Assert.Throws<ReportException>(() => Ask(() => answer.Wait(TimeSpan.FromMinutes(1))));
        answer.Set();
        Assert.Throws<ReportException>(() => Ask(() => 7));
    }

    [Fact]
    public void What_waits_between_two_questions_ends_with_the_command()
    {
        var stop = new StoreStop();
        using (stop.Watch())
        {
            StoreStop.Pause(TimeSpan.Zero);
            stop.Stop();
            Assert.Throws<OperationCanceledException>(() => StoreStop.Pause(TimeSpan.FromHours(1)));
        }

        StoreStop.Pause(TimeSpan.Zero);
    }

    [Fact]
    public void Elsewhere_the_thread_that_asks_gets_the_answer()
    {
        var thread = Environment.CurrentManagedThreadId;
        Assert.Equal(thread, Ask(() => Environment.CurrentManagedThreadId));
        using var watched = new StoreStop().Watch();
        Assert.NotEqual(thread, Ask(() => Environment.CurrentManagedThreadId));
    }

    private static T Ask<T>(Func<T> ask) => StoreStop.Ask(ask, () => new ReportException("away", ReportErrorCategory.ResourceUnavailable,
        null, "It is away."));
}
