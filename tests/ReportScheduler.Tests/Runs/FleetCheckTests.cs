using MimeKit;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>The check finds what it is there to find.</summary>
public sealed class FleetCheckTests
{
    private static readonly DateTimeOffset Noon = RunFixture.Noon;

    private readonly List<(string, DateTimeOffset)> expected = [("t", Noon), ("t", Noon.AddSeconds(1))];
    private readonly List<ReportRun> runs = [Run("a", 0), Run("b", 1)];
    private readonly List<ReceivedMail> mails = [Mail("a"), Mail("b")];

    [Fact]
    public void Everything_once_is_right() => Assert.Empty(Check().Problems);

    [Fact]
    public void A_due_time_without_a_run_and_one_with_two_are_found()
    {
        runs[1].DueAt = Noon;
        Assert.Contains("t 12:00:00: 2 runs", Check().Problems);
        Assert.Contains("t 12:00:01: no run", Check().Problems);
    }

    [Fact]
    public void A_run_that_nobody_asked_for_and_one_that_failed_are_found()
    {
        runs.Add(Run("c", 7));
        runs[0].Outcome = RunOutcome.Failed;
        Assert.Contains("t 12:00:07: nobody asked for it", Check().Problems);
        Assert.Contains(Check().Problems, problem => problem.StartsWith("t 12:00:00: Failed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mail_that_is_missing_doubled_or_of_no_run_is_found()
    {
        mails[0] = Mail("b");
        mails.Add(Mail("gone"));
        Assert.Contains("t 12:00:00: no mail", Check().Problems);
        Assert.Contains(Check().Problems,
            problem => problem.StartsWith("t 12:00:01: 2 mails of a run that ended as Succeeded; attempt 1", StringComparison.Ordinal));
        Assert.Contains("a mail of the run 'gone', which is not there", Check().Problems);
        Assert.Equal(1, Check().Repeated);
    }

    [Fact]
    public void A_mail_may_come_twice_where_it_was_in_doubt_and_is_to_be_sent_again_with_one_id()
    {
        mails.Add(Mail("b"));
        Assert.NotEmpty(Check(mayRepeat: true).Problems);
        runs[1].Warnings = ["it is sent again and may arrive twice."];
        Assert.Empty(Check(mayRepeat: true).Problems);
        Assert.NotEmpty(Check().Problems);
        mails[2].Message.MessageId = "another@example.com";
        Assert.Contains("t 12:00:01: several Message-Ids", Check(mayRepeat: true).Problems);
    }

    [Fact]
    public void One_id_of_two_reports_and_two_runs_of_a_task_at_once_are_found()
    {
        mails[1].Message.MessageId = mails[0].Message.MessageId!;
        runs[1].StartedAt = runs[0].StartedAt!.Value.AddMilliseconds(100);
        Assert.Equal(["a@example.com: the Message-Id of several runs", "t 12:00:00 and t 12:00:01 at once"], Check().Problems);
    }

    private static ReportRun Run(string id, int second) => new()
    {
        Id = id,
        TaskId = "t",
        DueAt = Noon.AddSeconds(second),
        StartedAt = Noon.AddSeconds(second),
        FinishedAt = Noon.AddSeconds(second).AddMilliseconds(500),
        Outcome = RunOutcome.Succeeded,
    };

    private static ReceivedMail Mail(string run)
    {
        var message = new MimeMessage { MessageId = $"{run}@example.com" };
        message.Headers.Add("X-Report-Run", run);
        return new ReceivedMail("r@example.com", ["ada@example.com"], message);
    }

    private FleetCheck Check(bool mayRepeat = false) => new(expected, runs, mails, mayRepeat);
}
