using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Tests.Exports.Layout;

public sealed class ColumnTotalsTests
{
    private static readonly SourceColumn Column = new(0, "c", "c", ColumnKind.Decimal);

    public static TheoryData<object?[], string, string, string> Columns => new()
    {
        // values, sum, average, count
        { [1L, 2L, null], "3", "1.5", "2" },
        { [0.10m, 0.20m], "0.30", "0.15", "2" },
        { [0.1, 0.2], "0.3", "0.15", "2" },
        { [1L, 0.5m, 0.25], "1.75", "0.583333333333333", "3" },
        { [long.MaxValue, long.MaxValue], "18446744073709551614", "9223372036854775807", "2" },
        { [decimal.MaxValue, decimal.MaxValue], "1.58456325028529E+29", "7.92281625142643E+28", "2" },
        { [new TimeSpan(20, 0, 0), new TimeSpan(10, 30, 0)], "30:30:00", "15:15:00", "2" },
        { ["a", "", null], "", "", "2" },
        { [], "", "", "0" },
        { [double.NaN, 1.0], "NaN", "NaN", "2" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_column_adds_up_to(object?[] values, string sum, string average, string count)
    {
        var totals = Totals(values, ColumnTotal.Sum, ColumnTotal.Average, ColumnTotal.Count, ColumnTotal.None);
        var text = new CellText(CultureInfo.InvariantCulture);
        Assert.Equal([sum, average, count, ""], Enumerable.Range(0, 4).Select(i => text.Of(totals.Of(totals.Lines[0], i))));
    }

    public static TheoryData<ColumnTotal[], string[], int[]> Asked => new()
    {
        // totals of the columns, labels of the lines, where each label stands
        { [ColumnTotal.None], [], [] },
        { [ColumnTotal.None, ColumnTotal.Sum], ["Total"], [0] },
        { [ColumnTotal.Sum, ColumnTotal.None], ["Total"], [-1] },
        { [ColumnTotal.None, ColumnTotal.Sum, ColumnTotal.Count], ["Total, count"], [0] },
        { [ColumnTotal.None, ColumnTotal.Sum | ColumnTotal.Average], ["Total", "Average"], [0, 0] },
        { [ColumnTotal.Count, ColumnTotal.Sum | ColumnTotal.Maximum], ["Total", "Count", "Maximum"], [0, 1, 0] },
        { [ColumnTotal.Distinct, ColumnTotal.Minimum], ["Distinct, minimum"], [-1] },
    };

    [Theory]
    [MemberData(nameof(Asked))]
    public void Each_kind_of_total_has_a_line_where_a_column_has_several(ColumnTotal[] totals, string[] labels, int[] places)
    {
        var lines = TotalLine.Of([.. totals.Select(total => new LaidOutColumn(Column, null, null, total))],
            ReportWords.Of(CultureInfo.InvariantCulture));
        Assert.Equal(labels, lines.Select(line => line.Label));
        Assert.Equal(places, lines.Select(line => line.LabelPlace));
    }

    private static ColumnTotals Totals(object?[] values, params ColumnTotal[] asked)
    {
        var totals = new ColumnTotals([.. asked.Select(total => new LaidOutColumn(Column, null, null, total))],
            ReportWords.Of(CultureInfo.InvariantCulture));
        foreach (var value in values)
        {
            var batch = new RowBatch(1) { Count = 1 };
            if (value is not null)
            {
                BoxedValue.Set(ref batch.Fill(0)[0], value, ColumnKind.Text);
            }

            totals.Add(batch);
        }

        return totals;
    }
}
