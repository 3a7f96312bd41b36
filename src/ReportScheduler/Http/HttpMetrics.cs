using System.Globalization;
using System.Text;
using ReportScheduler.Runs;

namespace ReportScheduler.Http;

/// <summary>The runner in the text format of Prometheus, version 0.0.4.</summary>
internal static class HttpMetrics
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <param name="counts">The runner.</param>
    /// <param name="health">Whether it does its work.</param>
    /// <param name="refused">Calls that were refused since it started, by status.</param>
    /// <param name="earliestDue">The earliest due time of all tasks; null for none.</param>
    /// <param name="earliestDelivery">When the next mail is tried; null when none waits.</param>
    /// <param name="now">The time it is.</param>
    public static string Write(
        RunnerCounts counts, RunnerHealth health, IReadOnlyList<(int Status, long Count)> refused,
        DateTimeOffset? earliestDue, DateTimeOffset? earliestDelivery, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Add(text, "due", "gauge", "Whether a due time has come that no runner has claimed.", earliestDue <= now ? 1 : 0);
        Add(text, "late_seconds", "gauge", "How long ago the oldest unclaimed due time was.", Seconds(now - earliestDue));
        Add(text, "running", "gauge", "Reports running in this runner.", counts.Running);
        Add(text, "queue", "gauge", "Reports that wait for their turn in this runner.", counts.Waiting);
        Add(text, "mail_late_seconds", "gauge", "How long ago the next attempt of waiting mail was due.", Seconds(now - earliestDelivery));
        Add(text, "succeeded_total", "counter", "Runs that succeeded, or had nothing to send, since this runner started.",
            Sum(counts, RunOutcome.Succeeded, RunOutcome.NoData, RunOutcome.NotNeeded));
        Add(text, "failed_total", "counter", "Runs that failed, wholly or in part, since this runner started.",
            Sum(counts, RunOutcome.Failed, RunOutcome.PartiallyDelivered, RunOutcome.PartialData, RunOutcome.Held, RunOutcome.Interrupted));
        Add(text, "store_usable", "gauge", "Whether the store could be used within the last 30 seconds.", health.IsStoreUsable ? 1 : 0);
        if (health.LastPassAt is { } pass)
        {
            Add(text, "last_pass_timestamp_seconds", "gauge", "When this runner last checked what is due, in Unix seconds.",
                Math.Round(pass.ToUnixTimeMilliseconds() / 1000.0, 3));
        }

        AddRefused(text, refused);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string type, string help, double value) =>
        text.Append(CultureInfo.InvariantCulture,
            $"# HELP reportscheduler_{name} {help}\n# TYPE reportscheduler_{name} {type}\nreportscheduler_{name} {value}\n");

    private static void AddRefused(StringBuilder text, IReadOnlyList<(int Status, long Count)> refused)
    {
        text.Append("# HELP reportscheduler_http_refused_total HTTP calls that were refused since this runner started.\n# TYPE "
            + "reportscheduler_http_refused_total counter\n");
        foreach (var (status, count) in refused)
        {
            text.Append(CultureInfo.InvariantCulture, $"reportscheduler_http_refused_total{{status=\"{status}\"}} {count}\n");
        }
    }

    private static double Seconds(TimeSpan? late) => Math.Max(0, Math.Round(late?.TotalSeconds ?? 0, 3));

    private static long Sum(RunnerCounts counts, params RunOutcome[] outcomes) =>
        outcomes.Sum(outcome => counts.Finished.GetValueOrDefault(outcome));
}
