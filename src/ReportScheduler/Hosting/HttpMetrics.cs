using System.Globalization;
using System.Text;
using ReportScheduler.Runs;

namespace ReportScheduler.Hosting;

/// <summary>The runner in the text format of Prometheus, version 0.0.4.</summary>
internal static class HttpMetrics
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <param name="counts">The runner.</param>
    /// <param name="earliestDue">The earliest due time of all tasks; null for none.</param>
    /// <param name="earliestDelivery">When the next mail is tried; null when none waits.</param>
    /// <param name="now">The time it is.</param>
    public static string Write(RunnerCounts counts, DateTimeOffset? earliestDue, DateTimeOffset? earliestDelivery, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Add(text, "due", "gauge", "Whether a due time has come that no runner has claimed.", earliestDue <= now ? 1 : 0);
        Add(text, "late_seconds", "gauge", "How long ago the oldest unclaimed due time was.", Seconds(now - earliestDue));
        Add(text, "running", "gauge", "Reports running in this runner.", counts.Running);
        Add(text, "queue", "gauge", "Reports that wait for their turn in this runner.", counts.Waiting);
        Add(text, "mail_late_seconds", "gauge", "How long ago the next attempt of waiting mail was due.", Seconds(now - earliestDelivery));
        Add(text, "succeeded_total", "counter", "Runs that succeeded, or had nothing to send, since this runner started.",
            Sum(counts, RunOutcome.Succeeded, RunOutcome.NoData));
        Add(text, "failed_total", "counter", "Runs that failed, wholly or in part, since this runner started.",
            Sum(counts, RunOutcome.Failed, RunOutcome.PartiallyDelivered, RunOutcome.Held, RunOutcome.Interrupted));
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string type, string help, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP reportscheduler_{name} {help}\n# TYPE reportscheduler_{name} {type}\nreportscheduler_{name} {value}\n");

    private static double Seconds(TimeSpan? late) => Math.Max(0, Math.Round(late?.TotalSeconds ?? 0, 3));

    private static long Sum(RunnerCounts counts, params RunOutcome[] outcomes) =>
        outcomes.Sum(outcome => counts.Finished.GetValueOrDefault(outcome));
}
