using System.Globalization;
using ReportScheduler.Changes;
using ReportScheduler.Exports;
using ReportScheduler.Rows;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>What is other than in the last result, as datasets of a report and in words.</summary>
internal static class RunChanges
{
    /// <summary>Adds what is new, gone and other as datasets and says it in words.</summary>
    public static void End(ReportTask task, ReportRun run, RowComparison comparison, ReportExport export, Action<string> warn,
        CancellationToken cancel)
    {
        comparison.Complete();
        foreach (var dataset in task.ShowsChanges && export is ReportExport ? comparison.Datasets : [])
        {
            Add("Added", dataset.ShownColumns, dataset.AddedRows);
            Add("Removed", dataset.ShownColumns, dataset.RemovedRows);
            Add("Changed", dataset.CellColumns, dataset.ChangedCells);
            if (dataset.ChangedCells.Total > dataset.Notes && task.Format.Contains(ReportFormat.Excel))
            {
                warn(string.Create(CultureInfo.InvariantCulture,
                    $"In the workbook the first {dataset.Notes:N0} changed cells of '{dataset.Name}' have a note with the value before."));
            }

            void Add(string what, IReadOnlyList<SourceColumn> columns, KeptList list)
            {
                if (list.Total == 0 || columns.Count == 0)
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

        run.Changes = RunQuestion.IsOther(task, run) ? RunQuestion.Words : Words(task, comparison) + Missing(run);
    }

    /// <summary>Says which columns of a dataset people are not to see.</summary>
    public static Func<string, string, bool> Hidden(ReportTask task) =>
        (dataset, column) => task.Dataset(dataset).Column(column)?.Hidden == true;

    /// <summary>What becomes of rows that are missing, as the end of a sentence; empty when none are.</summary>
    public static string Missing(ReportRun run) => run.MissingConnections.Length == 0 ? ""
        : $"; rows of {EnglishText.List(run.MissingConnections, "and")} are missing, and their last ones are kept to compare with";

    private static string Words(ReportTask task, RowComparison comparison)
    {
        var since = Since(task);
        return EnglishText.List(comparison.Datasets.Select(dataset => (comparison.Datasets.Count > 1 ? $"{dataset.Name}: " : "") + (
            dataset.IsFirst
                ? comparison.IsAnew ? "the columns are others than those of the last result, so that the comparison begins anew"
                    : "this is the first result, and later ones are compared with it"
                : Counted(dataset.Added, dataset.Removed, dataset.Changed) + since)), "and");
    }

    /// <summary>How many rows are new, gone and other.</summary>
    public static string Counted(long added, long removed, long changed) =>
        $"{added} {(added == 1 ? "row" : "rows")} added, {removed} removed and {changed} changed";

    /// <summary>When what is compared with was delivered, as the end of a sentence.</summary>
    public static string Since(ReportTask task) =>
        task.State.ResultDueAt is { } at ? $" since {InstantText.Of(at, task.TimeZone)}" : "";
}
