using System.Globalization;
using ReportScheduler.Changes;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Changes;

/// <summary>Large results compared with each other, in the memory that it may take.</summary>
[Collection(MemoryOfTheProcess.Name)]
public sealed class RowComparisonTests : IDisposable
{
    private static readonly SourceColumn[] Columns = [new(0, "id", "id", ColumnKind.Integer), new(1, "name", "name", ColumnKind.Text),
        new(2, "amount", "amount", ColumnKind.Decimal)];

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Many_keys_are_compared_in_any_order_with_little_memory()
    {
        // a sample; REPORTSCHEDULER_MANY_KEYS=1000000 for the whole promise
        var count = int.Parse(Environment.GetEnvironmentVariable("REPORTSCHEDULER_MANY_KEYS") ?? "100000", CultureInfo.InvariantCulture);
        var (first, second) = (Path.Combine(folder, "first"), Path.Combine(folder, "second"));
        using (var comparison = new RowComparison(["id"], first, null))
        {
            Take(comparison, Enumerable.Range(0, count).Select(i => (i, 1m)));
            Assert.True(comparison.IsFirst);
            Assert.Equal(count, comparison.Datasets[0].Added);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        using (var comparison = new RowComparison(["id"], second, first))
        {
            // backwards, ten gone at one end and five new at the other, and one in a thousand another
            Take(comparison, Enumerable.Range(10, count - 5).Reverse().Select(i => (i, i % 1000 == 0 ? 2.0m : 1.00m)));
            var dataset = comparison.Datasets[0];
            Assert.Equal((5L, 10L, count / 1000 - 1L), (dataset.Added, dataset.Removed, dataset.Changed));
            Assert.Equal(5, dataset.AddedRows.Rows.Count);
            Assert.Equal(10, dataset.RemovedRows.Rows.Count);
            Assert.Equal(count / 1000 - 1, dataset.ChangedCells.Total);
            var used = GC.GetTotalMemory(forceFullCollection: true) - before;
            Assert.True(used < Math.Max(20L << 20, count * 100L), $"{used >> 10} KB for {count} keys");
            TestContext.Current.SendDiagnosticMessage($"{used >> 10} KB for {count} keys, file of {new FileInfo(second).Length >> 10} KB");
        }

        Assert.Equal(["first", "second"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3 })]
    public void A_result_that_cannot_be_read_is_none(byte[] content)
    {
        var file = Path.Combine(folder, "bad");
        File.WriteAllBytes(file, content);
        using var comparison = new RowComparison(["id"], Path.Combine(folder, "new"), file);
        Take(comparison, [(1, 1m)]);
        Assert.True(comparison.IsFirst);
    }

    [Fact]
    public void A_list_of_changes_has_the_digits_of_the_database()
    {
        var (first, second) = (Path.Combine(folder, "first"), Path.Combine(folder, "second"));
        using (var comparison = new RowComparison(["id"], first, null))
        {
            Take(comparison, [(1, 1.150m), (2, 2.00m)]);
        }

        using var next = new RowComparison(["id"], second, first);
        Take(next, [(1, 1.200m), (2, 2.0m), (3, 3.50m)]);
        var dataset = next.Datasets[0];
        Assert.Equal((1L, 1L), (dataset.Added, dataset.Changed));
        var cells = new Cell[dataset.CellCount];
        RowHash.Read(Assert.Single(dataset.AddedRows.Rows), cells.AsSpan(0, Columns.Length));
        Assert.Equal("3.50", cells[2].Decimal.ToString(CultureInfo.InvariantCulture));
        RowHash.Read(Assert.Single(dataset.ChangedCells.Rows), cells);
        Assert.Equal(["1.150", "1.200"], cells[^2..].Select(cell => cell.Decimal.ToString(CultureInfo.InvariantCulture)));
    }

    private static void Take(RowComparison comparison, IEnumerable<(int Id, decimal Amount)> rows)
    {
        comparison.Begin("t", Columns);
        foreach (var some in rows.Chunk(RowBatch.DefaultCapacity))
        {
            var batch = new RowBatch(Columns.Length) { Count = some.Length };
            for (var i = 0; i < some.Length; i++)
            {
                var cells = batch.Fill(i);
                cells[0].SetInteger(some[i].Id);
                cells[1].SetText("name");
                cells[2].SetDecimal(some[i].Amount);
            }

            comparison.Take(batch);
        }

        comparison.Complete();
    }
}
