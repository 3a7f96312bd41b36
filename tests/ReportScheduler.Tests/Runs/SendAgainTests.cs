using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>Whoever sends a run again is not the only one who has it in hand.</summary>
public sealed class SendAgainTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void Of_two_who_send_a_run_again_at_the_same_moment_one_does()
    {
        using var worker = fixture.Worker();
        Send(worker);
        var (mine, theirs) = (Run(), Run());
        using var me = new RunWorker(Before(nameof(IReportStore.ReopenRun), () => Again(worker, theirs)), fixture.Clock);
        var problem = Assert.Throws<ReportException>(() => Again(me, mine));
        Assert.Equal(nameof(RunErrors.RunChangedMeanwhile), problem.ErrorId);
        Assert.Equal((RunOutcome.Succeeded, 2), (Run().Outcome, Assert.Single(Run().Deliveries).Attempts));
    }

    [Fact]
    public void What_is_being_sent_at_this_moment_is_not_sent_again()
    {
        string? problem = null;
        var store = Before(nameof(IReportStore.FinishRun), () =>
        {
            // it is at the server, or has just been accepted
            using var me = fixture.Worker();
            problem = Assert.Throws<ReportException>(() => Again(me, Run())).ErrorId;
        });
        using (var worker = fixture.Worker())
        {
            Send(worker);
        }

        using var runner = new RunWorker(store, fixture.Clock);
        Again(runner, Run());
        Assert.Equal(nameof(RunErrors.RunChangedMeanwhile), problem);
        Assert.Equal((RunOutcome.Succeeded, 2), (Run().Outcome, Assert.Single(Run().Deliveries).Attempts));
    }

    [Fact]
    public void What_a_process_that_is_gone_was_sending_is_left_to_whoever_takes_it_up()
    {
        using var worker = fixture.Worker();
        Send(worker);
        var run = Run();
        (run.Outcome, run.Deliveries[0].State, run.Deliveries[0].NextAttemptAt) =
            (RunOutcome.Delivering, DeliveryState.Pending, fixture.Clock.GetUtcNow());
        Assert.True(fixture.Store.SaveRun(run));
        Assert.Single(fixture.Store.TakeDueDeliveries("elsewhere/1/1/1", 1).Deliveries);
        fixture.Store.ForgetOwner("elsewhere/1/1/1");
        Assert.Equal((RunOutcome.Succeeded, 2), (Again(worker, Run()).Outcome, Assert.Single(Run().Deliveries).Attempts));
    }

    [Fact]
    public void It_is_sent_at_once_by_a_computer_that_takes_the_time_of_the_store_for_a_little_later_than_it_is()
    {
        using (var worker = fixture.Worker())
        {
            Send(worker);
        }

        using var ahead = new RunWorker(fixture.Store, new FakeTimeProvider(RunFixture.Noon.AddMilliseconds(50)));
        Assert.Equal(RunOutcome.Succeeded, Again(ahead, Run()).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Files_that_are_removed_at_this_moment_are_not_sent_again_and_the_sender_is_told(bool withRecord)
    {
        using var worker = fixture.Worker();
        Send(worker);
        var run = Run();
        using var me = new RunWorker(Before(nameof(IReportStore.ReopenRun), () => Prune(withRecord)), fixture.Clock);
        var problem = Assert.Throws<ReportException>(() => Again(me, run));
        Assert.Equal(withRecord ? nameof(RunErrors.RunGone) : nameof(RunErrors.RunFileMissing), problem.ErrorId);
        Assert.Equal(withRecord ? [] : [(RunOutcome.Succeeded, DeliveryState.Sent)],
            fixture.Runs("t").Select(kept => (kept.Outcome, kept.Deliveries[0].State)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_somebody_sends_again_keeps_its_files(bool withRecord)
    {
        using var worker = fixture.Worker();
        Send(worker);
        // between what retention has found and what it does
        Prune(withRecord, Before(nameof(IReportStore.GiveUpFiles), () =>
        {
            var run = Run();
            run.Outcome = RunOutcome.Delivering;
            (run.Deliveries[0].State, run.Deliveries[0].NextAttemptAt) = (DeliveryState.Pending, fixture.Clock.GetUtcNow());
            Assert.True(fixture.Store.SaveRun(run));
        }));
        Array.ForEach(fixture.Mails, File.Delete);
        Assert.Equal((RunOutcome.Succeeded, 2), (worker.RunDue(_ => { }, CancellationToken.None).Single().Outcome,
            Assert.Single(Run().Deliveries).Attempts));
        Assert.Single(fixture.Mails);
    }

    private void Prune(bool withRecord, IReportStore? store = null)
    {
        fixture.Store.SetOption(new ReportSchedulerOption { KeepRuns = withRecord ? 0 : 9, KeepFilesFor = TimeSpan.FromMinutes(1) });
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        new Retention(store ?? fixture.Store, fixture.Clock, problem => Assert.Fail(problem.Message)).Prune("t");
        Assert.Equal(store is not null, Directory.EnumerateDirectories(fixture.Store.Files.Folder).Any());
    }

    private static ReportRun Again(RunWorker worker, ReportRun run) =>
        worker.Reopening.SendAgain(run, run.Deliveries, failedOnly: false, CancellationToken.None);

    private ReportRun Run() => Assert.Single(fixture.Runs("t"));

    private void Send(RunWorker worker, string name = "t") => worker.RunNow(
        fixture.AddTask(name, task => task.Every = null), RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { },
        CancellationToken.None);

    /// <summary>A store where something happens before a method is carried out for the first time.</summary>
    private IReportStore Before(string method, Action happens)
    {
        var isOver = false;
        return BrokenStore.Of(fixture.Store, (called, _) =>
        {
            if (!isOver && called == method)
            {
                isOver = true;
                happens();
            }

            return false;
        });
    }
}
