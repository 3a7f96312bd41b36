using ReportScheduler.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>When a report was sent, and sent again.</summary>
public sealed class DeliveryHistoryTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_report_that_is_sent_again_keeps_its_times_and_each_sending_has_its_own(bool withCopy)
    {
        var task = fixture.AddTask("t", made => made.Destination = withCopy ? Path.Combine(fixture.Folder, "copies") : null);
        using var worker = fixture.Worker();
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        fixture.Clock.Advance(TimeSpan.FromMinutes(22));
        worker.Reopening.SendAgain(run, run.Deliveries, failedOnly: false, CancellationToken.None);

        var now = Assert.Single(fixture.Runs("t"));
        Assert.Equal((RunOutcome.Succeeded, RunFixture.Noon, TimeSpan.Zero), (now.Outcome, now.FinishedAt, now.Duration));
        Assert.All(now.Deliveries, delivery =>
        {
            Assert.Equal((2, RunFixture.Noon), (delivery.Attempts, delivery.SentAt));
            Assert.Equal(
                [(RunFixture.Noon, RunFixture.Noon, DeliveryState.Sent),
                    (RunFixture.Noon.AddMinutes(22), RunFixture.Noon.AddMinutes(22), DeliveryState.Sent)],
                delivery.History.Select(attempt => (attempt.StartedAt, attempt.EndedAt!.Value, attempt.State)));
        });
        Assert.Equal(withCopy ? 2 : 1, now.Deliveries.Length);
    }

    [Fact]
    public void A_run_whose_message_is_gone_stays_as_it_is()
    {
        using var worker = fixture.Worker();
        var run =
            worker.RunNow(fixture.AddTask("t"), RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        var path = Assert.Single(run.Deliveries).MessagePath!;
        File.Delete(path);
        var problem = Assert.Throws<ReportException>(
            () => worker.Reopening.SendAgain(run, run.Deliveries, failedOnly: false, CancellationToken.None));
        Assert.Equal(("RunFileMissing", run.Id), (problem.ErrorId, problem.ErrorTarget));
        Assert.Contains($"'{path}'", problem.Message, StringComparison.Ordinal);
        var now = Assert.Single(fixture.Runs("t"));
        Assert.Equal((RunOutcome.Succeeded, DeliveryState.Sent), (now.Outcome, Assert.Single(now.Deliveries).State));
    }

    [Fact]
    public void Times_are_shown_in_the_zone_of_the_task_also_after_the_store_was_read_again()
    {
        var task = fixture.AddTask("t", made => (made.Every, made.TimeZone) = (null, "Asia/Kolkata"));
        using var worker = fixture.Worker();
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        var offset = TimeSpan.FromMinutes(330);
        Assert.All([run, fixture.Runs("t")[0]], shown =>
        {
            var delivery = Assert.Single(shown.Deliveries);
            var attempt = Assert.Single(delivery.History);
            Assert.Equal([offset, offset, offset, offset],
                [shown.StartedAt!.Value.Offset, delivery.SentAt!.Value.Offset, attempt.StartedAt.Offset, attempt.EndedAt!.Value.Offset]);
            Assert.Equal((RunFixture.Noon, RunFixture.Noon), (delivery.SentAt, attempt.StartedAt));
        });
    }

    [Fact]
    public void Each_attempt_says_what_became_of_it()
    {
        using var smtp = new SmtpServer { Answer = line => line.StartsWith("MAIL", StringComparison.Ordinal) ? "451 later" : null };
        fixture.Store.MailServers.Put(
            new ReportMailServer { Name = "office", SmtpHost = "127.0.0.1", Port = smtp.Port, Security = MailSecurity.None,
                From = "r@example.com" }, PutMode.Add);
        var task = fixture.AddTask("t", made => (made.Every, made.MailServer) = (null, "office"));
        using var worker = fixture.Worker();
        worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        smtp.Answer = _ => null;
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        _ = worker.RunDue(_ => { }, CancellationToken.None).Count();

        var history = Assert.Single(Assert.Single(fixture.Runs("t")).Deliveries).History;
        Assert.Equal([(RunFixture.Noon, DeliveryState.Pending), (RunFixture.Noon.AddMinutes(1), DeliveryState.Sent)],
            history.Select(attempt => (attempt.StartedAt, attempt.State)));
        Assert.Contains("451 later", history[0].Error, StringComparison.Ordinal);
        Assert.Null(history[1].Error);
    }
}
