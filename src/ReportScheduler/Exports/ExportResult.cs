using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports;

/// <summary>What an export made.</summary>
/// <param name="Files">Full paths.</param>
/// <param name="Datasets">The first rows of each dataset.</param>
/// <param name="DataAt">When the data was read, in the task's zone.</param>
internal sealed record ExportResult(IReadOnlyList<string> Files, IReadOnlyList<DatasetPreview> Datasets, DateTimeOffset DataAt)
{
    /// <summary>The parameters of the queries as people read them.</summary>
    public IReadOnlyList<ShownParameter> Parameters { get; init; } = [];

    /// <summary>Who looked at the rows; null for nobody.</summary>
    public IRowWatcher? Watcher { get; init; }

    public long Rows => Datasets.Where(dataset => !dataset.IsOfComparison).Sum(dataset => dataset.Rows);
}
