using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Runs;

/// <summary>A clock that was years ahead, and was set right.</summary>
public sealed class ClockRepairTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void After_the_clock_is_set_right_reports_are_due_at_their_time_again_and_nothing_runs_twice()
    {
        fixture.AddTask("t");
        using var worker = fixture.Worker();
        Due(worker);
        var ahead = RunFixture.Noon.AddYears(4);
        using (var wrong = fixture.Worker(ahead))
        {
            Due(wrong);
        }

        Assert.True(fixture.Store.FindTask("t")!.NextRunAt > ahead);
        Assert.Empty(Due(worker));
        Assert.Equal(RunFixture.Noon.AddHours(1), fixture.Store.FindTask("t")!.NextRunAt);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RunFixture.Noon.AddHours(1), Assert.Single(Due(worker)).DueAt);
    }

    [Fact]
    public void A_clock_set_back_by_minutes_repeats_no_due_time()
    {
        fixture.AddTask("t", task => task.Every = TimeSpan.FromMinutes(1));
        using var worker = fixture.Worker();
        for (var i = 0; i < 5; i++)
        {
            Assert.Single(Due(worker));
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        using var back = fixture.Worker(RunFixture.Noon.AddMinutes(1));
        Assert.Empty(Due(back));
        Assert.Equal(5, fixture.Runs("t").Count);
    }

    [Fact]
    public void What_was_due_once_and_ran_stays_over_and_a_disabled_task_stays_disabled()
    {
        var at = RunFixture.Noon.AddHours(2);
        fixture.AddTask("once", task => (task.Every, task.StartAt, task.At) = (null, null, at));
        fixture.AddTask("off", task => task.Enabled = false);
        using (var ahead = fixture.Worker(at))
        {
            Assert.Single(Due(ahead));
        }

        Assert.Equal(0, new ClockRepair(fixture.Store).BringBack(RunFixture.Noon).Moved);
        Assert.All(["once", "off"], name => Assert.Null(fixture.Store.FindTask(name)!.NextRunAt));
    }

    [Fact]
    public void A_runner_that_is_up_notices_that_the_clock_was_set_back()
    {
        fixture.AddTask("t");
        fixture.Clock.AdjustTime(RunFixture.Noon.AddYears(4));
        var notes = new List<string>();
        using var loop = new RunnerLoop(fixture.Store, fixture.Clock, new RunnerOptions { MaxConcurrent = 1 });
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        loop.Run(happened =>
        {
            if (happened is RunnerEvent.Finished)
            {
                fixture.Clock.AdjustTime(RunFixture.Noon.AddMinutes(-10));
            }
            else if (happened is RunnerEvent.Note(var line))
            {
                notes.Add(line);
                stop.Cancel();
            }
        }, stop.Token);
        Assert.StartsWith("The clock was set back by", Assert.Single(notes), StringComparison.Ordinal);
        Assert.Equal(RunFixture.Noon, fixture.Store.FindTask("t")!.NextRunAt);
    }

    [Fact]
    public void A_laptop_that_slept_takes_nobodys_running_report_away()
    {
        fixture.AddTask("t", task => task.Every = null);
        fixture.Store.AddRun(new ReportRun
        {
            Id = "other",
            TaskId = "t",
            TaskName = "t",
            Trigger = RunTrigger.Http,
            DueAt = RunFixture.Noon,
            StartedAt = RunFixture.Noon,
            Owner = RunOwner.Create(),
            HeartbeatAt = RunFixture.Noon,
        });
        using var loop = new RunnerLoop(fixture.Store, fixture.Clock, new RunnerOptions { UntilIdle = true });
        fixture.Clock.Advance(TimeSpan.FromHours(8));
        loop.Run(_ => { }, CancellationToken.None);
        Assert.Equal((RunOutcome.Running, 1), (fixture.Runs("t")[0].Outcome, fixture.Runs("t")[0].Attempt));
    }

    private static List<ReportRun> Due(RunWorker worker) => [.. worker.RunDue(_ => { }, CancellationToken.None)];
}
