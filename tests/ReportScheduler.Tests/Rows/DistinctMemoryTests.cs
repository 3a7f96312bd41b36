using System.Globalization;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Rows;

/// <summary>The memory that counting different values takes.</summary>
[Collection(MemoryOfTheProcess.Name)]
public sealed class DistinctMemoryTests
{
    [Fact]
    public void A_million_different_texts_are_counted_in_less_than_a_hundred_megabytes()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var values = new ColumnAggregate(new SourceColumn(0, "c", "c", ColumnKind.Text), ColumnTotal.Distinct);
        var cell = new Cell();
        for (var number = 0; number < 1_000_000; number++)
        {
            cell.SetText("key " + number.ToString(CultureInfo.InvariantCulture));
            values.Add(cell);
            values.Add(cell);
        }

        Assert.Equal(1_000_000, values.Of(ColumnTotal.Distinct).Int64);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 100_000_000);
        GC.KeepAlive(values);
    }
}
