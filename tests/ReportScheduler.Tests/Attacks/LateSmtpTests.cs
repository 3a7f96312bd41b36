using ReportScheduler.Delivery.Mail;
using ReportScheduler.Runs;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>A mail server that takes each copy and answers when nobody listens any more: a report arrives twice at most.</summary>
public sealed class LateSmtpTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly SmtpServer smtp = new();

    public void Dispose()
    {
        smtp.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void An_answer_that_comes_after_the_timeout_of_a_step_is_waited_for()
    {
        smtp.Late = TimeSpan.FromSeconds(2.5);
        var task = Task(UncertainPolicy.Resend, new ReportMailServer().AnswerTimeout);
        using var worker = fixture.Worker();
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.Equal((RunOutcome.Succeeded, 1, 1), (run.Outcome, Assert.Single(run.Deliveries).Attempts, smtp.Messages.Count));
        Assert.Equal(TimeSpan.FromMinutes(10), new ReportMailServer().AnswerTimeout);
    }

    [Theory]
    [InlineData(UncertainPolicy.Resend, "stalls", 2)]
    [InlineData(UncertainPolicy.Resend, "drips", 2)]
    [InlineData(UncertainPolicy.Resend, "hangs up", 2)]
    [InlineData(UncertainPolicy.Hold, "stalls", 1)]
    [InlineData(UncertainPolicy.Hold, "hangs up", 1)]
    public void A_server_that_never_answers_gets_a_report_twice_at_most_and_the_owner_hears_when_it_is_held(UncertainPolicy policy,
        string how, int copies)
    {
        (smtp.StallOn, smtp.DripOn,
            smtp.HangUpOn) = (how == "stalls" ? "." : null, how == "drips" ? "." : null, how == "hangs up" ? "." : null);
        var task = Task(policy, TimeSpan.FromSeconds(1));
        using (var first = fixture.Worker())
        {
            first.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        }

        foreach (var minutes in new[] { 2, 2, 2, 2, 60, 1440, 1440 })
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(minutes));
            using var next = fixture.Worker();
            _ = next.RunDue(_ => { }, CancellationToken.None).Count();
        }

        var run = Assert.Single(fixture.Runs("t"));
        Assert.Equal((RunOutcome.Held, nameof(MailErrors.MailUncertain)), (run.Outcome, run.ErrorId));
        Assert.Equal(copies, CopiesFor("ada@example.com"));
        Assert.Equal(copies - 1, run.Warnings.Count(warning => warning.EndsWith("may arrive twice.", StringComparison.Ordinal)));
        Assert.InRange(run.FinishedAt!.Value - RunFixture.Noon, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.InRange(CopiesFor("ops@example.com"), 1, copies);

        // a person sends it: once, and not again by itself
        using var worker = fixture.Worker();
        var again = worker.Reopening.SendAgain(run, [.. run.Deliveries.Where(delivery => delivery.Kind == DeliveryKind.Mail)],
            failedOnly: true, CancellationToken.None);
        Assert.Equal(copies + 1, CopiesFor("ada@example.com"));
        if (policy == UncertainPolicy.Resend)
        {
            Assert.Equal(RunOutcome.Held, again.Outcome);
        }
    }

    [Fact]
    public void A_run_that_is_held_is_told_also_in_a_row_of_failures_that_was_told()
    {
        var task = Task(UncertainPolicy.Hold, TimeSpan.FromSeconds(1));
        smtp.Answer = line => line.StartsWith("RCPT TO:<ada@", StringComparison.Ordinal) ? "550 no" : null;
        using var worker = fixture.Worker();
        RunOutcome Next() =>
            worker.RunNow(task, RunTrigger.Manual, fixture.Clock.GetUtcNow(), RunOptions.None, _ => { }, CancellationToken.None).Outcome;
        Assert.Equal((RunOutcome.Failed, 1), (Next(), CopiesFor("ops@example.com")));
        Assert.Equal((RunOutcome.Failed, 1), (Next(), CopiesFor("ops@example.com")));
        (smtp.Answer, smtp.HangUpOn) = (_ => null, ".");
        Assert.Equal(RunOutcome.Held, Next());
        Assert.Single(fixture.Runs("t")[0].Deliveries, delivery => delivery.Kind == DeliveryKind.Notice);
    }

    private int CopiesFor(string address) =>
        smtp.Commands.Count(command => command.StartsWith($"RCPT TO:<{address}", StringComparison.Ordinal));

    private ReportTask Task(UncertainPolicy policy, TimeSpan answer)
    {
        fixture.Store.MailServers.Put(
            new ReportMailServer
            {
                Name = "office",
                SmtpHost = "127.0.0.1",
                Port = smtp.Port,
                Security = MailSecurity.None,
                From = "r@example.com",
                Timeout = TimeSpan.FromSeconds(1),
                AnswerTimeout = answer,
            },
            PutMode.Add);
        return fixture.AddTask("t",
            task => (task.Every, task.MailServer, task.Uncertain, task.Owner, task.Retry) = (null, "office", policy, "ops@example.com", 3));
    }
}
