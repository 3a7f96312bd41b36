using ReportScheduler.Runs;

namespace ReportScheduler.Tests.Runs;

public sealed class StopRequestsTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly StopRequests stops;

    public StopRequestsTests() => stops = new StopRequests(fixture.Store.Runners, fixture.Clock);

    public void Dispose()
    {
        stops.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void A_run_is_watched_although_an_earlier_attempt_at_it_ends_late()
    {
        var frozen = stops.Watch("r", CancellationToken.None);
        using var again = stops.Watch("r", CancellationToken.None);
        frozen.Dispose();
        Ask("r");
        Assert.Equal("ann", again.Because);
    }

    [Fact]
    public void A_run_that_begins_at_the_moment_at_which_the_last_one_ends_is_watched()
    {
        for (var turn = 0; turn < 300; turn++)
        {
            var (ends, id) = (stops.Watch($"ends{turn}", CancellationToken.None), $"begins{turn}");
            StopRequests.Watched? begins = null;
            using (var both = new Barrier(2))
            {
                Parallel.Invoke(
                    () =>
                    {
                        both.SignalAndWait();
                        ends.Dispose();
                    },
                    () =>
                    {
                        both.SignalAndWait();
                        begins = stops.Watch(id, CancellationToken.None);
                    });
            }

            using var watched = begins!;
            Ask(id);
            Assert.Equal("ann", watched.Because);
        }
    }

    [Fact]
    public void The_word_for_a_run_that_was_lost_is_left_to_whoever_has_it_now()
    {
        using var lost = new CancellationTokenSource();
        var late = stops.Watch("r", lost.Token);
        lost.Cancel();
        Ask("r");
        late.Dispose();
        using var theirs = stops.Watch("r", CancellationToken.None);
        Assert.Equal((null, "ann"), (late.Because, theirs.Because));
    }

    private void Ask(string id)
    {
        fixture.Store.Runners.RequestRunStop(id, "ann");
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
