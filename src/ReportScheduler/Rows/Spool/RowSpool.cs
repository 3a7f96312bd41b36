using ReportScheduler.Files;

namespace ReportScheduler.Rows.Spool;

/// <summary>Rows put aside by key, to be read again key by key: in memory as long as they
/// are few, else in a file that only this account can read.</summary>
/// <remarks>However the rows come, sorted or not, there is a fixed amount of them in memory,
/// and the file has a few hundred blocks, not one for each row.</remarks>
/// <param name="path">The file, made when it is needed and removed at the end.</param>
internal sealed class RowSpool(string path) : IDisposable
{
    /// <summary>So many bytes wait in memory, of all keys together.</summary>
    public const int MostWaiting = 8 << 20;

    private readonly List<SpoolSegment> waiting = [];
    private readonly Stack<byte[]> spare = new();
    private long spareBytes;
    private FileStream? file;
    private long bytes;
    private long end;

    public void Add(SpoolSegment segment, ReadOnlySpan<Cell> row)
    {
        var before = segment.Waiting.Length == 0 ? 0 : segment.Waiting.Capacity;
        if (before == 0)
        {
            waiting.Add(segment);
            if (spare.TryPop(out var room))
            {
                spareBytes -= room.Length;
                segment.Waiting.Use(room);
            }
        }

        segment.Waiting.Add(row);
        segment.Rows++;
        // the room that is taken, which may be twice what stands in it
        bytes += segment.Waiting.Capacity - before;
        if (bytes >= MostWaiting)
        {
            Write();
        }
    }

    /// <summary>A block of the file.</summary>
    public void Fetch((long Offset, int Length) block, Span<byte> target)
    {
        for (var done = 0; done < block.Length;)
        {
            var read = RandomAccess.Read(file!.SafeFileHandle, target[done..block.Length], block.Offset + done);
            done += read > 0 ? read : throw new EndOfStreamException($"'{path}' is shorter than it was.");
        }
    }

    public void Dispose()
    {
        file?.Dispose();
        try
        {
            File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // its folder is gone, or goes with the run
        }
    }

    private void Write()
    {
        file ??= PrivateFile.Open(path, FileMode.Create, FileShare.None);
        foreach (var segment in waiting)
        {
            RandomAccess.Write(file.SafeFileHandle, segment.Waiting.Content.Span, end);
            segment.Moved(end);
            end += segment.Waiting.Length;
            Keep(segment.Waiting.Clear());
        }

        waiting.Clear();
        bytes = 0;
    }

    // rows that come sorted fill a room of the same size again and again
    private void Keep(byte[] room)
    {
        if (spareBytes + room.Length <= MostWaiting)
        {
            spareBytes += room.Length;
            spare.Push(room);
        }
    }
}
