using System.Globalization;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Splits;

namespace ReportScheduler.Runs;

/// <summary>Makes the files of a run: reads each dataset once, and shows its rows to all writers.</summary>
/// <param name="kinds">The kinds of sources that datasets are read from.</param>
/// <param name="delivery">Makes the mails of the parts of a split report.</param>
/// <param name="stages">Is told how far the run is.</param>
/// <param name="decision">Whether the parts are sent.</param>
internal sealed class RunExport(IReadOnlyList<IRowSources> kinds, RunDelivery delivery, RunStages stages, SendDecision decision)
{
    public ExportResult Make(
        ReportTask task, ReportRun run, RunOptions options, IReadOnlyList<ReportParameter> parameters, ReportDocument document,
        RunWarnings messages, Action<RunProgress> onProgress, CancellationToken cancel)
    {
        using var sources = new TaskSources(task, kinds,
            (kind, dataset) => kind.Open(task, dataset, task.Retry, new SourceTalk(messages.Add, document.Warn), cancel));
        var watch = document.Watcher as ReportWatch;
        using var comparing = watch?.Comparison;
        using var parts = watch?.Parts;
        using IReportExport export = task.SplitBy is null
            ? new ReportExport(document)
            : Split(task, run, options, document, sources, parameters, onProgress, cancel);
        var gaps = new RunGaps(task, run);
        watch?.Leave(gaps);
        long before = run.Rows = 0;
        foreach (var definition in task.Datasets)
        {
            var name = task.NameOf(definition);
            stages.Enter(run, RunStage.Query, onProgress);
            using var results = sources.Of(definition)
                .Query(new RowQuery(definition.Script ?? definition.Query, parameters, task.Timeout), cancel);
            gaps.Take(name, results);
            stages.Enter(run, RunStage.Export, onProgress);
            Add(name);
            using var names = FurtherNames(task, name).GetEnumerator();
            while (task.AllResults && results.Next() && names.MoveNext())
            {
                Add(names.Current);
            }

            FurtherResults.Warn(name, results, FurtherResults.InReport, document.Warn);

            void Add(string dataset)
            {
                export.Add(dataset, results, rows =>
                {
                    RoomForReports.Check(run.Folder!);
                    stages.Say(run);
                    onProgress(new RunProgress(run, RunStage.Export, run.Rows = before + rows));
                }, cancel);
                before = run.Rows;
            }
        }

        // the parts of a split report have neither: what they say is of the whole
        if (export is ReportExport whole)
        {
            if (comparing is not null)
            {
                RunChanges.End(task, run, comparing, whole, document.Warn, cancel);
            }

            gaps.Complete(whole, cancel);
        }
        else
        {
            // which parts there are is a question about the result; no file is made yet
            run.Stage = RunStage.Query;
        }

        return export.Complete(cancel);
    }

    /// <summary>The export of a report that is cut into one for each reader. Who the
    /// readers are is asked before the long queries.</summary>
    private SplitExport Split(
        ReportTask task, ReportRun run, RunOptions options, ReportDocument document, TaskSources sources,
        IReadOnlyList<ReportParameter> parameters, Action<RunProgress> onProgress, CancellationToken cancel)
    {
        var readers = SplitReaders.Read(task, sources.Of, parameters, document.Zone, document.Warn, cancel);
        return new SplitExport(document, run, new SplitRequest(readers, options.Keys, options.IsWanted)
        {
            Deliver = options.NoDelivery ? null : (part, export) => delivery.Make(part, run, export, options.RedirectTo),
            // the mails of the parts say what was found
            IsSent = document.Watcher is ReportWatch watch ? () => decision.AreSent(task, run, watch, document.Zone) : null,
            Comparison = (document.Watcher as ReportWatch)?.Parts,
            Unmet = options.UnmetKeys,
            IsTrial = options.IsTrial,
            RedirectTo = options.RedirectTo,
            Planned = () => stages.Enter(run, RunStage.Export, onProgress),
            CheckRoom = () => RoomForReports.Check(run.Folder!),
        });
    }

    /// <summary>Names for the further results of a query, with numbers that no dataset has.</summary>
    private static IEnumerable<string> FurtherNames(ReportTask task, string dataset) =>
        Enumerable.Range(2, int.MaxValue - 2).Select(number => string.Create(CultureInfo.InvariantCulture, $"{dataset} {number}"))
            .Where(name => !task.AllDatasets().Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
}
