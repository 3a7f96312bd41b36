using System.Collections.Concurrent;
using ReportScheduler.Runs;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Mail servers that hold on to what they get hold up their own mail only: reports are made meanwhile.</summary>
public sealed class SlowSmtpSlotTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RunFixture fixture = new(TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("drip", "EHLO")]
    [InlineData("stall", ".")]
    public async Task A_runner_with_one_slot_makes_other_reports_while_a_server_drips(string how, string command)
    {
        using var smtp = Server(how, command);
        using var stop = new CancellationTokenSource();
        using var loop =
            new RunnerLoop(fixture.Store, TimeProvider.System, new RunnerOptions { MaxConcurrent = 1, DrainTimeout = TimeSpan.Zero });
        var told = new ConcurrentQueue<ReportRun>();
        var (slow, quick) = (Add("slow", "office"), Add("quick", "pickup"));
        loop.Requests.RequestRun(slow, null, null);
        loop.Requests.RequestRun(slow, null, null);
        loop.Requests.RequestRun(quick, null, null);
        var running = Task.Run(() => loop.Run(happened => Note(happened, told), stop.Token), Stop);
        await Until(() => told.Any(run => run.TaskName == "quick") && !smtp.Connections.IsEmpty);
        Assert.False(running.IsCompleted);
        // what is made and not yet tried is not told before
        Assert.Equal(["quick Succeeded"], told.Select(run => $"{run.TaskName} {run.Outcome}"));
        await stop.CancelAsync();
        await running.WaitAsync(Patience, Stop);
        Assert.All(fixture.Runs("slow"), run => Assert.Null(run.Owner));
    }

    [Fact]
    public void A_runner_tells_each_report_once_when_its_mail_was_tried()
    {
        using var smtp = Server("no", "");
        var told = new ConcurrentQueue<ReportRun>();
        using var loop = new RunnerLoop(fixture.Store, TimeProvider.System, new RunnerOptions { MaxConcurrent = 2, UntilIdle = true });
        var task = Add("t", "office");
        for (var i = 0; i < 30; i++)
        {
            loop.Requests.RequestRun(task, null, null);
        }

        loop.Run(happened => Note(happened, told), Stop);
        Assert.Equal(30, told.Select(run => run.Id).Distinct().Count());
        Assert.All(told, run => Assert.Equal(RunOutcome.Succeeded, run.Outcome));
        Assert.Equal((30, 30), (told.Count, smtp.Messages.Count));
    }

    [Fact]
    public void Due_makes_the_other_reports_while_a_server_stalls_and_gives_each_once()
    {
        using var smtp = Server("no", "");
        using var server = Server("stall", "EHLO", "silent");
        fixture.AddTask("first", task => task.MailServer = "silent");
        fixture.AddTask("second", task => task.MailServer = "office");
        fixture.AddTask("third");
        using var worker = fixture.Worker(RunFixture.Noon);
        using var stop = new CancellationTokenSource();
        var given = new List<ReportRun>();
        foreach (var run in worker.RunDue(_ => { }, stop.Token))
        {
            given.Add(run);
            if (given.Count == 2)
            {
                // the first one's server says nothing for five minutes
                stop.Cancel();
            }
        }

        Assert.Equal(["second Succeeded", "third Succeeded"],
            given.Take(2).Select(run => $"{run.TaskName} {run.Outcome}").Order(StringComparer.Ordinal));
        Assert.Single(smtp.Messages);
        var left = Assert.Single(fixture.Runs("first"));
        Assert.Equal((RunOutcome.Delivering, null), (left.Outcome, left.Owner));
    }

    [Fact]
    public void A_report_that_is_made_while_the_runner_stops_sends_its_mail_all_the_same()
    {
        using var smtp = Server("no", "");
        var task = Add("t", "office");
        using var stop = new CancellationTokenSource();
        using var loop = new RunnerLoop(fixture.Store, TimeProvider.System, new RunnerOptions { DrainTimeout = Patience });
        loop.Requests.RequestRun(task, null, null);
        loop.Run(
            happened =>
            {
                if (happened is RunnerEvent.Started)
                {
                    stop.Cancel();
                }
            },
            stop.Token);
        Assert.Equal(RunOutcome.Succeeded, Assert.Single(fixture.Runs("t")).Outcome);
        Assert.Single(smtp.Messages);
    }

    private static void Note(RunnerEvent happened, ConcurrentQueue<ReportRun> told)
    {
        if (happened is RunnerEvent.Finished(var run, _))
        {
            told.Enqueue(run);
        }
    }

    private static async Task Until(Func<bool> done)
    {
        for (var i = 0; !done(); i++)
        {
            Assert.True(i < 600, "It did not come so far.");
            await Task.Delay(100, Stop);
        }
    }

    private SmtpServer Server(string how, string command, string name = "office")
    {
        var smtp = new SmtpServer { StallOn = how == "stall" ? command : null, DripOn = how == "drip" ? command : null };
        fixture.Store.MailServers.Put(
            new ReportMailServer { Name = name, SmtpHost = "127.0.0.1", Port = smtp.Port, Security = MailSecurity.None,
                From = "r@example.com", Timeout = TimeSpan.FromMinutes(5) }, PutMode.Add);
        return smtp;
    }

    private ReportTask Add(string name, string server) => fixture.AddTask(name, task =>
        (task.Every, task.StartAt, task.MailServer, task.Overlap) = (null, null, server, OverlapPolicy.Queue));
}
