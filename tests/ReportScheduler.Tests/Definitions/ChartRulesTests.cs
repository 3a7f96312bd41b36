using ReportScheduler.Definitions;

namespace ReportScheduler.Tests.Definitions;

public sealed class ChartRulesTests
{
    [Theory]
    [InlineData("Pie", "a", "b", "c", "", null, null, "-SeriesBy 'c' makes several series, and a pie has one")]
    [InlineData("Pie", "a", "b", "", "c", null, null, "a pie has no axis, so it has no -SecondAxis")]
    [InlineData("Pie", "a", "b", "", "", 5.0, null, "a pie has no axis on which the -Target 5 could stand")]
    [InlineData("Pie", "a", "b", "", "", null, ChartPeriod.Week, "-By Week puts dates along an axis together, and a pie has none")]
    [InlineData("Bar", "a", "b B", "", "", null, null, "it draws the column 'b' twice")]
    [InlineData("Bar", "a", "b", "", "", double.NaN, null, "its -Target is 'NaN'")]
    [InlineData("Bar", "a", "b d", "c", "", null, null, "-SeriesBy 'c' makes the series of one column, and -Y names 2: b and d")]
    [InlineData("Bar", "a", "b", "c", "d", null, null, "-SeriesBy 'c' makes the series, so -SecondAxis 'd' cannot be one of them")]
    [InlineData("Bar", "a", "b", "A", "", null, null, "-SeriesBy 'A' is a column that the chart draws already")]
    [InlineData("HorizontalBar", "a", "b", "", "c", null, null, "bars that lie have one axis, so it has no -SecondAxis")]
    [InlineData("Line", "a", "b", "", "b", null, null, "all its columns are on the second axis: b")]
    [InlineData("Line", "a", "b c", "", "c", 5.0, ChartPeriod.Year, null)]
    [InlineData("Area", "a", "b", "c", "", 5.0, ChartPeriod.Year, null)]
    public void Options_of_a_chart_go_together(string kind, string x, string y, string seriesBy, string second, double? target,
        ChartPeriod? by, string? reason)
    {
        var chart = new ReportChart
        {
            Kind = Enum.Parse<ChartKind>(kind), X = x, Y = Words(y), SeriesBy = seriesBy.Length == 0 ? null : seriesBy,
            SecondAxis = Words(second), Target = target, By = by,
        };
        var problem = Record.Exception(() => ChartRules.Check(chart));
        if (reason is null)
        {
            Assert.Null(problem);
            return;
        }

        Assert.Equal("ChartNotUsable", Assert.IsType<ReportException>(problem).ErrorId);
        Assert.StartsWith($"The chart '{chart}' cannot be drawn: {reason}. ", problem.Message, StringComparison.Ordinal);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
