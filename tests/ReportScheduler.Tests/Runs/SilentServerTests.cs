using ReportScheduler.Delivery.Mail;
using ReportScheduler.Delivery.Places;
using ReportScheduler.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>Two mail servers on loopback, of which one takes the connection and says nothing: it may hold up its own mail only.</summary>
public sealed class SilentServerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RunFixture fixture = new();
    private readonly SmtpServer silent = new() { Answer = _ => "421 later" };
    private readonly SmtpServer good = new() { Answer = _ => "421 later" };
    private readonly CancellationTokenSource stop = new();

    public void Dispose()
    {
        stop.Dispose();
        silent.Dispose();
        good.Dispose();
        fixture.Dispose();
    }

    [Theory]
    [InlineData("Invoke-ReportTask -Due")]
    [InlineData("Start-ReportScheduler")]
    public async Task A_server_that_stalls_holds_up_no_mail_of_others_and_stopping_leaves_its_mail_waiting(string way)
    {
        // far longer than the test: whoever waits for it never comes to the other server
        Wait("silent first", "silent", silent, TimeSpan.FromMinutes(10));
        Wait("good", "good", good, TimeSpan.FromMinutes(10));
        Recover();
        var working = Task.Run(() => Work(way));
        await Until(() => good.Messages.Count == 1 && silent.Commands.Any(command => command.StartsWith("EHLO", StringComparison.Ordinal)));
        Assert.False(working.IsCompleted);

        stop.Cancel();
        await working.WaitAsync(Patience, TestContext.Current.CancellationToken);
        var run = Assert.Single(fixture.Runs("silent first"));
        var delivery = Assert.Single(run.Deliveries);
        Assert.Equal((RunOutcome.Delivering, DeliveryState.Pending, null), (run.Outcome, delivery.State, run.Owner));
        Assert.NotNull(delivery.NextAttemptAt);
        Assert.Equal(RunOutcome.Succeeded, Assert.Single(fixture.Runs("good")).Outcome);
    }

    [Fact]
    public void One_mail_waits_for_the_timeout_and_the_next_ones_for_their_next_attempt()
    {
        for (var i = 0; i < 3; i++)
        {
            Wait($"t{i}", "silent", silent, TimeSpan.FromSeconds(1));
        }

        Recover();
        using (var worker = fixture.Worker())
        {
            Assert.Equal(3, worker.RunDue(_ => { }, CancellationToken.None).Count());
            // a report that is made meanwhile does not wait for it either, with its retries left
            Assert.Equal(RunOutcome.Delivering, worker.RunNow(fixture.Store.FindTask("t0")!, RunTrigger.Manual, RunFixture.Noon,
                RunOptions.None, _ => { }, CancellationToken.None).Outcome);
        }

        Assert.Equal("EHLO", Assert.Single(silent.Commands, command => command.StartsWith("EHLO", StringComparison.Ordinal)).Split(' ')[0]);
        var waiting = fixture.Store.GetRuns(new RunFilter()).Select(run => Assert.Single(run.Deliveries)).ToList();
        Assert.Equal(
            [nameof(RunErrors.MailNotTried), nameof(RunErrors.MailNotTried), nameof(RunErrors.MailNotTried),
                nameof(MailErrors.MailServerSilent)],
            waiting.Select(delivery => delivery.ErrorId).Order(StringComparer.Ordinal));
        Assert.All(waiting, delivery => Assert.True(delivery.NextAttemptAt >= fixture.Clock.GetUtcNow() + RetrySchedule.First));
    }

    [Fact]
    public void Waiting_mail_does_not_wait_for_the_reports_that_are_due()
    {
        Wait("waiting", "good", good, TimeSpan.FromMinutes(10));
        Recover();
        fixture.AddTask("due");
        using var worker = fixture.Worker();
        var arrived = false;
        // the report is not made before the other one's mail is there
        var runs = worker.RunDue(_ => arrived |= SpinWait.SpinUntil(() => good.Messages.Count == 1, Patience), CancellationToken.None)
            .ToList();
        Assert.True(arrived);
        Assert.Equal(["due Succeeded", "waiting Succeeded"], runs.Select(run => $"{run.TaskName} {run.Outcome}"));
    }

    /// <summary>A report whose first attempt the server put off.</summary>
    private void Wait(string task, string name, SmtpServer smtp, TimeSpan timeout)
    {
        fixture.Store.MailServers.Put(
            new ReportMailServer { Name = name, SmtpHost = "127.0.0.1", Port = smtp.Port, Security = MailSecurity.None,
                From = "r@example.com", Timeout = timeout }, PutMode.Replace);
        using var worker = fixture.Worker();
        Assert.Equal(
            RunOutcome.Delivering,
            worker.RunNow(
                fixture.AddTask(task, made => (made.Every, made.MailServer) = (null, name)), RunTrigger.Manual, RunFixture.Noon,
                RunOptions.None, _ => { }, CancellationToken.None).Outcome);
    }

    /// <summary>One server works now, the other one says nothing after the greeting; and the time of the next attempts has come.</summary>
    private void Recover()
    {
        (good.Answer, silent.Answer, silent.StallOn) = (_ => null, _ => null, "EHLO");
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    private void Work(string way)
    {
        if (way == "Start-ReportScheduler")
        {
            using var loop = new RunnerLoop(fixture.Store, fixture.Clock, new RunnerOptions { DrainTimeout = TimeSpan.Zero });
            loop.Run(_ => { }, stop.Token);
            return;
        }

        using var worker = fixture.Worker();
        _ = worker.RunDue(_ => { }, stop.Token).Count();
    }

    private static async Task Until(Func<bool> done)
    {
        for (var i = 0; !done(); i++)
        {
            Assert.True(i < 600, "It did not come so far.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
