using ReportScheduler.Rows;
using ReportScheduler.Store;

namespace ReportScheduler.Sources;

/// <summary>Queries that run on many servers, whose rows become one dataset.</summary>
internal sealed class GatherSources(IReportStore store) : IRowSources
{
    public string? KeyOf(ReportTask task, ReportDataset dataset) => task.IsGathered(dataset) ? task.NameOf(dataset) : null;

    /// <summary>Each server has the time limit of the task to itself.</summary>
    public int Turns(ReportTask task) => task.Datasets.Where(task.IsGathered).Sum(dataset => GatherTargets.Of(store, task, dataset).Count);

    public IRowSource Open(ReportTask task, ReportDataset dataset, int retry, SourceTalk talk, CancellationToken cancel) =>
        new GatherSource(store, task, dataset, GatherTargets.Of(store, task, dataset), retry, talk);
}
