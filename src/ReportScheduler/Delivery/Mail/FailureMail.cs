using System.Globalization;
using MimeKit;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The mail that tells the owner of a task that a run failed, was interrupted or missed,
/// that its runs work again, or that a secret which they need ends soon.</summary>
internal static class FailureMail
{
    /// <summary>Fills the delivery: its recipient, Message-Id and saved message in the run's folder.</summary>
    /// <param name="notice">The delivery.</param>
    /// <param name="task">The task.</param>
    /// <param name="run">The run that failed, was interrupted or missed, or the first one that did not fail.</param>
    /// <param name="storePath">The store, of all the stores that mail this owner.</param>
    /// <param name="owner">Who gets it.</param>
    /// <param name="server">Who it is from.</param>
    /// <param name="failures">How many runs failed in a row.</param>
    /// <param name="nextRunAt">When the task is due next; null when it is not.</param>
    /// <param name="pauses">This failure is the one after which the task pauses itself.</param>
    /// <param name="now">The date of the message.</param>
    /// <exception cref="ReportException">The message cannot be made or saved.</exception>
    public static void Compose(
        ReportDelivery notice, ReportTask task, ReportRun run, string storePath, string owner, ReportMailServer server, int failures,
        DateTimeOffset? nextRunAt, bool pauses, DateTimeOffset now)
    {
        // of a report that fails because its zone is not known people must hear as well
        var zone = Zones.FindOrUtc(task.TimeZone);
        var isMissed = run.Outcome == RunOutcome.Missed;
        var isMissing = run.IsFailure || run.IsCutOff || isMissed;
        var isEnding = !isMissing && failures == 0 && run.SecretEnds is not null;
        string Time(DateTimeOffset at) =>
            $"{Clock(at)} {TimeZoneInfo.ConvertTime(at, zone):zzz} ({(zone.Equals(TimeZoneInfo.Utc) ? "UTC" : task.TimeZone)})";
        string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone)
            .ToString(at.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

        List<(string Name, string? Value)> facts =
        [
            ("Report", task.Name),
            ("Due at", Time(run.DueAt)),
            ("Outcome", run.Outcome.ToString()),
            ("Stage", isMissing && !isMissed ? run.Stage.ToString() : null),
            ("What went wrong", isMissing ? run.Error : null),
            (run.IsFailure ? "Failures in a row" : "Failures before", failures > 0 && !isMissed && !run.IsCutOff ? $"{failures}" : null),
            ("Next run", nextRunAt is { } next
                ? Time(next)
                : pauses
                ? $"none: it was paused automatically. Enable-ReportTask {PowerShellText.Quoted(task.Name)} resumes it"
                : "none"),
            ("Warnings", isMissing || run.Warnings.Length == 0 ? null : string.Join(" ", run.Warnings)),
            (isMissed ? "Produce it with" : run.IsBlocked ? "Release it with" : "Run again with", isMissing ? Command(run) : null),
            ("Run", run.Id),
            ("Computer", Environment.MachineName),
            ("Store", storePath),
        ];
        facts.RemoveAll(fact => fact.Value is null);
        var headline = run.IsFailure
            ? $"The report '{task.Name}' {Trouble(run)}{(pauses ? " and was paused automatically" : "")}."
            : run.IsCutOff ? $"The report '{task.Name}' was "
                + $"{(run.ErrorId == "RunStopped" ? "stopped by a person" : "interrupted when its runner was stopped")}."
            : isMissed ? $"The report '{task.Name}' was not produced when it was due."
            : isEnding ? $"The report '{task.Name}' was produced, and a secret that it signs in with expires soon."
            : $"The report '{task.Name}' is running normally again.";

        using var message = MailComposer.New(server, TimeZoneInfo.ConvertTime(now, zone));
        var mailbox = MailAddresses.Parse(owner);
        message.To.Add(mailbox);
        var state = pauses ? "PAUSED"
            : run.IsBlocked ? "HELD"
            : run.Outcome == RunOutcome.PartialData ? "INCOMPLETE"
            : run.IsFailure ? "FAILED"
            : run.IsCutOff ? "CANCELLED"
            : isMissed ? "MISSED"
            : isEnding ? "EXPIRES SOON"
            : "Recovered";
        message.Subject = $"{state}: {task.Name} {Clock(run.DueAt)}";
        message.Body = new BodyBuilder { TextBody = Plain(headline, facts), HtmlBody = Html(headline, facts) }.ToMessageBody();
        notice.Recipients = [new DeliveryRecipient { Address = mailbox.Address }];
        MailComposer.Save(message, notice, run.Folder!, $"{(isMissing ? "failure" : "recovery")}.eml");
    }

    private static string Trouble(ReportRun run) => run.Outcome switch
    {
        RunOutcome.Failed => "failed",
        _ when run.IsBlocked => "is held: its result is not as expected",
        RunOutcome.PartialData => "was produced without the rows of some of its servers",
        _ => "may not have reached all recipients",
    };

    /// <summary>What brings the report to people after all. A report that was made is sent, not queried, again.</summary>
    private static string Command(ReportRun run) => run.Stage == RunStage.Deliver && run.Deliveries.Length > 0
        ? $"Send-ReportRun -Id {run.Id} {(run.IsBlocked ? "-Release" : "-FailedOnly")}"
        : AgainCommand.Of(run);

    private static string Plain(string headline, List<(string Name, string? Value)> facts)
    {
        var width = facts.Max(fact => fact.Name.Length);
        return $"{headline}\n\n{string.Concat(facts.Select(fact => $"{(fact.Name + ":").PadRight(width + 2)}{fact.Value}\n"))}";
    }

    private static string Html(string headline, List<(string Name, string? Value)> facts) =>
        MailHtml.Standard.Begin(headline, "en", headline) + MailHtml.Standard.Block(new MailTable(MailHtml.Standard).Facts(facts))
            + MailHtml.Standard.Footer("Sent by ReportScheduler to the owner of the report.");
}
