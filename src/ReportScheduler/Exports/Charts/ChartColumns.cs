using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Charts;

/// <summary>The columns that the chart of a dataset draws.</summary>
/// <remarks>
/// Without X the first column is the axis (beside the only column of numbers, the first other one), without Y the first column of numbers
/// beside it is drawn.
/// </remarks>
/// <param name="X">The axis; null when the dataset lacks it.</param>
/// <param name="Y">What is drawn.</param>
/// <param name="SeriesBy">The column each of whose values is a series; null for none.</param>
/// <param name="Missing">What the dataset lacks, in words; null when the chart can be drawn.</param>
internal sealed record ChartColumns(LaidOutColumn? X, IReadOnlyList<LaidOutColumn> Y, LaidOutColumn? SeriesBy, string? Missing)
{
    public static ChartColumns Of(ReportChart chart, IReadOnlyList<LaidOutColumn> columns)
    {
        LaidOutColumn? Find(string name) =>
            columns.FirstOrDefault(column => column.Column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var by = chart.SeriesBy is { } split ? Find(split) : null;
        var second = chart.SecondAxis.Where(name => !chart.Y.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        var free = columns.Where(column => column != by && !second.Contains(column.Column.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        var x = chart.X is { } axis ? Find(axis) : free.FirstOrDefault();
        if (chart.X is null && chart.Y.Length == 0 && free.Count(column => column.IsNumber) == 1)
        {
            // a number that stands before its name
            x = free.Find(column => !column.IsNumber) ?? x;
        }

        List<LaidOutColumn?> y = chart.Y.Length > 0
            ? [.. chart.Y.Select(Find)]
            : [free.Find(column => column.IsNumber && column != x)];
        y.AddRange(second.Select(Find));
        var missing = Array.Find([chart.X, .. chart.Y, .. second, chart.SeriesBy],
            name => name is not null && Find(name) is null) is { } lost
            ? $"the column '{lost}'"
            : y.Contains(null) || x is null ? "a column of numbers" : null;
        var found = y.OfType<LaidOutColumn>();
        return new ChartColumns(x, [.. chart.Kind == ChartKind.Pie ? found.Take(1) : found], by, missing);
    }
}
