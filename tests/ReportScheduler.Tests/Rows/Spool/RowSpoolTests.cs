using System.Text;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;

namespace ReportScheduler.Tests.Rows.Spool;

public sealed class RowSpoolTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-spool-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    // in memory, and in a file of several blocks
    [InlineData(1)]
    [InlineData(20_000)]
    public void A_row_is_read_as_it_was_put_aside(int rows)
    {
        Action<Span<Cell>>[] values =
        [
            row => row[0].SetNull(), row => row[0].SetText(""), row => row[0].SetText("plain ascii text"),
            row => row[0].SetText("Umsätze 売上 🎉 \0"),
            row => row[0].SetText("half a pair \ud83c"), row => row[0].SetJson("{\"a\": \"ü\"}"), row => row[0].SetBoolean(true),
            row => row[0].SetText(new string('a', 255)), row => row[0].SetText(new string('a', 256)),
            row => row[0].SetText(new string('ä', 255)),
            row => row[0].SetBoolean(false), row => row[0].SetInteger(long.MinValue), row => row[0].SetInteger(-128),
            row => row[0].SetInteger(128), row => row[0].SetInteger(int.MinValue), row => row[0].SetInteger(int.MaxValue + 1L),
            row => row[0].SetDouble(double.NaN), row => row[0].SetDouble(-0.0), row => row[0].SetDecimal(1.500m),
            row => row[0].SetDecimal(decimal.MinValue), row => row[0].SetDecimal(-0.00m), row => row[0].SetDecimal(-99_999_999.25m),
            row => row[0].SetDecimal(ulong.MaxValue), row => row[0].SetDecimal(ulong.MaxValue + 1m),
            row => row[0].SetDecimal(0.0000000000000000000000000001m),
            row => row[0].SetDate(new DateTime(1, 1, 1)), row => row[0].SetDateTime(DateTime.MaxValue),
            row => row[0].SetTime(TimeSpan.FromHours(-800)),
            row => row[0].SetDateTimeOffset(new DateTimeOffset(2026, 3, 2, 1, 2, 3, TimeSpan.FromMinutes(-210))),
            row => row[0].SetGuid(Guid.Parse("8f14e45f-ceea-467f-a0e6-4c3ac2b3f1a1")),
            row => row[0].SetBinary([0, 255, 128]), row => row[0].SetBinary([]),
        ];
        var path = Path.Combine(folder, "rows.tmp");
        using (var spool = new RowSpool(path))
        {
            var segments = new[] { new SpoolSegment(), new SpoolSegment() };
            var row = new Cell[2];
            for (var i = 0; i < rows * values.Length; i++)
            {
                values[i % values.Length](row);
                row[1].SetInteger(i);
                spool.Add(segments[i % 2], row);
            }

            var read = new[] { Read(spool, segments[0]), Read(spool, segments[1]) };
            Assert.Equal(rows > 1, File.Exists(path));
            for (var i = 0; i < rows * values.Length; i++)
            {
                values[i % values.Length](row);
                row[1].SetInteger(i);
                var given = read[i % 2].Dequeue();
                Assert.Equal(i, given[1].Int64);
                Same(row[0], given[0]);
            }

            Assert.All(read, Assert.Empty);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Values_that_are_equal_are_one_key()
    {
        Assert.Equal("1.5", Key((ref Cell cell) => cell.SetDecimal(1.500m)));
        Assert.Equal(Key((ref Cell cell) => cell.SetInteger(1)), Key((ref Cell cell) => cell.SetDecimal(1.00m)));
        Assert.Equal(Key((ref Cell cell) => cell.SetInteger(1)), Key((ref Cell cell) => cell.SetDouble(1)));
        Assert.Equal("0", Key((ref Cell cell) => cell.SetDouble(-0.0)));
        Assert.Equal("2026-03-02", Key((ref Cell cell) => cell.SetDate(new DateTime(2026, 3, 2))));
        Assert.NotEqual(Key((ref Cell cell) => cell.SetText("a")), Key((ref Cell cell) => cell.SetText("A")));
        Assert.NotEqual(Key((ref Cell cell) => cell.SetText("a")), Key((ref Cell cell) => cell.SetText("a ")));
        Assert.Null(Key((ref Cell cell) => cell.SetNull()));
        Assert.Null(Key((ref Cell cell) => cell.SetText(" \t")));
    }

    private static string? Key(CellAction set)
    {
        var cell = new Cell();
        set(ref cell);
        return KeyText.Of(cell);
    }

    [Fact]
    public void Texts_that_come_again_are_one_string_and_varied_ones_are_left()
    {
        var texts = new RecurringTexts(2);
        string Of(int column, string text) => texts.Of(column, Encoding.ASCII.GetBytes(text));
        var region = Of(0, "North");
        for (var row = 0; row < 5_000; row++)
        {
            Assert.Same(region, Of(0, "North"));
            Assert.Equal($"A{row}", Of(1, $"A{row}"));
        }

        Assert.NotSame(Of(1, "last"), Of(1, "last"));
        Assert.Equal("", Of(0, ""));
    }

    private delegate void CellAction(ref Cell cell);

    private static Queue<Cell[]> Read(RowSpool spool, SpoolSegment segment)
    {
        using var pool = new BatchPool(2);
        SourceColumn[] columns = [new(0, "a", "a", ColumnKind.Text), new(1, "b", "b", ColumnKind.Integer)];
        using var results = new SpooledResults(spool, columns, [segment], pool, new RecurringTexts(columns.Length));
        var rows = results.Rows(TimeZoneInfo.Utc);
        var read = new Queue<Cell[]>();
        while (rows.Next(pool, CancellationToken.None) is { } batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                read.Enqueue(batch[i].ToArray());
            }

            pool.Return(batch);
        }

        return read;
    }

    private static void Same(in Cell expected, in Cell given)
    {
        Assert.Equal((expected.Kind, expected.Int64), (given.Kind, given.Int64));
        switch (expected.Kind)
        {
            case CellKind.Text or CellKind.Json: Assert.Equal(expected.Text, given.Text); break;
            case CellKind.Binary: Assert.Equal(expected.Binary, given.Binary); break;
            case CellKind.Guid: Assert.Equal(expected.Guid, given.Guid); break;
            case CellKind.Decimal: Assert.Equal(decimal.GetBits(expected.Decimal), decimal.GetBits(given.Decimal)); break;
            case CellKind.DateTimeOffset: Assert.True(expected.DateTimeOffset.EqualsExact(given.DateTimeOffset)); break;
        }
    }
}
