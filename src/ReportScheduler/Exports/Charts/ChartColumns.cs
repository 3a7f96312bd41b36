using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Charts;

/// <summary>The columns that the chart of a dataset draws.</summary>
/// <remarks>
/// Without -ChartX the first column is the axis (beside the only column of numbers, the first other one), without -ChartY the first column of numbers beside it is drawn. A key <c>Dataset.column</c> is meant for
/// that dataset only: one whose -ChartY all belong to others has no chart.
/// </remarks>
/// <param name="X">The axis; null when the dataset lacks it.</param>
/// <param name="Y">What is drawn.</param>
/// <param name="Missing">What the dataset lacks, in words; null when the chart can be drawn.</param>
internal sealed record ChartColumns(LaidOutColumn? X, IReadOnlyList<LaidOutColumn> Y, string? Missing)
{
    public static ChartColumns Of(ReportTask task, string dataset, IReadOnlyList<LaidOutColumn> columns)
    {
        LaidOutColumn? Find(string key) => columns.FirstOrDefault(column => ColumnLayout.Names(key, dataset, column.Column));
        var x = task.ChartX is { } axis ? Find(axis) : columns[0];
        if (task.ChartX is null && task.ChartY.Length == 0 && columns.Count(column => column.IsNumber) == 1)
        {
            // a number that stands before its name
            x = columns.FirstOrDefault(column => !column.IsNumber) ?? x;
        }
        var keys = task.ChartY.Where(key => Find(key) is not null || !IsOfAnother(task, dataset, key)).ToList();
        List<LaidOutColumn?> y = keys.Count > 0
            ? [.. keys.Select(Find)]
            : [task.ChartY.Length > 0 ? null : columns.FirstOrDefault(column => column.IsNumber && column != x)];
        var missing = x is null ? $"the column '{task.ChartX}'" : !y.Contains(null) ? null : keys.Find(key => Find(key) is null) is { } lost ? $"the column '{lost}'" : "a column of numbers";
        var found = y.OfType<LaidOutColumn>();
        return new ChartColumns(x, [.. task.Chart == ChartKind.Pie ? found.Take(1) : found], missing);
    }

    private static bool IsOfAnother(ReportTask task, string dataset, string key) =>
        task.AllDatasets().Any(other => !other.Name.Equals(dataset, StringComparison.OrdinalIgnoreCase) && key.StartsWith(other.Name + ".", StringComparison.OrdinalIgnoreCase))
        || (task.AllResults && key.Contains('.', StringComparison.Ordinal) && task.AllDatasets().Any(other => key.StartsWith(other.Name, StringComparison.OrdinalIgnoreCase)));
}
