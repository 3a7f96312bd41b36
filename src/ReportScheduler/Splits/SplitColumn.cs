using ReportScheduler.Rows;

namespace ReportScheduler.Splits;

/// <summary>The column by whose values a report is split.</summary>
internal static class SplitColumn
{
    /// <exception cref="ReportException">The dataset has no such column.</exception>
    public static SourceColumn Of(ReportTask task, string dataset, IReadOnlyList<SourceColumn> columns) =>
        columns.FirstOrDefault(column => column.Name.Equals(task.SplitBy!.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw SplitErrors.SplitColumnMissing(dataset, task.SplitBy!, [.. columns.Select(column => column.Name)]);
}
