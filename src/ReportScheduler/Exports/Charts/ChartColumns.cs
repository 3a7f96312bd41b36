using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Charts;

/// <summary>The columns that the chart of a dataset draws.</summary>
/// <remarks>
/// Without X the first column is the axis (beside the only column of numbers, the first other one), without Y the first column of numbers
/// beside it is drawn.
/// </remarks>
/// <param name="X">The axis; null when the dataset lacks it.</param>
/// <param name="Y">What is drawn.</param>
/// <param name="Missing">What the dataset lacks, in words; null when the chart can be drawn.</param>
internal sealed record ChartColumns(LaidOutColumn? X, IReadOnlyList<LaidOutColumn> Y, string? Missing)
{
    public static ChartColumns Of(ReportChart chart, IReadOnlyList<LaidOutColumn> columns)
    {
        LaidOutColumn? Find(string name) =>
            columns.FirstOrDefault(column => column.Column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var x = chart.X is { } axis ? Find(axis) : columns[0];
        if (chart.X is null && chart.Y.Length == 0 && columns.Count(column => column.IsNumber) == 1)
        {
            // a number that stands before its name
            x = columns.FirstOrDefault(column => !column.IsNumber) ?? x;
        }
        List<LaidOutColumn?> y = chart.Y.Length > 0
            ? [.. chart.Y.Select(Find)]
            : [columns.FirstOrDefault(column => column.IsNumber && column != x)];
        var missing = x is null
            ? $"the column '{chart.X}'"
            : !y.Contains(null)
            ? null
            : Array.Find(chart.Y, name => Find(name) is null) is { } lost
            ? $"the column '{lost}'"
            : "a column of numbers";
        var found = y.OfType<LaidOutColumn>();
        return new ChartColumns(x, [.. chart.Kind == ChartKind.Pie ? found.Take(1) : found], missing);
    }
}
