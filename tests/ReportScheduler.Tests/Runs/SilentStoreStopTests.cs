using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Runs;

public sealed class SilentStoreStopTests
{
    [Fact]
    public async Task A_store_that_does_not_answer_is_not_asked_again_before_it_has()
    {
        var token = TestContext.Current.CancellationToken;
        var clock = new FakeTimeProvider();
        using var registry = new SilentRegistry();
        using var requests = new StopRequests(registry, clock);
        using var watched = requests.Watch("r1", token);
        registry.IsSilent = true;
        var first = Task.Run(() => clock.Advance(TimeSpan.FromSeconds(1)), token);
        await registry.Asked.WaitAsync(token);
        // on a timer's thread in a runner, here on this one
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, registry.Asked.CurrentCount);
        registry.Answer.Set();
        await first;
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, registry.Asked.CurrentCount);
    }

    /// <summary>The registry of a store whose line is cut without a word.</summary>
    private sealed class SilentRegistry : IRunnerRegistry, IDisposable
    {
        public bool IsSilent { get; set; }

        public SemaphoreSlim Asked { get; } = new(0);

        public ManualResetEventSlim Answer { get; } = new();

        public string? RunStopRequest(string runId)
        {
            if (IsSilent)
            {
                Asked.Release();
                Answer.Wait();
            }

            return null;
        }

        public IReadOnlyList<ReportSchedulerInfo> List() => [];

        public void Write(ReportSchedulerInfo runner)
        {
        }

        public void Remove(string id)
        {
        }

        public void RequestStop(string id)
        {
        }

        public bool IsStopRequested(string id) => false;

        public void RequestRunStop(string runId, string words)
        {
        }

        public void ForgetRunStop(string runId)
        {
        }

        public void Dispose()
        {
            Asked.Dispose();
            Answer.Dispose();
        }
    }
}
