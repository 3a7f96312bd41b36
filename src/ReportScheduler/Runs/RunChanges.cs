using System.Globalization;
using ReportScheduler.Changes;
using ReportScheduler.Exports;
using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Runs;

/// <summary>What is other than in the last result, as datasets of a report and in words.</summary>
internal static class RunChanges
{
    /// <summary>Adds what is new, gone and other as datasets and says it in words.</summary>
    public static void End(ReportTask task, ReportRun run, RowComparison comparison, ReportExport export, Action<string> warn,
        CancellationToken cancel)
    {
        comparison.Complete();
        // the file of an earlier run would stay in the folder, and its rows are no changes of this one
        var keepsFiles = task is { Destination: not null, ExistingFile: ExistingFilePolicy.Overwrite };
        foreach (var dataset in task.ShowsChanges ? comparison.Datasets : [])
        {
            var values = new ChangedValues(export.Document, dataset);
            Add("Added", values.RowColumns, dataset.AddedRows, list => (list.Rows, list.Rows));
            Add("Removed", values.RowColumns, dataset.RemovedRows, list => (list.Rows, list.Rows));
            Add("Changed", values.CellColumns, dataset.ChangedCells, _ => (values.Cells(), values.Data()));
            if (dataset.ChangedCells.Total > dataset.Notes && task.Format.Contains(ReportFormat.Excel))
            {
                warn(string.Create(CultureInfo.InvariantCulture,
                    $"In the workbook the first {dataset.Notes:N0} changed cells of '{dataset.Name}' have a note with the value before."));
            }

            void Add(string what, IReadOnlyList<SourceColumn> columns, KeptList list,
                Func<KeptList, (IReadOnlyList<byte[]> People, IReadOnlyList<byte[]> Programs)> rowsOf)
            {
                if (columns.Count == 0 || (list.Total == 0 && !keepsFiles))
                {
                    return;
                }

                var isNamed = comparison.Datasets.Count > 1
                    || task.AllDatasets().Any(other => other.Name.Equals(what, StringComparison.OrdinalIgnoreCase));
                var (name, title) = (what, export.Document.Words[what.ToLowerInvariant()]);
                if (isNamed)
                {
                    (name, title) = ($"{dataset.Name} {name}", $"{dataset.Name} {title}");
                }

                if (list.Total == 0)
                {
                    export.AddEmptyFile(name, new KeptRows(columns, []), cancel);
                    return;
                }

                var (people, programs) = rowsOf(list);
                export.AddComparison(name, title, new KeptRows(columns, people), new KeptRows(columns, programs), cancel);
                if (list.Total > list.Rows.Count)
                {
                    warn($"'{name}' shows the first {list.Rows.Count} of {list.Total}.");
                }
            }
        }

        (run.Changes, export.Changes) = (In(ReportWords.Of(CultureInfo.InvariantCulture)), In(export.Document.Words));

        string In(ReportWords words) => new ChangeSentence(task, run, words).Of(comparison);
    }

    /// <summary>Says which columns of a dataset people are not to see.</summary>
    public static Func<string, string, bool> Hidden(ReportTask task) =>
        (dataset, column) => task.Dataset(dataset).Column(column)?.Hidden == true;
}
