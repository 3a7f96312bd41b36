using System.Globalization;
using MimeKit;
using ReportScheduler.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Delivery.Mail;

public sealed class FailureMailTests : IDisposable
{
    private readonly MailFixture fixture = new();
    private int count;

    public FailureMailTests()
    {
        (fixture.Task.Owner, fixture.Task.MailServer, fixture.Task.NotifyEvery) = ("Ops <ops@example.com>", "pickup", 3);
        (fixture.Task.Connection, fixture.Task.Query, fixture.Task.Name) = ("db", "select 1", "Ada's report");
        fixture.Store.MailServers.Put(new ReportMailServer { Name = "pickup", PickupDirectory = Pickup, From = "reports@example.com" },
            PutMode.Add);
        fixture.Store.PutTask(fixture.Task, PutMode.Add, fixture.Clock.GetUtcNow().AddDays(1));
    }

    private string Pickup => Path.Combine(fixture.Folder, "pickup");

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void The_owner_hears_of_the_first_failure_every_nth_and_the_recovery()
    {
        bool[] fails = [false, true, true, true, true, true, true, false, false, true];
        bool[] told = [false, true, false, true, false, false, true, true, false, true];
        Assert.Equal(told, fails.Select(isFailure => Finish(isFailure).Deliveries.Length > 0));
    }

    [Theory]
    // every week is told, every day too although it began a little earlier, and of those in between every third
    [InlineData("7.00:00:00", true, true, true, true)]
    [InlineData("23:59:58", true, true, true, true)]
    [InlineData("00:10:00", true, false, true, false)]
    public void The_owner_hears_of_failures_at_least_once_a_day(string every, params bool[] told)
    {
        Assert.Equal(told, told.Select(_ =>
        {
            var isTold = Finish(isFailure: true).Deliveries.Length > 0;
            fixture.Clock.Advance(TimeSpan.Parse(every, CultureInfo.InvariantCulture));
            return isTold;
        }));
    }

    [Fact]
    public void A_test_by_hand_mails_the_owner_nothing_and_neither_begins_nor_ends_a_row_of_failures()
    {
        fixture.Task.PauseAfterFailures = 2;
        fixture.Store.PutTask(fixture.Task, PutMode.Update, fixture.Clock.GetUtcNow().AddDays(1));
        bool HearsOfTest(bool isFailure) => Finish(isFailure, note: new RunOptions { NoDelivery = true }.Note()).Deliveries.Length > 0;
        ReportTask Task() => fixture.Store.FindTask(fixture.Task.Id)!;

        Assert.Equal([false, false, false], new[] { true, true, false }.Select(HearsOfTest));
        Assert.Equal((0, null, 3L, 2L), (Task().ConsecutiveFailures, Task().PausedBecause, Task().RunCount, Task().ErrorCount));
        Assert.NotEmpty(Finish(isFailure: true).Deliveries);
        Assert.Equal([false, false], new[] { true, false }.Select(HearsOfTest));
        Assert.Equal((1, null), (Task().ConsecutiveFailures, Task().PausedBecause));
        Assert.NotEmpty(Finish(isFailure: false).Deliveries);
        Assert.Equal(0, Task().ConsecutiveFailures);
    }

    [Fact]
    public void A_report_that_works_although_one_that_began_later_failed_is_no_recovery()
    {
        var began = fixture.Clock.GetUtcNow();
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        Finish(isFailure: true);
        Assert.Empty(Finish(isFailure: false, startedAt: began).Deliveries);
        Assert.Equal(1, fixture.Store.FindTask(fixture.Task.Id)!.ConsecutiveFailures);
    }

    [Fact]
    public void A_clock_that_was_wrong_for_a_while_keeps_nothing_from_the_owner()
    {
        Finish(isFailure: true);
        fixture.Clock.AdjustTime(fixture.Clock.GetUtcNow().AddYears(-1));
        Assert.NotEmpty(Finish(isFailure: true).Deliveries);
        Assert.NotEmpty(Finish(isFailure: false).Deliveries);
        Assert.Equal(0, fixture.Store.FindTask(fixture.Task.Id)!.ConsecutiveFailures);
    }

    [Fact]
    public void The_mail_has_stage_error_next_run_and_the_command_and_leaves_the_run_as_it_was()
    {
        var run = Finish(isFailure: true);
        Assert.Empty(Drain());
        var file = Assert.Single(Directory.GetFiles(Pickup));
        var message = MimeMessage.Load(file);
        Assert.Equal(("FAILED: Ada's report 2026-03-01 09:00", "ops@example.com"),
            (message.Subject, message.To.Mailboxes.Single().Address));
        foreach (var words in new[]
        {
            "The report 'Ada's report' failed.", "Stage:", "Query", "no such table: sales", "Failures in a row: 1",
            // which of several servers
            run.Id, Environment.MachineName, fixture.Store.Address,
            "2026-03-02 09:00 +01:00 (Europe/Berlin)", "Invoke-ReportTask -Name 'Ada''s report' -AsOf '2026-03-01T09:00:00+01:00'",
        })
        {
            Assert.Contains(words, message.TextBody, StringComparison.Ordinal);
            Assert.Contains(words.TrimEnd(':').Replace("'", "&#39;", StringComparison.Ordinal).Split(": ")[0], message.HtmlBody,
                StringComparison.Ordinal);
        }

        var kept = fixture.Store.GetRuns(new RunFilter { RunId = run.Id }).Single();
        Assert.Equal((RunOutcome.Failed, RunStage.Query, "no such table: sales"), (kept.Outcome, kept.Stage, kept.Error));
        Assert.Equal((DeliveryKind.Notice, DeliveryState.Sent), (kept.Deliveries[0].Kind, kept.Deliveries[0].State));
        Assert.Empty(Drain());
    }

    [Fact]
    public void The_failure_that_pauses_the_task_is_told_and_so_is_the_recovery_after_it()
    {
        fixture.Task.PauseAfterFailures = 2;
        fixture.Store.PutTask(fixture.Task, PutMode.Update, fixture.Clock.GetUtcNow().AddDays(1));
        Finish(isFailure: true);
        Assert.Empty(Drain());
        File.Delete(Assert.Single(Directory.GetFiles(Pickup)));

        Finish(isFailure: true);
        Assert.Empty(Drain());
        var file = Assert.Single(Directory.GetFiles(Pickup));
        var message = MimeMessage.Load(file);
        Assert.StartsWith("PAUSED: Ada's report", message.Subject, StringComparison.Ordinal);
        Assert.Contains("The report 'Ada's report' failed and was paused automatically.", message.TextBody, StringComparison.Ordinal);
        Assert.Matches("Next run: +none: it was paused automatically. Enable-ReportTask 'Ada''s report' resumes it", message.TextBody);
        File.Delete(file);

        fixture.Store.ClearPause(fixture.Task.Id);
        Finish(isFailure: false);
        Assert.Empty(Drain());
        Assert.StartsWith("Recovered: Ada's report", MimeMessage.Load(Assert.Single(Directory.GetFiles(Pickup))).Subject,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_down_delays_the_mail_and_nothing_else()
    {
        using var smtp = new SmtpServer { Answer = line => line == "CONNECT" ? "421 later" : null };
        var server = MailFixture.Server(smtp);
        server.Name = "pickup";
        fixture.Store.MailServers.Put(server, PutMode.Replace);
        var run = Finish(isFailure: true);
        Assert.Empty(Drain());
        var waiting = fixture.Store.GetRuns(new RunFilter { RunId = run.Id }).Single();
        Assert.Equal((RunOutcome.Failed, DeliveryState.Pending), (waiting.Outcome, waiting.Deliveries[0].State));

        smtp.Answer = _ => null;
        fixture.Clock.SetUtcNow(waiting.Deliveries[0].NextAttemptAt!.Value);
        Assert.Empty(Drain());
        Assert.Equal(["ops@example.com"], Assert.Single(smtp.Messages).To);
    }

    [Fact]
    public void Without_a_mail_server_the_run_carries_a_warning()
    {
        fixture.Store.MailServers.Remove("pickup");
        var run = Finish(isFailure: true);
        Assert.Empty(run.Deliveries);
        Assert.Contains("The owner Ops <ops@example.com> was not told: No report mail server is named 'pickup'",
            Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "ops@example.com")]
    [InlineData(null, null)]
    public void Nobody_is_told_who_does_not_want_it(bool? onFailure, string? owner)
    {
        (fixture.Task.OnFailure, fixture.Task.Owner) = (onFailure, owner);
        Assert.Empty(Finish(isFailure: true).Deliveries);
    }

    [Fact]
    public void A_due_time_that_was_cut_off_with_its_runner_is_told_each_time_and_counts_as_no_failure()
    {
        for (var time = 1; time <= 2; time++)
        {
            var run = Finish(RunOutcome.Cancelled, RunTrigger.Schedule, "The run of 'Ada's report' was stopped on request.");
            Assert.Equal(DeliveryKind.Notice, Assert.Single(run.Deliveries).Kind);
            fixture.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(0, fixture.Store.FindTask(fixture.Task.Id)!.State.ConsecutiveFailures);
        Assert.Empty(Finish(RunOutcome.Cancelled, RunTrigger.Manual, "A person did it.").Deliveries);
        Drain();
        var message = Directory.GetFiles(Pickup).Select(file => MimeMessage.Load(file))
            .Single(mail => mail.Subject == "CANCELLED: Ada's report 2026-03-01 09:00");
        Assert.Contains("was interrupted when its runner was stopped", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Invoke-ReportTask -Name 'Ada''s report' -AsOf '2026-03-01T09:00:00+01:00'", message.TextBody,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_recovery_that_has_warnings_says_them()
    {
        Finish(isFailure: true);
        Finish(RunOutcome.Succeeded, RunTrigger.Manual, null, null, null, "The report has no column 'amont'.");
        Drain();
        var recovered = Directory.GetFiles(Pickup).Select(file => MimeMessage.Load(file))
            .Single(message => message.Subject!.StartsWith("Recovered", StringComparison.Ordinal));
        Assert.Contains("The report has no column 'amont'.", recovered.TextBody, StringComparison.Ordinal);
    }

    private IEnumerable<ReportRun> Drain()
    {
        using var held = new HeldRuns(fixture.Store, fixture.Clock);
        return [.. new DeliveryQueue(fixture.Store, fixture.Clock, held, new RunDelivery(fixture.Store, fixture.Clock, held))
            .Drain([], CancellationToken.None)];
    }

    private ReportRun Finish(bool isFailure, string? note = null, DateTimeOffset? startedAt = null) => isFailure
        ? Finish(RunOutcome.Failed, RunTrigger.Manual, "no such table: sales", note, startedAt)
        : Finish(RunOutcome.Succeeded, RunTrigger.Manual, null, note, startedAt);

    private ReportRun Finish(
        RunOutcome outcome, RunTrigger trigger, string? error, string? note = null, DateTimeOffset? startedAt = null,
        params string[] warnings)
    {
        var run = new ReportRun
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"run{++count}"),
            TaskId = fixture.Task.Id,
            TaskName = fixture.Task.Name,
            TimeZone = fixture.Task.TimeZone,
            Trigger = trigger,
            Note = note,
            DueAt = fixture.Clock.GetUtcNow(),
            StartedAt = startedAt ?? fixture.Clock.GetUtcNow(),
            Owner = "me",
        };
        fixture.Store.AddRun(run);
        (run.Outcome, run.Stage, run.Error, run.Warnings) = (outcome, error is null ? RunStage.Record : RunStage.Query, error, warnings);
        new RunRecorder(fixture.Store, fixture.Clock).Write(fixture.Task, run);
        return run;
    }
}
