using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;

namespace ReportScheduler.Exports;

/// <summary>What an export made.</summary>
/// <param name="Files">Full paths.</param>
/// <param name="Datasets">The first rows of each dataset.</param>
/// <param name="DataAt">When the data was read, in the task's zone.</param>
internal sealed record ExportResult(IReadOnlyList<string> Files, IReadOnlyList<DatasetPreview> Datasets, DateTimeOffset DataAt)
{
    /// <summary>Colours, logo, font and footer.</summary>
    public Theme Theme { get; init; } = Theme.Standard;

    /// <summary>The key figures; null where the task asks for none.</summary>
    public KeyFigures? KeyFigures { get; init; }

    /// <summary>The parameters of the queries as people read them.</summary>
    public IReadOnlyList<ShownParameter> Parameters { get; init; } = [];

    /// <summary>What is other than in the last report, as a sentence in the language of the report; null for what the run says.</summary>
    public string? Changes { get; init; }

    /// <summary>Who looked at the rows; null for nobody.</summary>
    public IRowWatcher? Watcher { get; init; }

    /// <summary>The part of a split report that it is; null for a report that is not split.</summary>
    public SplitPart? Split { get; init; }

    /// <summary>What was made of the parts of a split report for its readers; null where that is still to be made.</summary>
    public IReadOnlyList<ReportDelivery>? Deliveries { get; init; }

    public long Rows => Datasets.Where(dataset => !dataset.IsOfComparison).Sum(dataset => dataset.Rows);
}
