using ReportScheduler.Exports.Excel;

namespace ReportScheduler.Tests.Exports.Excel;

public sealed class ChartPlacesTests
{
    [Theory]
    // rows of a page, the high rows (row:points), pages that end anyhow; where each chart stands, and where pages end
    [InlineData(45, "", "", "2 22", "")]
    [InlineData(34, "", "", "2 35 68", "34 67")]
    [InlineData(62, "", "", "2 22 42", "")]
    // rows of many lines: the first page ends early
    [InlineData(34, "3:250 4:405", "", "4", "3")]
    // a group that is shorter than a chart has a page of its own
    [InlineData(45, "", "8 40", "9", "8 40")]
    // each page is: then the chart stands beside the first row, as without paper
    [InlineData(5, "", "", "2", "")]
    public void No_page_ends_within_a_chart(int rows, string high, string ends, string places, string breaks)
    {
        var heights = high.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split(':'))
            .ToDictionary(pair => int.Parse(pair[0], null), pair => double.Parse(pair[1], null));
        var given = ends.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
        var charts = new ChartPlaces(row => heights.GetValueOrDefault(row, 15), rows * 15, given);
        var found = new List<int>();
        foreach (var _ in places.Split(' '))
        {
            found.Add(charts.Place(found.Count == 0 ? 2 : found[^1] + ChartPart.Rows));
        }

        Assert.Equal(places, string.Join(' ', found));
        Assert.Equal(breaks, string.Join(' ', charts.Breaks));
    }
}
