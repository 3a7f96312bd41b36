using System.IO.Compression;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Tests.Exports.PdfFile;

public sealed class StreamWorkerTests
{
    [Fact]
    public void Streams_come_out_in_the_order_in_which_they_went_in()
    {
        using var worker = new StreamWorker();
        byte[][] given = [.. Enumerable.Range(1, 40).Select(number => Bytes(number % 3 == 0 ? 10 : 200_000, number))];
        List<(int Number, byte[] Bytes)> taken = [];
        for (var place = 0; place < given.Length; place++)
        {
            if (worker.IsFull)
            {
                Take();
            }

            worker.Add(place + 1, "/Type/X"u8, given[place]);
        }

        while (!worker.IsEmpty)
        {
            Take();
        }

        Assert.Equal(Enumerable.Range(1, 40), taken.Select(stream => stream.Number));
        Assert.All(taken, stream => Assert.Equal(given[stream.Number - 1], stream.Bytes));

        void Take()
        {
            var stream = worker.Take();
            Assert.True(stream.Entries.SequenceEqual("/Type/X"u8));
            using var inflate = new ZLibStream(new MemoryStream(stream.Bytes.ToArray()), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            inflate.CopyTo(plain);
            taken.Add((stream.Number, plain.ToArray()));
        }
    }

    [Fact]
    public void It_ends_with_streams_that_nobody_takes()
    {
        var worker = new StreamWorker();
        while (!worker.IsFull)
        {
            worker.Add(1, default, Bytes(300_000, 1));
        }

        worker.Dispose();
    }

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
