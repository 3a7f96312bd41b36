namespace ReportScheduler.Exports.PdfFile;

/// <summary>Compresses streams of a PDF on a thread of its own, while the next pages are drawn. They come out in the order in which they
/// went in, whatever the time it takes: the same input gives the same file.</summary>
/// <remarks>A thread and not the pool: each of its threads would keep the memory that compressing takes.</remarks>
internal sealed class StreamWorker : IDisposable
{
    private const int AtOnce = 3;

    private readonly CompressedStream[] places = [.. Enumerable.Range(0, AtOnce).Select(_ => new CompressedStream())];
    private readonly SemaphoreSlim given = new(0);
    private readonly SemaphoreSlim done = new(0);
    private Thread? thread;
    private int oldest;
    private int count;
    private volatile bool isClosed;

    /// <summary>Whether the oldest one has to be taken out before another one goes in.</summary>
    public bool IsFull => count == AtOnce;

    public bool IsEmpty => count == 0;

    /// <summary>Takes a stream to compress.</summary>
    /// <param name="number">The number of its object.</param>
    /// <param name="entries">Of its dictionary, but length and filter; copied.</param>
    /// <param name="data">Its bytes; copied.</param>
    public void Add(int number, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> data)
    {
        places[(oldest + count++) % AtOnce].Set(number, entries, data);
        given.Release();
        if (thread is null)
        {
            thread = new Thread(Work) { IsBackground = true, Name = "PDF streams" };
            thread.Start();
        }
    }

    /// <summary>Takes out the oldest one, which keeps its bytes until another one goes in.</summary>
    public CompressedStream Take()
    {
        done.Wait();
        var taken = places[oldest];
        (oldest, count) = ((oldest + 1) % AtOnce, count - 1);
        taken.Check();
        return taken;
    }

    public void Dispose()
    {
        isClosed = true;
        given.Release();
        thread?.Join();
        given.Dispose();
        done.Dispose();
        Array.ForEach(places, place => place.Dispose());
    }

    private void Work()
    {
        for (var place = 0; ; place = (place + 1) % AtOnce)
        {
            given.Wait();
            if (isClosed)
            {
                return;
            }

            places[place].Compress();
            done.Release();
        }
    }
}
