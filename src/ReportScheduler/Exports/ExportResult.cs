namespace ReportScheduler.Exports;

/// <summary>What an export made.</summary>
internal sealed record ExportResult(IReadOnlyList<string> Files, IReadOnlyList<DatasetPreview> Datasets)
{
    public long Rows => Datasets.Sum(dataset => dataset.Rows);
}
