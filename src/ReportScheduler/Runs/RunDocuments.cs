using ReportScheduler.Conditions;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Store;
using ReportScheduler.Templates;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>What the files of a run are made of beside its rows.</summary>
internal sealed class RunDocuments(IReportStore store, TimeProvider clock, RunComparison comparison)
{
    private readonly ParameterLines lines = new(store);

    /// <summary>Begins an attempt, in a folder of its own.</summary>
    public ReportDocument Begin(
        ReportTask task, ReportRun run, TimeZoneInfo zone, IReadOnlyList<ReportParameter> parameters, RunWarnings warnings)
    {
        // one for each attempt: a process that the run was taken over from may awake and go on writing
        for (var earlier = 1; earlier < run.Attempt; earlier++)
        {
            store.Files.RemoveFolder(store.Files.FolderOf(run.Id, earlier));
        }

        run.Folder = store.Files.FolderOf(run.Id, run.Attempt);
        store.Files.Create(run.Folder);
        RoomForReports.Check(run.Folder);
        var culture = ReportCulture.Of(task.Culture);
        var condition = Condition.OfSendWhen(task.SendWhen);
        var parts = comparison.BeginParts(task, run, zone, warnings.Add);
        return new ReportDocument
        {
            Task = task,
            DueAt = TimeZoneInfo.ConvertTime(run.DueAt, zone),
            DataAt = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone),
            Parameters = lines.Of(task, parameters, culture),
            Culture = culture,
            Theme = TaskTheme.Of(store, task, warnings.Add),
            LastFigures = RunFigures.Last(store, task),
            Folder = run.Folder,
            FileName = format => FileNames.Render(task, run, culture, zone, format),
            Warn = warnings.Add,
            // what is other than before is asked of each part
            Watcher = new ReportWatch(parts is { AsksEachPart: true } ? null : condition, comparison.Begin(task, run), Contract.Of(task))
            {
                Parts = parts,
            },
        };
    }
}
