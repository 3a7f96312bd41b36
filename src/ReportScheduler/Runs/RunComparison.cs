using System.Globalization;
using ReportScheduler.Changes;
using ReportScheduler.Exports;
using ReportScheduler.Rows;
using ReportScheduler.Store;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Compares the result of a run with the last one of its task that was delivered, and keeps it for the next.</summary>
internal sealed class RunComparison(IReportStore store)
{
    private const string Name = "result";

    /// <summary>Begins a comparison; null for a task that asks for none.</summary>
    public RowComparison? Begin(ReportTask task, ReportRun run)
    {
        if (task.KeyColumn.Length == 0)
        {
            return null;
        }

        var before = Path.Combine(run.Folder!, Name + ".last");
        File.Delete(before);
        var isThere = task.State.ResultRunId is { } last && store.Files.FetchResult(task.Id, last, before);
        try
        {
            return new RowComparison(task.KeyColumn, PathOf(run), isThere ? before : null);
        }
        finally
        {
            File.Delete(before);
        }
    }

    /// <summary>Adds what is new, gone and other as datasets, says it in words, and keeps the result.</summary>
    public static void End(ReportTask task, ReportRun run, RowComparison comparison, ReportExport export, Action<string> warn,
        CancellationToken cancel)
    {
        comparison.Complete();
        foreach (var dataset in task.ShowsChanges && export is ReportExport ? comparison.Datasets : [])
        {
            Add("Added", dataset.Columns, dataset.AddedRows);
            Add("Removed", dataset.Columns, dataset.RemovedRows);
            Add("Changed", dataset.CellColumns, dataset.ChangedCells);
            if (dataset.ChangedCells.Total > dataset.Notes && task.Format.Contains(ReportFormat.Excel))
            {
                warn(string.Create(CultureInfo.InvariantCulture,
                    $"In the workbook the first {dataset.Notes:N0} changed cells of '{dataset.Name}' have a note with the value before."));
            }

            void Add(string what, IReadOnlyList<SourceColumn> columns, KeptList list)
            {
                if (list.Total == 0)
                {
                    return;
                }

                var name = comparison.Datasets.Count > 1 || task.AllDatasets()
                    .Any(other => other.Name.Equals(what, StringComparison.OrdinalIgnoreCase)) ? $"{dataset.Name} {what}" : what;
                export.AddComparison(name, new KeptRows(columns, list.Rows), cancel);
                if (list.Total > list.Rows.Count)
                {
                    warn($"'{name}' shows the first {list.Rows.Count} of {list.Total}.");
                }
            }
        }

        run.Changes = Words(task, comparison);
    }

    /// <summary>Keeps the result of a run that is not a test, for when it is delivered.</summary>
    public void Keep(ReportTask task, ReportRun run)
    {
        if (task.KeyColumn.Length > 0 && !run.IsTest)
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

    private static string PathOf(ReportRun run) => Path.Combine(run.Folder!, Name);

    private static string Words(ReportTask task, RowComparison comparison)
    {
        var since = task.State.ResultDueAt is { } at ? $" since {InstantText.Of(at, task.TimeZone)}" : "";
        return EnglishText.List(comparison.Datasets.Select(dataset => (comparison.Datasets.Count > 1 ? $"{dataset.Name}: " : "") + (
            dataset.IsFirst
                ? comparison.IsAnew ? "the columns are others than those of the last result, so that the comparison begins anew"
                    : "this is the first result, and later ones are compared with it"
                : $"{dataset.Added} {(dataset.Added == 1 ? "row" : "rows")} added, {dataset.Removed} removed and {dataset.Changed} "
                    + $"changed{since}")), "and");
    }
}
