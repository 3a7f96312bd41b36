using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>A runner whose folders or whose clock are changed under it.</summary>
public sealed class SchedulerTroubleTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly RunFixture fixture;
    private readonly SettableClock clock = new();
    private readonly CancellationTokenSource stop = new(Limit);

    public SchedulerTroubleTests() => fixture = new RunFixture(clock);

    public void Dispose()
    {
        stop.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void A_runner_that_cannot_say_that_it_is_alive_says_so_once_and_runs_its_reports()
    {
        File.WriteAllText(Path.Combine(fixture.Folder, "runners"), "a file");
        fixture.AddTask("t");
        var troubles = new List<string>();
        Run(new RunnerOptions { UntilIdle = true }, happened =>
        {
            if (happened is RunnerEvent.Trouble(var message))
            {
                troubles.Add(message);
            }
        });
        Assert.Equal(RunOutcome.Succeeded, Assert.Single(fixture.Runs("t")).Outcome);
        Assert.Contains("runners", Assert.Single(troubles), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_vanishes_is_waited_for_and_not_made_anew()
    {
        const int Passes = 20;
        var away = fixture.Folder + ".away";
        fixture.AddTask("t");
        var (runs, troubles, passes, ends) = (0, 0, 0, 0);
        using var loop = new RunnerLoop(fixture.Store, clock, new RunnerOptions());
        loop.Run(happened =>
        {
            if (happened is RunnerEvent.Note(var line) && line.EndsWith("it goes on.", StringComparison.Ordinal))
            {
                ends++;
            }
            else if (happened is RunnerEvent.Finished)
            {
                runs++;
                if (runs == 2)
                {
                    stop.Cancel();
                    return;
                }

                Directory.Move(fixture.Folder, away);
                clock.Advance(TimeSpan.FromHours(1));
            }
            else if (happened is RunnerEvent.Trouble)
            {
                troubles++;
                loop.Tell("go on");
            }
            else if (happened is RunnerEvent.Note && ++passes < Passes)
            {
                clock.Advance(TimeSpan.FromSeconds(2));
                loop.Tell("go on");
            }
            else if (passes == Passes && Directory.Exists(away))
            {
                Assert.False(Directory.Exists(fixture.Folder));
                Directory.Move(away, fixture.Folder);
                clock.Advance(TimeSpan.FromSeconds(6));
            }
        }, stop.Token);
        Assert.Equal((2, 1, 1), (fixture.Runs("t").Count(run => run.Outcome == RunOutcome.Succeeded), troubles, ends));
    }

    [Fact]
    public void A_store_that_does_not_answer_keeps_no_runner_from_ending()
    {
        using var answers = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        var store = BrokenStore.Of(fixture.Store, (called, _) =>
        {
            while (called == nameof(IReportStore.ForgetOwner) && !answers.Wait(TimeSpan.FromMilliseconds(10)))
            {
                clock.Advance(TimeSpan.FromSeconds(5));
            }

            return false;
        }, called =>
        {
            if (called == nameof(IReportStore.ForgetOwner))
            {
                ended.Set();
            }
        });
        var loop = new RunnerLoop(store, clock, new RunnerOptions { UntilIdle = true });
        loop.Run(_ => { }, stop.Token);
        loop.Dispose();
        Assert.False(ended.IsSet);
        answers.Set();
        ended.Wait(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Until_idle_ends_with_the_error_of_a_store_that_cannot_be_used_any_more()
    {
        fixture.AddTask("t");
        var problem = Assert.Throws<ReportException>(() => Run(new RunnerOptions { UntilIdle = true }, happened =>
        {
            if (happened is RunnerEvent.Loaded)
            {
                File.WriteAllText(fixture.Store.Address, "damaged");
            }
        }));
        Assert.Equal(nameof(LiteDbErrors.StoreNotReadable), problem.ErrorId);
        Assert.False(stop.IsCancellationRequested);
    }

    [Theory]
    [InlineData(nameof(IReportStore.GetEarliestDue), nameof(RunErrors.RunnerUnexpected))]
    [InlineData(nameof(IReportStore.FinishRun), nameof(RunErrors.RunUnexpected))]
    public void What_nobody_foresaw_ends_no_runner_and_until_idle_tells_it(string method, string errorId)
    {
        fixture.AddTask("t");
        var store = BrokenStore.Of(fixture.Store, (called, _) => called == method);
        using var loop = new RunnerLoop(store, clock, new RunnerOptions { UntilIdle = true });
        var troubles = new List<string>();
        var problem = Assert.Throws<ReportException>(() => loop.Run(happened =>
        {
            if (happened is RunnerEvent.Trouble(var words))
            {
                troubles.Add(words);
            }
        }, stop.Token));
        Assert.Equal(errorId, problem.ErrorId);
        Assert.Contains(troubles, words => words.EndsWith("InvalidOperationException: a bug", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_was_taken_over_while_the_runner_was_stopped_is_told_as_that_and_not_as_a_failure()
    {
        fixture.AddTask("endless",
            task => task.Query = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n");
        var told = new List<RunnerEvent>();
        Run(new RunnerOptions { DrainTimeout = TimeSpan.Zero }, happened =>
        {
            told.Add(happened);
            if (happened is RunnerEvent.Started)
            {
                var theirs = RunFixture.TakeAway(fixture.Store);
                theirs.Outcome = RunOutcome.Succeeded;
                Assert.True(fixture.Store.FinishRun(theirs));
                stop.Cancel();
            }
        });
        Assert.DoesNotContain(told, happened => happened is RunnerEvent.Finished);
        // it may notice before the other one is done
        Assert.Matches("^endless: taken over by another process, because this one did not respond for too long; "
            + "(the other process recorded Succeeded|it is Running there)$",
            Assert.Single(RunnerText.Lines(told.OfType<RunnerEvent.TakenOver>().Single(), 1)));
        Assert.Equal(RunOutcome.Succeeded, Assert.Single(fixture.Store.GetRuns(new RunFilter())).Outcome);
    }

    [Fact]
    public void The_error_of_a_run_that_is_told_has_no_full_stop_before_what_follows()
    {
        var run = new ReportRun { TaskName = "t", Outcome = RunOutcome.Failed, Error = "no such column: 'nope'." };
        var next = new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);
        Assert.Equal("t: Failed, 0 rows: no such column: 'nope'; next run 2026-11-30 09:00 +00:00",
            Assert.Single(RunnerText.Lines(new RunnerEvent.Finished(run, next), 1)));
    }

    [Fact]
    public void For_counts_the_time_that_passes_and_not_the_clock_that_is_set()
    {
        var told = 0;
        Run(new RunnerOptions { For = TimeSpan.FromHours(2) }, happened =>
        {
            if (told++ == 0)
            {
                clock.SetBack(TimeSpan.FromHours(3));
                clock.Advance(TimeSpan.FromHours(2));
            }
        });
        Assert.False(stop.IsCancellationRequested);
    }

    [Fact]
    public void A_clock_set_back_while_a_runner_stops_does_not_keep_a_running_report_going()
    {
        fixture.AddTask("endless",
            task => task.Query = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n");
        var options = new RunnerOptions { DrainTimeout = TimeSpan.FromMinutes(1) };
        Run(options, happened =>
        {
            if (happened is RunnerEvent.Started)
            {
                stop.Cancel();
            }
            else if (happened is RunnerEvent.Stopping)
            {
                clock.SetBack(TimeSpan.FromHours(3));
                clock.Advance(options.DrainTimeout);
            }
        });
        Assert.Equal(RunOutcome.Cancelled, Assert.Single(fixture.Runs("endless")).Outcome);
    }

    private void Run(RunnerOptions options, Action<RunnerEvent> watch)
    {
        using var loop = new RunnerLoop(fixture.Store, clock, options);
        loop.Run(watch, stop.Token);
    }

    /// <summary>A clock that can be set back while time goes on; that of the library takes its timestamps from the time of day.</summary>
    private sealed class SettableClock() : FakeTimeProvider(RunFixture.Noon)
    {
        private long back;

        public void SetBack(TimeSpan by)
        {
            back += by.Ticks;
            AdjustTime(GetUtcNow() - by);
        }

        public override long GetTimestamp() => base.GetTimestamp() + back;
    }
}
