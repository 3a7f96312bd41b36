using ReportScheduler.Changes;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Compares the result of a run with the last one of its task that was delivered, and keeps it for the next.</summary>
internal sealed class RunComparison(IReportStore store)
{
    private const string Name = "result";

    /// <summary>Begins a comparison; null for a task that asks for none.</summary>
    public RowComparison? Begin(ReportTask task, ReportRun run)
    {
        return task.KeyColumn.Length == 0 || task.SplitBy is not null
            ? null
            : WithLast(task, run, before => new RowComparison(task.KeyColumn, PathOf(run), before)
            {
                Hidden = RunChanges.Hidden(task),
            });
    }

    /// <summary>Begins a comparison of each part of a split report; null for a task that asks for none.</summary>
    public PartComparison? BeginParts(ReportTask task, ReportRun run, TimeZoneInfo zone, Action<string> warn)
    {
        return task.KeyColumn.Length == 0 || task.SplitBy is not { } splitBy
            ? null
            : WithLast(task, run, before => new PartComparison(task, run, zone, warn, PathOf(run), before is null
                ? null
                : PartBaselines.Open(before, PathOf(run) + ".before", splitBy, task.State.ResultUndelivered)));
    }

    /// <summary>Keeps the result of a run that goes to its readers, for when it is delivered.</summary>
    public void Keep(ReportTask task, ReportRun run, RunOptions options)
    {
        if (task.KeyColumn.Length > 0 && !options.IsTrial && !RunQuestion.IsOther(task, run))
        {
            store.Files.KeepResult(task.Id, run.Id, PathOf(run), task.State.ResultRunId);
            run.IsResultKept = true;
        }

        Leave(task, run);
    }

    /// <summary>Removes the result from the run's folder.</summary>
    public static void Leave(ReportTask task, ReportRun run)
    {
        if (task.KeyColumn.Length > 0)
        {
            File.Delete(PathOf(run));
        }
    }

    private T WithLast<T>(ReportTask task, ReportRun run, Func<string?, T> begin)
    {
        var before = Path.Combine(run.Folder!, Name + ".last");
        File.Delete(before);
        var isThere = !RunQuestion.IsOther(task, run) && task.State.ResultRunId is { } last
            && store.Files.FetchResult(task.Id, last, before);
        try
        {
            return begin(isThere ? before : null);
        }
        finally
        {
            File.Delete(before);
        }
    }

    private static string PathOf(ReportRun run) => Path.Combine(run.Folder!, Name);
}
