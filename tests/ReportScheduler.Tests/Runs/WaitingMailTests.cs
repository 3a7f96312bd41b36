using ReportScheduler.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>A finished report whose mail server is down, in trouble or silent: a real
/// conversation on loopback, and hours that pass on a clock of ours.</summary>
public sealed class WaitingMailTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly SmtpServer smtp = new();
    private readonly RunWorker worker;
    private readonly ReportTask task;

    public WaitingMailTests()
    {
        fixture.Store.MailServers.Put(
            new ReportMailServer { Name = "office", SmtpHost = "127.0.0.1", Port = smtp.Port, Security = MailSecurity.None,
                From = "r@example.com", Timeout = TimeSpan.FromSeconds(1) }, PutMode.Add);
        // a second query would find another time
        task = fixture.AddTask("t", made => (made.Every, made.MailServer, made.Query) = (null, "office", "select random() as once"));
        worker = fixture.Worker();
    }

    public void Dispose()
    {
        worker.Dispose();
        smtp.Dispose();
        fixture.Dispose();
    }

    [Theory]
    [InlineData("421 on the greeting")]
    [InlineData("451 on the recipient")]
    [InlineData("452 after the message")]
    [InlineData("hangs up on the recipient")]
    [InlineData("stalls")]
    public void A_server_in_trouble_for_hours_delays_the_mail_and_nothing_is_queried_again(string trouble)
    {
        Break(trouble);
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        var number = File.ReadAllLines(Assert.Single(run.Files))[1];
        var pauses = new List<double>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            Assert.Equal((RunOutcome.Delivering, DeliveryState.Pending), (Now().Outcome, Waiting().State));
            var next = Waiting().NextAttemptAt!.Value;
            pauses.Add((next - fixture.Clock.GetUtcNow()).TotalMinutes);
            // nothing is tried before its time
            fixture.Clock.SetUtcNow(next.AddSeconds(-1));
            Assert.Empty(Due());
            fixture.Clock.SetUtcNow(next);
            Assert.Single(Due());
        }

        Assert.Equal([1, 2, 4, 8], pauses);
        Assert.Empty(smtp.Messages);

        (smtp.Answer, smtp.HangUpOn, smtp.StallOn) = (_ => null, null, null);
        fixture.Clock.SetUtcNow(Waiting().NextAttemptAt!.Value);
        Assert.Equal(RunOutcome.Succeeded, Assert.Single(Due()).Outcome);
        var mail = Assert.Single(smtp.Messages);
        Assert.Equal(["ada@example.com"], mail.To);
        Assert.Contains(number, mail.Message.Attachments.OfType<MimeKit.TextPart>().Single().Text, StringComparison.Ordinal);
        Assert.Equal(1, Now().Attempt);
    }

    [Fact]
    public void A_server_that_never_comes_back_ends_the_attempts_after_two_days()
    {
        Break("421 on the greeting");
        worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        while (Now().Outcome == RunOutcome.Delivering)
        {
            Assert.InRange(Waiting().Attempts, 1, 100);
            Assert.InRange(Waiting().NextAttemptAt!.Value - fixture.Clock.GetUtcNow(), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
            fixture.Clock.SetUtcNow(Waiting().NextAttemptAt!.Value);
            Assert.Single(Due());
        }

        Assert.Equal((RunOutcome.Failed, RunStage.Deliver, DeliveryState.Failed), (Now().Outcome, Now().Stage, Waiting().State));
        Assert.InRange(fixture.Clock.GetUtcNow() - RunFixture.Noon, TimeSpan.FromHours(46), TimeSpan.FromHours(48));
        Assert.Contains("421", Now().Error, StringComparison.Ordinal);
        // the message is still there for Send-ReportRun
        Assert.True(File.Exists(Waiting().MessagePath));
    }

    [Fact]
    public void A_mail_that_goes_wrong_in_a_way_that_nobody_foresaw_is_given_up_with_words_and_the_others_go_out()
    {
        Break("421 on the greeting");
        var bad = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        worker.RunNow(
            fixture.AddTask("good", made => (made.Every, made.MailServer) = (null, "office")), RunTrigger.Manual, RunFixture.Noon,
            RunOptions.None, _ => { }, CancellationToken.None);
        var message = Assert.Single(bad.Deliveries).MessagePath!;
        File.WriteAllText(message, File.ReadAllText(message).Replace("From: ", "X-From: ", StringComparison.Ordinal));
        smtp.Answer = _ => null;
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["good Succeeded", "t Failed"], Due().Select(run => $"{run.TaskName} {run.Outcome}").Order(StringComparer.Ordinal));
        Assert.Equal((nameof(RunErrors.DeliveryUnexpected), DeliveryState.Failed), (Now().ErrorId, Waiting().State));
        Assert.Contains("InvalidOperationException", Now().Error, StringComparison.Ordinal);
        Assert.Single(smtp.Messages);
    }

    [Fact]
    public async Task What_ends_a_lane_is_said_and_leaves_it_free()
    {
        Break("421 on the greeting");
        worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        var said = new TaskCompletionSource<ReportException>();
        var free = new TaskCompletionSource();
        var lanes = worker.Lanes(_ => throw new InvalidOperationException("unforeseen"), said.SetResult, free.SetResult);
        lanes.Start(CancellationToken.None);
        await free.Task.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        Assert.False(lanes.IsBusy);
        var problem = await said.Task;
        Assert.Equal((nameof(RunErrors.DeliveryUnexpected), "office"), (problem.ErrorId, problem.ErrorTarget));
        Assert.EndsWith("InvalidOperationException: unforeseen", problem.Message, StringComparison.Ordinal);
    }

    private void Break(string trouble)
    {
        smtp.Answer = line => (trouble, line.Split(' ', ':')[0].ToUpperInvariant()) switch
        {
            ("421 on the greeting", "CONNECT") => "421 later",
            ("451 on the recipient", "RCPT") => "451 later",
            ("452 after the message", ".") => "452 no room",
            _ => null,
        };
        smtp.HangUpOn = trouble == "hangs up on the recipient" ? "RCPT" : null;
        smtp.StallOn = trouble == "stalls" ? "EHLO" : null;
    }

    private List<ReportRun> Due() => [.. worker.RunDue(_ => { }, CancellationToken.None)];

    private ReportRun Now() => Assert.Single(fixture.Runs("t"));

    private ReportDelivery Waiting() => Assert.Single(Now().Deliveries);
}
