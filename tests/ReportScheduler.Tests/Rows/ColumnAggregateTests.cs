using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Tests.Rows;

public sealed class ColumnAggregateTests
{
    private const ColumnTotal Everything = (ColumnTotal)63;

    public static TheoryData<object?[], string> Values => new()
    {
        // values; sum, average, count, minimum, maximum, distinct as SQL has them
        { [], " | |0| | |0" },
        { [null, null], " | |0| | |0" },
        { [3L, 1L, null, 1L], "5|1.6666666666666666666666666667|3|1|3|2" },
        { [0.1m, 0.10m, 1.00m, 1L], "2.20|0.55|4|0.1|1.00|2" },
        { [0.1, 0.2, 0.3], "0.6|0.2|3|0.1|0.3|3" },
        { [1e16, 1.0, -1e16], "1|0.333333333333333|3|-1E+16|1E+16|3" },
        // no digit is lost: a decimal would round it away
        { [10000000000000000000000000000m, 0.4m, 0.4m, 0.4m, -10000000000000000000000000000m],
            "1.2|0.24|5|-10000000000000000000000000000|10000000000000000000000000000|3" },
        { [long.MaxValue, long.MaxValue, long.MinValue],
            "9223372036854775806|3074457345618258602|3|-9223372036854775808|9223372036854775807|2" },
        // numbers too long for any type come as text
        { ["99999999999999999999999999999999.5", "-99999999999999999999999999999999", 2L],
            "2.5|0.8333333333333333333333333333|3|-99999999999999999999999999999999|99999999999999999999999999999999.5|3" },
        { [new DateTime(2026, 1, 31), new DateTime(2025, 12, 1), null], " | |2|2025-12-01 00:00:00|2026-01-31 00:00:00|2" },
        { [new TimeSpan(1, 30, 0), new TimeSpan(0, 30, 0)], "02:00:00|01:00:00|2|00:30:00|01:30:00|2" },
        { ["b", "a", "B", "b"], " | |4|B|b|3" },
        { [true, false, true], " | |3|false|true|2" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_column_comes_to(object?[] values, string expected)
    {
        Assert.Equal(expected, Text(Aggregate(values)));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Parts_come_to_the_same_as_the_whole(object?[] values, string expected)
    {
        for (var cut = 0; cut <= values.Length; cut++)
        {
            var all = Aggregate([]);
            all.Add(Aggregate(values[..cut]));
            all.Add(Aggregate(values[cut..]));
            Assert.Equal(expected, Text(all));
        }
    }

    [Fact]
    public void A_number_that_is_too_long_counts_beside_doubles_too()
    {
        var values = new ColumnAggregate(new SourceColumn(0, "n", "n", ColumnKind.Double), ColumnTotal.Sum | ColumnTotal.Maximum);
        Cell[] cells = [new(), new()];
        cells[0].SetText("123456789012345678901234567890");
        cells[1].SetDouble(2.5);
        values.Add(cells[0]);
        values.Add(cells[1]);
        Assert.Equal((1.23456789012346E+29, "123456789012345678901234567890"),
            (values.Of(ColumnTotal.Sum).Double, values.Of(ColumnTotal.Maximum).Text));
    }

    [Fact]
    public void It_begins_again_when_it_is_cleared()
    {
        var values = Aggregate([1L, 0.5, "x"]);
        values.Clear();
        Assert.Equal(" | |0| | |0", Text(values));
    }

    [Fact]
    public void More_different_values_than_are_counted_are_an_error_that_names_the_column()
    {
        var values = new DistinctValues();
        var cell = new Cell();
        var error = Assert.Throws<ReportException>(() =>
        {
            for (var number = 0; number <= DistinctValues.Limit; number++)
            {
                cell.SetInteger(number);
                values.Add(cell, "customer");
            }
        });
        Assert.Equal("TooManyDistinctValues", error.ErrorId);
        Assert.Contains("'customer'", error.Message, StringComparison.Ordinal);
    }

    private static ColumnAggregate Aggregate(object?[] values)
    {
        var aggregate = new ColumnAggregate(new SourceColumn(0, "c", "c", ColumnKind.Decimal), Everything);
        foreach (var value in values.Where(value => value is not null))
        {
            var cell = new Cell();
            BoxedValue.Set(ref cell, value!, ColumnKind.Text);
            aggregate.Add(cell);
        }

        return aggregate;
    }

    private static string Text(ColumnAggregate aggregate)
    {
        var text = new CellText(CultureInfo.InvariantCulture);
        ColumnTotal[] all = [ColumnTotal.Sum, ColumnTotal.Average, ColumnTotal.Count, ColumnTotal.Minimum, ColumnTotal.Maximum,
            ColumnTotal.Distinct];
        return string.Join('|', all.Select(total => aggregate.Of(total) is { Kind: not CellKind.Null } cell ? text.Of(cell) : " "));
    }
}
