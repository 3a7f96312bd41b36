namespace ReportScheduler.Store.LiteDb;

/// <summary>The pages of a store file as one operation sees them: what it changes stays in memory until <see cref="WriteTo"/>.</summary>
/// <remarks>LiteDB never meets a disk this way: one that is full or broken cannot stop it half-way, and what it does to a file in
/// which it finds damage does not reach the file.</remarks>
internal sealed class StorePages : Stream
{
    public const int PageSize = 8192;

    /// <summary>Pages that were given out and never written.</summary>
    private const long Slack = 1024 * PageSize;

    private readonly FileStream file;
    private readonly StackUse stack;
    private readonly SortedDictionary<long, byte[]> changed = [];
    private readonly long fileLength;
    private long length;

    /// <param name="file">The store file; it stays the caller's. A last page that is not whole is left out.</param>
    /// <param name="stack">Asked at each page, since LiteDB reads records by calling itself.</param>
    public StorePages(FileStream file, StackUse stack)
    {
        (this.file, this.stack) = (file, stack);
        length = fileLength = file.Length / PageSize * PageSize;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position { get; set; }

    /// <summary>What the changed pages take on the disk.</summary>
    public long ChangedBytes => (long)changed.Count * PageSize;

    /// <summary>LiteDB adds pages one after the other, so one that is far behind the end comes from a damaged number.</summary>
    /// <exception cref="InvalidDataException">A changed page does not belong into this file.</exception>
    public void Check()
    {
        if (changed.Count > 0 && changed.Last().Key > fileLength + ChangedBytes + Slack)
        {
            throw new InvalidDataException($"A page at {changed.Last().Key} does not belong into a file of {fileLength} bytes.");
        }
    }

    /// <summary>Writes the changed pages to the file; they are on the disk afterwards. It can be repeated.</summary>
    public void WriteTo(FileStream target)
    {
        foreach (var (start, page) in changed)
        {
            RandomAccess.Write(target.SafeFileHandle, page, start);
        }

        target.Flush(flushToDisk: true);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        stack.Check();
        // LiteDB would take what an earlier page left in its buffer for this one
        if (Position >= length && buffer.Length > 0)
        {
            throw new InvalidDataException($"The file ends before the page at {Position}.");
        }

        var start = Position / PageSize * PageSize;
        var within = (int)(Position - start);
        var part = buffer[..Math.Min(buffer.Length, PageSize - within)];
        if (changed.TryGetValue(start, out var page))
        {
            page.AsSpan(within, part.Length).CopyTo(part);
        }
        else
        {
            ReadFile(part, Position);
        }

        Position += part.Length;
        return part.Length == buffer.Length || Position >= length ? part.Length : part.Length + Read(buffer[part.Length..]);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        for (var rest = buffer.AsSpan(offset, count); rest.Length > 0;)
        {
            var start = Position / PageSize * PageSize;
            var within = (int)(Position - start);
            var part = rest[..Math.Min(rest.Length, PageSize - within)];
            part.CopyTo(Changeable(start).AsSpan(within));
            rest = rest[part.Length..];
            Position += part.Length;
            length = Math.Max(length, start + PageSize);
        }
    }

    public override void SetLength(long value) => length = value;

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => length,
    };

    public override void Flush()
    {
    }

    private byte[] Changeable(long start)
    {
        if (changed.TryGetValue(start, out var page))
        {
            return page;
        }

        page = new byte[PageSize];
        if (start < fileLength)
        {
            ReadFile(page, start);
        }

        return changed[start] = page;
    }

    // pages between the end of the file and the end of what was changed are empty
    private void ReadFile(Span<byte> part, long position)
    {
        while (part.Length > 0)
        {
            var read = position < fileLength ? RandomAccess.Read(file.SafeFileHandle, part, position) : 0;
            if (read == 0)
            {
                part.Clear();
                return;
            }

            part = part[read..];
            position += read;
        }
    }
}
