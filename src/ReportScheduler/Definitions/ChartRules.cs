using ReportScheduler.Text;

namespace ReportScheduler.Definitions;

/// <summary>Which options of a chart go together.</summary>
internal static class ChartRules
{
    private const int MostCharts = 20;

    /// <exception cref="ReportException">ChartNotUsable.</exception>
    public static void Check(ReportDataset dataset, string name)
    {
        if (dataset.Charts.Length > MostCharts)
        {
            throw DefinitionErrors.DatasetNotUsable(name, $"it has {dataset.Charts.Length} charts, and a dataset can have {MostCharts}");
        }

        foreach (var chart in dataset.Charts)
        {
            Check(chart);
        }
    }

    /// <exception cref="ReportException">ChartNotUsable.</exception>
    public static void Check(ReportChart chart)
    {
        var (reason, remedy) = OfPie(chart) ?? OfColumns(chart) ?? OfSeries(chart) ?? OfAxes(chart) ?? ("", "");
        if (reason.Length > 0)
        {
            throw DefinitionErrors.ChartNotUsable($"{chart}", reason, remedy);
        }
    }

    private static (string Reason, string Remedy)? OfPie(ReportChart chart) =>
        chart.Kind != ChartKind.Pie ? null
        : chart.SeriesBy is { } by
        ? ($"-SeriesBy '{by}' makes several series, and a pie has one", "Give StackedBar, or leave -SeriesBy out.")
        : chart.SecondAxis.Length > 0 ? ("a pie has no axis, so it has no -SecondAxis", "Give Bar or Line, or leave -SecondAxis out.")
        : chart.Target is { } target ? ($"a pie has no axis on which the -Target {Number(target)} could stand",
            "Give Bar or Line, or leave -Target out.")
        : chart.By is { } period ? ($"-By {period} puts dates along an axis together, and a pie has none",
            "Give Bar or Line, or leave -By out.")
        : null;

    private static (string Reason, string Remedy)? OfColumns(ReportChart chart)
    {
        if (chart.Y.Concat(chart.SecondAxis).Append(chart.SeriesBy ?? "-").Any(string.IsNullOrWhiteSpace))
        {
            return ("a name of a column is empty", "Give the names of columns of the query.");
        }

        var twice = chart.Y.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key
            ?? chart.SecondAxis.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is not null ? ($"it draws the column '{twice}' twice", "Name each column once.")
            : chart.Target is { } target && !double.IsFinite(target) ? ($"its -Target is '{Number(target)}'", "Give a number.")
            : null;
    }

    private static (string Reason, string Remedy)? OfSeries(ReportChart chart) =>
        chart.SeriesBy is not { } by ? null
        : chart.Y.Length > 1
            ? ($"-SeriesBy '{by}' makes the series of one column, and -Y names {chart.Y.Length}: {EnglishText.List(chart.Y)}",
                "Name one column in -Y, or leave -SeriesBy out.")
        : chart.SecondAxis.Length > 0 ? ($"-SeriesBy '{by}' makes the series, so -SecondAxis '{chart.SecondAxis[0]}' cannot be one of them",
            "Leave one of the two out.")
        : by.Equals(chart.X, StringComparison.OrdinalIgnoreCase) || Array.Exists(chart.Y, name => Same(name, by))
            ? ($"-SeriesBy '{by}' is a column that the chart draws already", "Name a third column, such as the year of a month.")
        : null;

    private static (string Reason, string Remedy)? OfAxes(ReportChart chart) =>
        chart.SecondAxis.Length == 0 ? null
        : chart.Kind == ChartKind.HorizontalBar ? ("bars that lie have one axis, so it has no -SecondAxis",
            "Give Bar or Line, or leave -SecondAxis out.")
        : chart.Y.Length > 0 && chart.Y.All(name => chart.SecondAxis.Contains(name, StringComparer.OrdinalIgnoreCase))
            ? ($"all its columns are on the second axis: {EnglishText.List(chart.Y)}", "Name in -Y one that stays on the first.")
        : null;

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static string Number(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
