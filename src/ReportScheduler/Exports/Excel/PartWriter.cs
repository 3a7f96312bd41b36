using System.Buffers.Binary;

namespace ReportScheduler.Exports.Excel;

/// <summary>One large part of the package, written as it comes and deflated on all cores.</summary>
/// <remarks>
/// Its head stands in stored blocks of a fixed length and is written last, when everything is known that stands before the rows
/// (the widths of the columns), so that no rows have to be kept.
/// </remarks>
internal sealed class PartWriter : IDisposable
{
    private const int PieceLength = 1 << 18;
    private const int StoredLength = ushort.MaxValue;

    private readonly PackageWriter package;
    private readonly PackageEntry entry;
    private readonly int headLength;
    private readonly long headPosition;
    private readonly Queue<Piece> busy = new();
    private readonly Stack<Piece> free = new();
    private readonly int limit = Environment.ProcessorCount + 2;
    private Piece current = new();
    private uint crc;
    private long length;

    public PartWriter(PackageWriter package, string name, int headLength)
    {
        this.package = package;
        this.headLength = headLength;
        entry = package.Begin(name, hasRoom: true);
        headPosition = package.Position;
        package.Append(new byte[StoredHead([]).Length]);
    }

    /// <summary>Where the next bytes go. May be another one after <see cref="Pass"/>.</summary>
    public XmlBuffer Buffer => current.Plain;

    /// <summary>Hands the buffer on when it is full enough.</summary>
    public void Pass()
    {
        if (current.Plain.Length < PieceLength)
        {
            return;
        }
        Send();
        current = free.TryPop(out var piece) ? piece : busy.Count < limit ? new Piece() : Receive();
    }

    /// <summary>Ends the part.</summary>
    /// <param name="head">Its first bytes, at most as many as were kept free; filled up with spaces.</param>
    public void Complete(ReadOnlySpan<byte> head)
    {
        Send();
        while (busy.Count > 0)
        {
            free.Push(Receive());
        }
        package.Append(Deflater.End);
        var filled = new byte[headLength];
        filled.AsSpan().Fill((byte)' ');
        head.CopyTo(filled);
        package.Overwrite(headPosition, StoredHead(filled));
        entry.Crc = Crc.Combine(Crc.Of(filled), crc, length);
        entry.Length = headLength + length;
        package.End(entry);
    }

    public void Dispose()
    {
        // The workers hold buffers and nothing else; an error in them has surfaced or does not matter any more.
        foreach (var piece in busy)
        {
            ((IAsyncResult)piece.Work).AsyncWaitHandle.WaitOne();
        }
        busy.Clear();
    }

    private void Send()
    {
        current.Start();
        busy.Enqueue(current);
    }

    private Piece Receive()
    {
        var piece = busy.Dequeue();
        piece.Work.GetAwaiter().GetResult();
        package.Append(piece.Deflated);
        crc = Crc.Combine(crc, piece.Crc, piece.Plain.Length);
        length += piece.Plain.Length;
        piece.Clear();
        return piece;
    }

    private byte[] StoredHead(ReadOnlySpan<byte> head)
    {
        var blocks = (headLength + StoredLength - 1) / StoredLength;
        var stored = new byte[headLength + (5 * blocks)];
        for (int block = 0, at = 0; block < blocks && head.Length > 0; block++)
        {
            var part = head[..Math.Min(head.Length, StoredLength)];
            BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(at + 1), (ushort)part.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(at + 3), (ushort)~part.Length);
            part.CopyTo(stored.AsSpan(at + 5));
            at += 5 + part.Length;
            head = head[part.Length..];
        }
        return stored;
    }
}
