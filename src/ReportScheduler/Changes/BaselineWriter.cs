using System.IO.Compression;
using ReportScheduler.Files;

namespace ReportScheduler.Changes;

/// <summary>Writes a result to compare the next one with: how many rows each dataset has, then the datasets, compressed.</summary>
internal sealed class BaselineWriter : IDisposable
{
    /// <summary>So many datasets have their number of rows at the beginning.</summary>
    public const int Counts = 64;

    /// <summary>Where the datasets begin, behind their numbers of rows.</summary>
    public const int HeadLength = Counts * sizeof(long);

    private readonly FileStream file;
    private readonly BinaryWriter writer;
    private readonly List<long> counts = [];

    public BaselineWriter(string path)
    {
        file = PrivateFile.Open(path, FileMode.Create, FileShare.None);
        file.Write(new byte[HeadLength]);
        writer = new BinaryWriter(new BufferedStream(new GZipStream(new BufferedStream(file, 1 << 16), CompressionLevel.Fastest), 1 << 16));
    }

    public void Begin(BaselineHead head)
    {
        counts.Add(0);
        writer.Write(true);
        head.Write(writer);
    }

    public void Add(ReadOnlySpan<byte> row)
    {
        counts[^1]++;
        writer.Write(row.Length);
        writer.Write(row);
    }

    public void End() => writer.Write(-1);

    public void Complete()
    {
        writer.Write(false);
        writer.Flush();
        // the streams below are flushed by their end, and the file is still needed
        var path = file.Name;
        writer.Dispose();
        using var head = PrivateFile.Open(path, FileMode.Open, FileShare.None);
        using var numbers = new BinaryWriter(head);
        foreach (var count in counts.Take(Counts))
        {
            numbers.Write(count);
        }
    }

    public void Dispose() => writer.Dispose();
}
