using ReportScheduler.Exports;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Whether the report that a run made goes to its readers.</summary>
internal sealed class SendDecision(IReportStore store, TimeProvider clock)
{
    private readonly RunContract contract = new(store);

    /// <summary>What is not as expected of the result; null when all is, or nothing was.</summary>
    public ReportException? Violation(ReportTask task, ReportRun run, ExportResult export, TimeZoneInfo zone) =>
        export.Watcher is ReportWatch watch ? contract.Check(task, run, watch, zone) : null;

    /// <summary>Whether a report that is made whole is sent.</summary>
    public bool IsWanted(ReportTask task, ReportRun run, ExportResult export, TimeZoneInfo zone) => export.Watcher switch
    {
        ReportWatch { Parts: { AsksEachPart: true } parts } => parts.IsSent,
        // what a result that is not as expected says of its condition is not to be trusted
        ReportWatch { Condition: { } watch } => RunCondition.IsWanted(task, run, watch, zone, clock.GetUtcNow())
            || run.Violations.Length > 0,
        _ => true,
    };

    /// <summary>Whether the parts of a report are sent. Their mails say what is not as expected: it has to be known before they are
    /// made.</summary>
    public bool AreSent(ReportTask task, ReportRun run, ReportWatch watch, TimeZoneInfo zone)
    {
        contract.Check(task, run, watch, zone);
        return watch.Condition is not { } condition || RunCondition.IsWanted(task, run, condition, zone, clock.GetUtcNow())
            || run.Violations.Length > 0;
    }
}
