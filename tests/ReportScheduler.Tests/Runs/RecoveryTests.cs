using ReportScheduler.Files;
using ReportScheduler.Runs;

namespace ReportScheduler.Tests.Runs;

/// <summary>What a process leaves behind when it dies between two steps, and what another one makes of it.</summary>
public sealed class RecoveryTests : IDisposable
{
    private const string DeadOwner = "elsewhere/1/1/1";

    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_mail_that_was_written_and_not_yet_tried_goes_out_once()
    {
        fixture.AddTask("t", task => task.Every = null);
        Leave(RunOutcome.Running, Mail(DeliveryKind.Mail, DeliveryState.Pending));
        using var worker = fixture.Worker();
        Due(worker);
        var run = Assert.Single(fixture.Runs("t"));
        Assert.Equal(RunOutcome.Succeeded, run.Outcome);
        Assert.StartsWith("The process that ran it ended before everything was delivered;", Assert.Single(run.Warnings),
            StringComparison.Ordinal);
        Assert.Single(fixture.Mails);
    }

    [Fact]
    public void A_run_that_was_cut_off_and_made_again_says_so_beside_its_other_warnings()
    {
        fixture.AddTask("t", task => (task.Every, task.Hide) = (null, ["nowhere"]));
        Leave(RunOutcome.Running, null, attempt: 2);
        using var worker = fixture.Worker();
        Due(worker);
        var run = Assert.Single(fixture.Runs("t"));
        Assert.Equal((RunOutcome.Succeeded, 3, 2), (run.Outcome, run.Attempt, run.Warnings.Length));
        Assert.Equal("An attempt was interrupted: its process ended, or could not record it. "
            + "The report was made again from the start at 2026-03-02 12:00 +00:00, in attempt 3.", run.Warnings[0]);
        Assert.Contains("'nowhere'", run.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_that_was_doubtful_twice_is_sent_again_once_and_then_waits_for_a_person()
    {
        fixture.AddTask("t", task => task.Every = null);
        var mail = Mail(DeliveryKind.Mail, DeliveryState.Sending);
        Leave(RunOutcome.Running, mail);
        using (var worker = fixture.Worker())
        {
            worker.Recover();
        }

        mail = Assert.Single(fixture.Store.TakeDueDeliveries("elsewhere/2/2/2", 1).Deliveries);
        mail.State = DeliveryState.Sending;
        Assert.True(fixture.Store.PutDelivery(mail, 2));
        fixture.Clock.Advance(TimeSpan.FromMinutes(3));
        using var last = fixture.Worker();
        Due(last);
        var run = Assert.Single(fixture.Runs("t"));
        Assert.Equal((RunOutcome.Held, DeliveryState.Uncertain), (run.Outcome, Assert.Single(run.Deliveries).State));
        Assert.Single(run.Warnings, warning => warning.EndsWith("may arrive twice.", StringComparison.Ordinal));
        Assert.Single(run.Warnings, warning => warning.Contains("went on", StringComparison.Ordinal));
        Assert.Empty(fixture.Mails);
    }

    [Fact]
    public void A_mail_to_the_owner_that_was_being_sent_goes_out_and_the_run_stays_as_it_was()
    {
        fixture.AddTask("t", task => (task.Every, task.Uncertain) = (null, UncertainPolicy.Resend));
        Leave(RunOutcome.Failed, Mail(DeliveryKind.Notice, DeliveryState.Pending, RunFixture.Noon));
        Assert.Single(fixture.Store.TakeDueDeliveries(DeadOwner, 1).Deliveries);
        fixture.Clock.Advance(TimeSpan.FromMinutes(3));
        using var worker = fixture.Worker();
        Due(worker);
        var run = Assert.Single(fixture.Runs("t"));
        Assert.Equal((RunOutcome.Failed, DeliveryState.Sent), (run.Outcome, Assert.Single(run.Deliveries).State));
        Assert.Single(fixture.Mails);
    }

    [Fact]
    public void The_owner_hears_at_once_of_a_run_that_a_person_asked_for()
    {
        var task = fixture.AddTask("t", task => (task.Owner, task.Query) = ("ops@example.com", "select broken from nowhere"));
        using var worker = fixture.Worker();
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.Equal((RunOutcome.Failed, DeliveryState.Sent), (run.Outcome, Assert.Single(run.Deliveries).State));
        Assert.Single(fixture.Mails);
    }

    [Fact]
    public void The_owner_hears_of_a_run_that_was_interrupted_for_good()
    {
        fixture.AddTask("t", task => (task.Every, task.Owner) = (null, "ops@example.com"));
        Leave(RunOutcome.Running, null, attempt: 3);
        using var worker = fixture.Worker();
        Assert.Equal(RunOutcome.Interrupted, Assert.Single(Due(worker)).Outcome);
        var run = Assert.Single(fixture.Runs("t"));
        Assert.Equal((RunOutcome.Interrupted, nameof(RunErrors.RunInterruptedOften)), (run.Outcome, run.ErrorId));
        Assert.StartsWith("FAILED: t", MimeKit.MimeMessage.Load(Assert.Single(fixture.Mails)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_whose_server_was_removed_fails_and_the_others_go_out()
    {
        fixture.AddTask("t", task => task.Every = null);
        var (orphan, good) = (Mail(DeliveryKind.Mail, DeliveryState.Pending, RunFixture.Noon.AddMinutes(-1)),
            Mail(DeliveryKind.Mail, DeliveryState.Pending, RunFixture.Noon, "good"));
        orphan.Target = "removed";
        Leave(RunOutcome.Delivering, orphan);
        Leave(RunOutcome.Delivering, good, id: "good");
        using var worker = fixture.Worker();
        Due(worker);
        var outcomes = fixture.Runs("t").ToDictionary(run => run.Id);
        Assert.Equal((RunOutcome.Failed, RunOutcome.Succeeded), (outcomes["dead"].Outcome, outcomes["good"].Outcome));
        Assert.Equal(
            "No report mail server is named 'removed'. The store has none yet; New-ReportMailServer creates one.", outcomes["dead"].Error);
    }

    [Fact]
    public void More_waiting_mail_than_is_taken_at_once_is_all_tried()
    {
        fixture.AddTask("t", task => task.Every = null);
        for (var i = 0; i < 45; i++)
        {
            var mail = Mail(DeliveryKind.Mail, DeliveryState.Pending, RunFixture.Noon, $"run{i}");
            Leave(RunOutcome.Delivering, mail, id: mail.RunId);
        }

        using var worker = fixture.Worker();
        Assert.Equal(45, Due(worker).Count);
        Assert.All(fixture.Runs("t"), run => Assert.Equal(RunOutcome.Succeeded, run.Outcome));
    }

    [Fact]
    public void What_a_worker_claimed_and_did_not_begin_is_free_when_it_ends_and_costs_no_attempt()
    {
        fixture.AddTask("t");
        for (var i = 0; i < 5; i++)
        {
            using var ended = fixture.Worker();
            ended.Recover();
            Assert.Single(RunFixture.Claim(ended));
        }

        using var worker = fixture.Worker();
        Assert.Equal(RunOutcome.Succeeded, Assert.Single(Due(worker)).Outcome);
    }

    [Fact]
    public void A_run_that_could_not_be_recorded_is_taken_up_again_by_the_same_runner()
    {
        fixture.AddTask("t");
        using var worker = fixture.Worker();
        var run = Assert.Single(RunFixture.Claim(worker));
        var kept = File.ReadAllBytes(fixture.Store.Address);
        File.WriteAllText(fixture.Store.Address, "the disk is full");
        Assert.Throws<ReportException>(() => worker.Execute(run, _ => { }, CancellationToken.None));
        File.WriteAllBytes(fixture.Store.Address, kept);
        Assert.Equal((run.Id, RunOutcome.Succeeded), Assert.Single(Due(worker).Select(done => (done.Id, done.Outcome))));
        Assert.Single(fixture.Mails);
    }

    private static List<ReportRun> Due(RunWorker worker) => [.. worker.RunDue(_ => { }, CancellationToken.None)];

    private ReportDelivery Mail(DeliveryKind kind, DeliveryState state, DateTimeOffset? next = null, string run = "dead")
    {
        var path = Path.Combine(fixture.Store.Files.Folder, run, "message.eml");
        PrivateFile.CreateFolder(fixture.Store.Files.Folder);
        PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "From: r@example.com\r\nTo: ada@example.com\r\nSubject: s\r\nMessage-Id: <1@example.com>\r\n\r\nbody\r\n");
        return new ReportDelivery
        {
            Id = $"mail of {run}",
            RunId = run,
            TaskId = "t",
            Kind = kind,
            Target = "pickup",
            State = state,
            Recipients = [new DeliveryRecipient { Address = "ada@example.com" }],
            MessagePath = path,
            CreatedAt = RunFixture.Noon,
            NextAttemptAt = next,
        };
    }

    private void Leave(RunOutcome outcome, ReportDelivery? delivery, int attempt = 1, string id = "dead") => fixture.AddDead(new ReportRun
    {
        Id = id,
        TaskId = "t",
        TaskName = "t",
        Trigger = RunTrigger.Http,
        DueAt = RunFixture.Noon,
        StartedAt = RunFixture.Noon.AddMinutes(-30),
        Outcome = outcome,
        Stage = RunStage.Deliver,
        Attempt = attempt,
        Interruptions = attempt - 1,
        Owner = outcome == RunOutcome.Running ? DeadOwner : null,
        HeartbeatAt = outcome == RunOutcome.Running ? RunFixture.Noon.AddMinutes(-30) : null,
        Deliveries = delivery is null ? [] : [delivery],
    });
}
