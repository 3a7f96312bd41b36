namespace ReportScheduler.Store;

/// <summary>The results that later ones are compared with, on their way to another place.</summary>
internal static class KeptResults
{
    /// <summary>Copies those that tasks compare with, and those of runs that may still become these.</summary>
    /// <param name="store">Whose tasks and runs.</param>
    /// <param name="from">Where they are.</param>
    /// <param name="to">Where they go.</param>
    public static void Copy(IReportStore store, IRunFiles from, IRunFiles to)
    {
        var last = store.GetStates().Where(state => state.ResultRunId is not null)
            .ToDictionary(state => state.TaskId, state => state.ResultRunId!, StringComparer.Ordinal);
        var waiting = store.GetRuns(new RunFilter { Outcomes = [RunOutcome.Delivering, RunOutcome.Held] })
            .Where(run => run.IsResultKept).Select(run => (run.TaskId, RunId: run.Id));
        var folder = Directory.CreateTempSubdirectory("report-results").FullName;
        try
        {
            var path = Path.Combine(folder, "result");
            foreach (var (task, run) in waiting.Concat(last.Select(each => (TaskId: each.Key, RunId: each.Value))).Distinct())
            {
                // one that is gone meanwhile lets its comparison begin anew
                if (from.FetchResult(task, run, path))
                {
                    to.KeepResult(task, run, path, last.GetValueOrDefault(task));
                    File.Delete(path);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
