using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

public sealed class RunnerLoopTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void Until_idle_runs_everything_that_is_due_and_ends()
    {
        for (var i = 0; i < 5; i++)
        {
            fixture.AddTask($"t{i}");
        }

        var events = Run(new RunnerOptions { UntilIdle = true, MaxConcurrent = 2 });
        Assert.Equal(5, events.OfType<RunnerEvent.Loaded>().Single().Tasks.Count);
        Assert.Equal(5, events.OfType<RunnerEvent.Finished>().Count(finished => finished.Run.Outcome == RunOutcome.Succeeded));
        Assert.Equal(5, fixture.Mails.Length);
        Assert.Empty(fixture.Store.Runners.List());
    }

    [Fact]
    public void One_bad_task_does_not_stop_the_others()
    {
        fixture.AddTask("bad", task => task.Query = "select broken from nowhere");
        fixture.AddTask("good");
        var outcomes = Run(new RunnerOptions { UntilIdle = true }).OfType<RunnerEvent.Finished>()
            .ToDictionary(finished => finished.Run.TaskName, finished => finished.Run.Outcome);
        Assert.Equal((RunOutcome.Failed, RunOutcome.Succeeded), (outcomes["bad"], outcomes["good"]));
    }

    [Fact]
    public void Two_runners_on_one_store_run_each_due_time_once()
    {
        const int Tasks = 20;
        for (var i = 0; i < Tasks; i++)
        {
            fixture.AddTask($"t{i}");
        }

        Parallel.For(0, 2, _ => Run(new RunnerOptions { UntilIdle = true, MaxConcurrent = 2 }));
        Assert.Equal(Tasks, fixture.Store.GetRuns(new RunFilter()).Count(run => run.Outcome == RunOutcome.Succeeded));
        Assert.Equal(Tasks, fixture.Mails.Length);
    }

    [Fact]
    public async Task A_stop_request_ends_it_and_a_running_report_is_cancelled_after_the_drain_timeout()
    {
        fixture.AddTask("endless",
            task => task.Query = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n");
        using var started = new ManualResetEventSlim();
        var running = Task.Run(() => Run(new RunnerOptions { DrainTimeout = TimeSpan.Zero }, happened =>
        {
            if (happened is RunnerEvent.Started)
            {
                started.Set();
            }
        }));
        Assert.True(started.Wait(TimeSpan.FromMinutes(2)));
        var registry = fixture.Store.Runners;
        registry.RequestStop(Assert.Single(registry.List()).Id);
        await running;
        Assert.Equal(RunOutcome.Cancelled, Assert.Single(fixture.Runs("endless")).Outcome);
    }

    [Fact]
    public async Task What_a_runner_runs_is_to_be_seen_while_it_runs()
    {
        fixture.AddTask("endless",
            task => task.Query = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n");
        var registry = fixture.Store.Runners;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromMinutes(1));
        using var loop = new RunnerLoop(fixture.Store, fixture.Clock, new RunnerOptions { DrainTimeout = TimeSpan.Zero });
        var running = Task.Run(() => loop.Run(happened =>
        {
            if (happened is RunnerEvent.Started)
            {
                fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }, stop.Token), TestContext.Current.CancellationToken);
        while (registry.List() is not [{ Running: ["endless"] }] && !stop.IsCancellationRequested)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.False(stop.IsCancellationRequested);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public void A_runner_that_stays_rehearses_a_due_time_in_its_store_and_goes_on_whatever_becomes_of_that()
    {
        fixture.AddTask("t", task => (task.Every, task.StartAt) = (TimeSpan.FromDays(9), RunFixture.Noon.AddDays(9)));
        using var rehearsed = new CancellationTokenSource();
        var store = BrokenStore.Of(fixture.Store, (method, _) =>
        {
            if (method == nameof(IReportStore.Rehearse))
            {
                rehearsed.Cancel();
                return true;
            }

            return false;
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken, rehearsed.Token);
        stop.CancelAfter(TimeSpan.FromMinutes(1));
        using var loop = new RunnerLoop(store, fixture.Clock, new RunnerOptions());
        var events = new List<RunnerEvent>();
        loop.Run(events.Add, stop.Token);
        Assert.True(rehearsed.IsCancellationRequested);
        Assert.DoesNotContain(events, happened => happened is RunnerEvent.Trouble);
    }

    [Fact]
    public void A_runner_that_may_not_write_into_its_store_does_not_begin()
    {
        var store = BrokenStore.Of(fixture.Store, (method, _) =>
            method == nameof(IReportStore.TryUse) ? throw RelationalErrors.StoreUnreachable("db", new IOException("read only")) : false);
        using var loop = new RunnerLoop(store, fixture.Clock, new RunnerOptions());
        var events = new List<RunnerEvent>();
        Assert.Throws<ReportException>(() => loop.Run(events.Add, TestContext.Current.CancellationToken));
        Assert.Empty(events);
    }

    [Fact]
    public void What_is_rehearsed_takes_runs_and_ends_them()
    {
        var methods = new List<string>();
        Rehearsal.Hold(BrokenStore.Of(fixture.Store, (method, arguments) =>
        {
            methods.Add(method);
            if (method == nameof(IReportStore.Rehearse))
            {
                var play = (Action<IReportStore>)arguments[1]!;
                arguments[1] = (Action<IReportStore>)(inside => play(BrokenStore.Of(inside, (played, _) =>
                {
                    methods.Add(played);
                    return false;
                })));
            }

            return false;
        }));
        Assert.NotEmpty(methods);
        Assert.Equal(methods.Count(method => method == nameof(IReportStore.Rehearse)),
            methods.Count(method => method == nameof(IReportStore.FinishRun)));
        Assert.Empty(fixture.Store.GetRuns(new RunFilter()));
    }

    [Fact]
    public void History_and_files_stay_within_what_the_task_keeps()
    {
        fixture.AddTask("t", task => (task.KeepRuns, task.Missed, task.MissedGrace) = (3, MissedPolicy.RunAll, TimeSpan.FromDays(9)));
        fixture.Clock.Advance(TimeSpan.FromHours(7));
        Run(new RunnerOptions { UntilIdle = true, MaxConcurrent = 1 });
        Assert.Equal(3, fixture.Runs("t").Count);
        Assert.Equal(3, Directory.GetDirectories(fixture.Store.Files.Folder).Length);
        Assert.Equal(8, fixture.Store.FindTask("t")!.RunCount);
    }

    private List<RunnerEvent> Run(RunnerOptions options, Action<RunnerEvent>? watch = null)
    {
        var events = new List<RunnerEvent>();
        using var loop = new RunnerLoop(fixture.Store, fixture.Clock, options);
        loop.Run(happened =>
        {
            events.Add(happened);
            watch?.Invoke(happened);
        }, CancellationToken.None);
        return events;
    }
}
