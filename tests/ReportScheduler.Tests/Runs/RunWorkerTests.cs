using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Files;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Tests.Store.LiteDb;
using ReportScheduler.Tests.Support;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Runs;

public sealed class RunWorkerTests : IDisposable
{
    private const string DeadOwner = "elsewhere/1/1/1";

    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void What_is_due_runs_once_and_the_next_due_time_moves_on()
    {
        fixture.AddTask("t");
        using var worker = fixture.Worker();
        var run = Assert.Single(Due(worker));
        Assert.Equal((RunOutcome.Succeeded, RunTrigger.Schedule, RunFixture.Noon), (run.Outcome, run.Trigger, run.DueAt));
        Assert.Empty(Due(worker));
        Assert.Equal(RunFixture.Noon.AddHours(1), fixture.Store.FindTask("t")!.NextRunAt);
        Assert.Single(fixture.Mails);
    }

    [Fact]
    public void A_run_whose_end_was_written_and_written_again_is_not_taken_over()
    {
        fixture.AddTask("t");
        // as where the answer to the first was lost
        var store = BrokenStore.Of(fixture.Store, (called, arguments) =>
            called == nameof(IReportStore.FinishRun) && !fixture.Store.FinishRun((ReportRun)arguments[0]!));
        using var worker = new RunWorker(store, fixture.Clock);
        var run = Assert.Single(Due(worker));
        Assert.Equal((RunOutcome.Succeeded, false), (run.Outcome, run.IsTakenOver));
    }

    [Fact]
    public void A_store_that_was_away_at_the_first_mail_of_a_runner_is_asked_again_by_the_next()
    {
        fixture.AddTask("t");
        var isAway = true;
        var store = BrokenStore.Of(fixture.Store, (called, _) => isAway && called == nameof(IReportStore.GetMark));
        using var worker = new RunWorker(store, fixture.Clock);
        Assert.Equal(RunOutcome.Failed, Assert.Single(Due(worker)).Outcome);
        isAway = false;
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RunOutcome.Succeeded, Assert.Single(Due(worker)).Outcome);
    }

    [Fact]
    public void A_store_that_is_away_as_the_tasks_are_read_gives_nobody_the_reports_of_another_label()
    {
        fixture.AddTask("t", task => task.RunOn = "dmz");
        var isAway = true;
        var store = BrokenStore.Of(fixture.Store, (called, _) => isAway && called == nameof(IReportStore.GetTasks));
        using var worker = new RunWorker(store, fixture.Clock);
        Assert.Throws<InvalidOperationException>(() => worker.PlanAndTake(1));
        isAway = false;
        Assert.Empty(worker.PlanAndTake(1).Taken!.Runs);
        using var theirs = new RunWorker(store, fixture.Clock) { Labels = ["dmz"] };
        Assert.Single(theirs.Take(1).Runs);
    }

    [Fact]
    public void What_was_sent_since_it_was_asked_for_is_not_sent_again()
    {
        var task = fixture.AddTask("t");
        using var worker = fixture.Worker();
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        var asked = Assert.Single(fixture.Runs("t"));
        Assert.Equal(RunOutcome.Succeeded,
            worker.Reopening.SendAgain(run, run.Deliveries, failedOnly: false, CancellationToken.None).Outcome);
        var problem = Assert.Throws<ReportException>(
            () => worker.Reopening.SendAgain(asked, asked.Deliveries, failedOnly: false, CancellationToken.None));
        Assert.Equal(nameof(RunErrors.RunChangedMeanwhile), problem.ErrorId);
        Assert.All(Assert.Single(fixture.Runs("t")).Deliveries, delivery => Assert.Equal(2, delivery.Attempts));
    }

    [Fact]
    public void After_a_night_of_downtime_it_runs_once_and_the_rest_is_one_missed_record()
    {
        fixture.AddTask("t");
        fixture.Clock.Advance(TimeSpan.FromHours(10));
        using var worker = fixture.Worker();
        Due(worker);
        Assert.Equal(
            [(RunOutcome.Succeeded, 0), (RunOutcome.Missed, 10)],
            fixture.Runs("t").Select(run => (run.Outcome, run.MissedCount)).OrderBy(pair => pair.MissedCount));
        Assert.Equal(1, fixture.Store.FindTask("t")!.RunCount);
    }

    [Fact]
    public void The_owner_is_told_of_due_times_that_were_given_up_once_a_record_and_at_most_once_a_day()
    {
        fixture.AddTask("t",
            task => (task.Owner, task.Missed, task.MissedGrace) = ("ops@example.com", MissedPolicy.Skip, TimeSpan.FromMinutes(1)));
        // a worker that lived through the hours would beat every thirty seconds of them
        ReportRun GivenUp(double hours)
        {
            fixture.Clock.Advance(TimeSpan.FromHours(hours));
            using var worker = fixture.Worker();
            return Assert.Single(Due(worker));
        }

        var missed = GivenUp(400.5);
        Assert.Equal((RunOutcome.Missed, 401, "DueTimesMissed", fixture.Clock.GetUtcNow()),
            (missed.Outcome, missed.MissedCount, missed.ErrorId, missed.FinishedAt));
        var mail = MimeKit.MimeMessage.Load(Assert.Single(fixture.Mails));
        Assert.Equal("MISSED: t 2026-03-19 04:00", mail.Subject);
        Assert.Contains("Invoke-ReportTask -Name 't' -AsOf '2026-03-19T04:00:00+00:00'", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Stage:", mail.TextBody, StringComparison.Ordinal);

        int[] mails = [1, 2];
        Assert.Equal(mails, new[] { 2, 22 }.Select(hours =>
        {
            Assert.Equal(RunOutcome.Missed, GivenUp(hours).Outcome);
            return fixture.Mails.Length;
        }));
        Assert.Equal((0L, 0), (fixture.Store.FindTask("t")!.RunCount, fixture.Store.FindTask("t")!.ConsecutiveFailures));
    }

    [Fact]
    public void A_run_that_stands_for_what_was_missed_needs_no_word_to_the_owner()
    {
        fixture.AddTask("t", task => task.Owner = "ops@example.com");
        fixture.Clock.Advance(TimeSpan.FromHours(10));
        using var worker = fixture.Worker();
        Due(worker);
        Assert.Equal(["ada@example.com"], fixture.Mails.Select(file => MimeKit.MimeMessage.Load(file).To.ToString()));
    }

    [Fact]
    public void The_owner_is_told_at_once_by_a_computer_that_takes_the_time_of_the_store_for_a_little_later_than_it_is()
    {
        var task = fixture.AddTask("t", task => (task.Owner, task.Query) = ("ops@example.com", "select broken from nowhere"));
        using var ahead = new RunWorker(fixture.Store, new FakeTimeProvider(RunFixture.Noon.AddMilliseconds(50)));
        ahead.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.Equal(["ops@example.com"], fixture.Mails.Select(file => MimeKit.MimeMessage.Load(file).To.ToString()));
    }

    [Fact]
    public void A_record_of_missed_due_times_whose_process_died_is_taken_up_and_told()
    {
        fixture.AddTask("t", task => (task.Owner, task.MissedGrace) = ("ops@example.com", TimeSpan.Zero));
        fixture.Clock.Advance(TimeSpan.FromMinutes(30));
        using (var dead = fixture.Worker())
        {
            Assert.Single(RunFixture.Claim(dead));
        }

        using var worker = fixture.Worker();
        Assert.Equal((RunOutcome.Missed, 1), (Assert.Single(Due(worker)).Outcome, fixture.Mails.Length));
    }

    [Fact]
    public void A_task_that_is_removed_before_its_run_began_is_skipped()
    {
        fixture.AddTask("t");
        using var worker = fixture.Worker();
        var run = Assert.Single(RunFixture.Claim(worker));
        fixture.Store.RemoveTask("t");
        Assert.Equal(RunOutcome.Skipped, worker.Execute(run, _ => { }, CancellationToken.None).Outcome);
    }

    [Theory]
    [InlineData(RunTrigger.Schedule, 1, RunOutcome.Succeeded)]
    [InlineData(RunTrigger.Http, 1, RunOutcome.Succeeded)]
    // a person saw it die
    [InlineData(RunTrigger.Manual, 1, RunOutcome.Interrupted)]
    // it took its process down three times
    [InlineData(RunTrigger.Schedule, 3, RunOutcome.Interrupted)]
    public void A_run_whose_process_died_before_delivery_is_run_again_or_says_why_not(RunTrigger trigger, int attempt, RunOutcome outcome)
    {
        fixture.AddTask("t", task => task.Every = null);
        fixture.AddDead(Dead(trigger, attempt));
        // it died before it could say that it had a folder
        PrivateFile.CreateFolder(fixture.Store.Files.Folder);
        Directory.CreateDirectory(Path.Combine(fixture.Store.Files.Folder, "dead"));
        using var worker = fixture.Worker();
        worker.Recover();
        foreach (var run in worker.Take(10).Runs)
        {
            worker.Execute(run, _ => { }, CancellationToken.None);
        }

        var recorded = Assert.Single(fixture.Runs("t"));
        Assert.Equal((outcome, attempt + 1), (recorded.Outcome, recorded.Attempt));
        Assert.Equal(outcome == RunOutcome.Succeeded ? 1 : 0, fixture.Mails.Length);
        Assert.Equal(outcome == RunOutcome.Succeeded ? ["dead.2"] : ["dead"],
            Directory.GetDirectories(fixture.Store.Files.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(UncertainPolicy.Hold, RunOutcome.Held, 0)]
    [InlineData(UncertainPolicy.Resend, RunOutcome.Succeeded, 1)]
    public void A_mail_that_was_at_the_server_when_the_process_died_follows_the_policy(UncertainPolicy policy, RunOutcome outcome,
        int mails)
    {
        fixture.AddTask("t", task => (task.Every, task.Uncertain) = (null, policy));
        var dead = Dead(RunTrigger.Schedule, 1);
        dead.Stage = RunStage.Deliver;
        PrivateFile.CreateFolder(fixture.Store.Files.Folder);
        dead.Folder = Directory.CreateDirectory(Path.Combine(fixture.Store.Files.Folder, dead.Id)).FullName;
        var message = Path.Combine(dead.Folder, "message.eml");
        File.WriteAllText(message,
            "From: r@example.com\r\nTo: ada@example.com\r\nMessage-Id: <1@example.com>\r\nSubject: t\r\n\r\nHello\r\n");
        dead.Deliveries =
        [
            new ReportDelivery
            {
                Id = "d",
                RunId = dead.Id,
                TaskId = "t",
                Target = "pickup",
                State = DeliveryState.Sending,
                MessagePath = message,
                MessageId = "1@example.com",
                Recipients = [new DeliveryRecipient { Address = "ada@example.com", State = DeliveryState.Pending }],
                Owner = DeadOwner,
                CreatedAt = RunFixture.Noon,
            },
        ];
        fixture.AddDead(dead);
        using var worker = fixture.Worker();
        worker.Recover();
        Due(worker);
        Assert.Equal(outcome, Assert.Single(fixture.Runs("t")).Outcome);
        Assert.Equal(mails, fixture.Mails.Length);
    }

    [Fact]
    public void A_run_that_lives_in_this_process_is_not_taken_over()
    {
        fixture.AddTask("t");
        using var worker = fixture.Worker();
        Assert.Single(RunFixture.Claim(worker));
        using var other = fixture.Worker();
        other.Recover();
        Assert.Empty(other.Take(10).Runs);
    }

    [Fact]
    public void A_mail_server_that_is_gone_leaves_the_report_waiting_and_the_next_pass_sends_it_without_a_query()
    {
        fixture.Store.MailServers.Put(new ReportMailServer { Name = "smtp", SmtpHost = "127.0.0.1", Port = 1, From = "r@example.com",
            Timeout = TimeSpan.FromSeconds(2) }, PutMode.Add);
        fixture.AddTask("t", task => task.MailServer = "smtp");
        using var worker = fixture.Worker();
        Assert.Equal(RunOutcome.Delivering, Assert.Single(Due(worker)).Outcome);

        // The server comes back as a pickup folder, and the database is gone.
        fixture.Store.MailServers.Put(new ReportMailServer { Name = "smtp", PickupDirectory = fixture.MailFolder, From = "r@example.com" },
            PutMode.Replace);
        fixture.Store.Connections.Remove("mem");
        fixture.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(RunOutcome.Succeeded, Assert.Single(Due(worker)).Outcome);
        Assert.Single(fixture.Mails);
        Assert.Equal(RunOutcome.Succeeded, fixture.Store.FindTask("t")!.LastOutcome);
    }

    [Fact]
    public void Sending_again_does_not_query_and_keeps_the_message_id()
    {
        fixture.AddTask("t");
        using var worker = fixture.Worker();
        var run = Assert.Single(Due(worker));
        var sent = MimeKit.MimeMessage.Load(Assert.Single(fixture.Mails)).MessageId;
        File.Delete(fixture.Mails[0]);
        fixture.Store.Connections.Remove("mem");
        var again = worker.Reopening.SendAgain(
            fixture.Runs("t")[0], fixture.Runs("t")[0].Deliveries, failedOnly: false, CancellationToken.None);
        Assert.Equal(RunOutcome.Succeeded, again.Outcome);
        Assert.Equal(sent, MimeKit.MimeMessage.Load(Assert.Single(fixture.Mails)).MessageId);
        Assert.Equal(1, fixture.Store.FindTask("t")!.RunCount);
        Assert.Equal((run.Id, RunOutcome.Succeeded), (again.Id, Assert.Single(fixture.Runs("t")).Outcome));
    }

    [Theory]
    // it is still at work there, or was made
    [InlineData(RunOutcome.Running)]
    [InlineData(RunOutcome.Succeeded)]
    public void A_run_that_another_process_took_over_meanwhile_is_returned_as_that_one_keeps_it_and_its_files_stay(RunOutcome there)
    {
        fixture.AddTask("t", task => task.Owner = "ops@example.com");
        using var worker = fixture.Worker();
        var run = Assert.Single(RunFixture.Claim(worker));
        var theirFile = "";
        var mine = worker.Execute(run, progress =>
        {
            if (progress.Stage == RunStage.Export && theirFile.Length == 0)
            {
                var theirs = RunFixture.TakeAway(fixture.Store);
                theirs.Folder =
                    Directory.CreateDirectory(Path.Combine(fixture.Store.Files.Folder, $"{theirs.Id}.{theirs.Attempt}")).FullName;
                theirFile = Path.Combine(theirs.Folder, "t.csv");
                File.WriteAllText(theirFile, "one");
                (theirs.Outcome, theirs.Rows) = (there, 7);
                Assert.True(there == RunOutcome.Running ? fixture.Store.SaveRun(theirs) : fixture.Store.FinishRun(theirs));
            }
        }, CancellationToken.None);
        Assert.Equal((there, 7, true), (mine.Outcome, mine.Rows, mine.IsTakenOver));
        Assert.Equal([theirFile], Directory.GetFiles(fixture.Store.Files.Folder, "*", SearchOption.AllDirectories));
        Assert.Equal(there, Assert.Single(fixture.Runs("t")).Outcome);
        Assert.Empty(fixture.Mails);
    }

    [Fact]
    public void A_task_whose_zone_is_not_known_any_more_fails_once_and_its_owner_hears_of_it()
    {
        fixture.AddTask("t", task => task.Owner = "ops@example.com");
        fixture.AddTask("good");
        StoreEditor.Edit(fixture.Store.Address, "tasks", "t", document => document["TimeZone"] = "Mars/Base");
        using var worker = fixture.Worker();
        var runs = Due(worker).ToDictionary(run => run.TaskName);
        Assert.Equal((RunOutcome.Failed, nameof(TimeErrors.UnknownTimeZone)), (runs["t"].Outcome, runs["t"].ErrorId));
        Assert.Equal(RunOutcome.Succeeded, runs["good"].Outcome);
        Due(worker);
        var task = fixture.Store.FindTask("t")!;
        Assert.Equal((1, 1, null), (task.RunCount, task.ErrorCount, task.NextRunAt));
        Assert.Contains(fixture.Mails, mail => MimeKit.MimeMessage.Load(mail).Subject == "FAILED: t 2026-03-02 12:00");
    }

    [Fact]
    public void Durations_longer_than_the_calendar_mean_for_ever()
    {
        fixture.AddTask("t", task => (task.KeepFilesFor, task.MissedGrace) = (TimeSpan.FromDays(999_999), TimeSpan.MaxValue));
        using var worker = fixture.Worker();
        Assert.Equal(RunOutcome.Succeeded, Assert.Single(Due(worker)).Outcome);
        Assert.Single(Directory.GetDirectories(fixture.Store.Files.Folder));
    }

    [Fact]
    public void What_nobody_foresaw_about_a_run_is_recorded_as_its_failure_and_the_next_one_goes_on()
    {
        fixture.AddTask("t");
        fixture.AddTask("good");
        var bugs = 1;
        var store = BrokenStore.Of(fixture.Store,
            (method, arguments) => method == nameof(IReportStore.BeginRun) && arguments[0] is ReportRun { TaskName: "t" } && bugs-- > 0);
        using var worker = new RunWorker(store, fixture.Clock);
        var outcomes = Due(worker).ToDictionary(run => run.TaskName, run => (run.Outcome, run.ErrorId));
        Assert.Equal((RunOutcome.Failed, nameof(RunErrors.RunUnexpected)), outcomes["t"]);
        Assert.Equal((RunOutcome.Succeeded, null), outcomes["good"]);
        Assert.Equal(RunOutcome.Failed, Assert.Single(fixture.Runs("t")).Outcome);
    }

    private static List<ReportRun> Due(RunWorker worker) => [.. worker.RunDue(_ => { }, CancellationToken.None)];

    private static ReportRun Dead(RunTrigger trigger, int attempt) => new()
    {
        Id = "dead",
        TaskId = "t",
        TaskName = "t",
        Trigger = trigger,
        DueAt = RunFixture.Noon,
        StartedAt = RunFixture.Noon.AddMinutes(-30),
        Stage = RunStage.Export,
        Owner = DeadOwner,
        HeartbeatAt = RunFixture.Noon.AddMinutes(-20),
        Attempt = attempt,
        Interruptions = attempt - 1,
    };
}
