using System.Globalization;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>What happens in a runner, in lines that people read.</summary>
internal static class RunnerText
{
    public static IEnumerable<string> Lines(RunnerEvent happened, int mostListed)
    {
        switch (happened)
        {
            case RunnerEvent.Loaded(var tasks):
                yield return $"{tasks.Count} report {(tasks.Count == 1 ? "task" : "tasks")} loaded, "
                    + $"{tasks.Count(task => task.NextRunAt is not null)} with a next run.";
                foreach (var task in tasks.OrderBy(task => task.NextRunAt ?? DateTimeOffset.MaxValue).Take(mostListed))
                {
                    yield return $"  {task.Name}: "
                        + (task.NextRunAt is { } next ? $"next run {InstantText.Of(next)}" : task.Enabled ? "no next run" : "disabled");
                }

                if (tasks.Count > mostListed)
                {
                    yield return $"  and {tasks.Count - mostListed} more.";
                }

                break;
            case RunnerEvent.Requested(var runs):
                yield return $"{runs.Count} {(runs.Count == 1 ? "run" : "runs")} asked for over HTTP.";
                break;
            case RunnerEvent.Started({ IsRecordOnly: true } or { IsFinal: true }):
                break;
            case RunnerEvent.Started(var run):
                yield return $"{run.TaskName}: started for {InstantText.Of(run.DueAt)}";
                break;
            case RunnerEvent.Finished(var run, var next):
                yield return (run.Outcome == RunOutcome.Missed
                    ? $"{run.TaskName}: Missed: {RunDescription.DescribeMissed(run).TrimEnd('.')}"
                    : $"{run.TaskName}: {run.Outcome}, {run.Rows.ToString("N0", CultureInfo.InvariantCulture)} "
                        + $"{(run.Rows == 1 ? "row" : "rows")}"
                    + (run.Duration is { } duration ? $" in {duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s" : "")
                    + (run.Error is { } error ? $": {error.TrimEnd('.')}" : ""))
                    + string.Concat(run.Warnings.Select(warning => $"; warning: {warning.TrimEnd('.')}"))
                    + string.Concat(run.Messages.Select(message => $"; message of the source: {message.TrimEnd('.')}"))
                    + (next is { } at ? $"; next run {InstantText.Of(at)}" : "");
                break;
            case RunnerEvent.TakenOver(var run):
                yield return $"{run.TaskName}: {TakenOver(run)}";
                break;
            case RunnerEvent.Note(var text):
                yield return text;
                break;
            case RunnerEvent.Trouble(var message):
                yield return $"Problem: {message}";
                break;
            case RunnerEvent.Ended:
                yield return "The runner has ended.";
                break;
            case RunnerEvent.Stopping(var running):
                yield return running == 1
                    ? "Stopping: waiting for the running report."
                    : $"Stopping: waiting for {running} running reports.";
                break;
        }
    }

    /// <summary>How much it asks for attention.</summary>
    public static RunnerEventLevel Level(RunnerEvent happened) => happened switch
    {
        RunnerEvent.Trouble => RunnerEventLevel.Error,
        RunnerEvent.Finished({ IsFailure: true }, _) => RunnerEventLevel.Error,
        RunnerEvent.Finished({ Outcome: RunOutcome.Missed or RunOutcome.Cancelled or RunOutcome.Delivering }
            or { Warnings.Length: > 0 }, _) => RunnerEventLevel.Warning,
        RunnerEvent.TakenOver => RunnerEventLevel.Warning,
        _ => RunnerEventLevel.Information,
    };

    /// <summary>The run that it is about; null when it is about none, or several.</summary>
    public static ReportRun? RunOf(RunnerEvent happened) => happened switch
    {
        RunnerEvent.Started(var run) => run,
        RunnerEvent.Finished(var run, _) => run,
        RunnerEvent.TakenOver(var run) => run,
        RunnerEvent.Requested([var run]) => run,
        _ => null,
    };

    /// <summary>What became of a run that another process took over from this one.</summary>
    public static string TakenOver(ReportRun run) => "taken over by another process, because this one did not respond for too long; "
        + (run.IsFinal ? $"the other process recorded {run.Outcome}" : $"it is {run.Outcome} there");
}
