using System.Buffers.Binary;

namespace ReportScheduler.Exports.Excel;

/// <summary>One large part of the package, written as it comes and deflated on all cores.</summary>
/// <remarks>
/// Its head, and its tail where that is not known either, stand in stored blocks of a fixed length and are written last, when everything is
/// known that stands around the rows (the widths of the columns), so that no rows have to be kept.
/// </remarks>
internal sealed class PartWriter : IDisposable
{
    // The first pieces are small, so that the cores have work soon; each takes a third of a megabyte to deflate, whatever its length.
    private const int FirstPieceLength = 1 << 17;
    private const int MostPieceLength = 1 << 20;
    private const int StoredLength = ushort.MaxValue;

    private readonly PackageWriter package;
    private readonly PackageEntry entry;
    private readonly int headLength;
    private readonly long headPosition;
    private readonly Queue<Piece> busy = new();
    private readonly Stack<Piece> free = new();
    private readonly int limit = Environment.ProcessorCount + 2;
    private Piece current = Piece.Take();
    private int pieceLength = FirstPieceLength;
    private uint crc;
    private long length;
    private int tailLength;
    private long tailPosition;

    public PartWriter(PackageWriter package, string name, int headLength)
    {
        this.package = package;
        this.headLength = headLength;
        entry = package.Begin(name, hasRoom: true);
        headPosition = package.Position;
        package.Append(new byte[Stored([], headLength).Length]);
    }

    /// <summary>Where the next bytes go. May be another one after <see cref="Pass"/>.</summary>
    public XmlBuffer Buffer => current.Plain;

    /// <summary>Hands the buffer on when it is full enough.</summary>
    public void Pass()
    {
        if (current.Plain.Length < pieceLength)
        {
            return;
        }

        Send();
        pieceLength = Math.Min(pieceLength * 2, MostPieceLength);
        current = free.TryPop(out var piece) ? piece : busy.Count < limit ? Piece.Take() : Receive();
    }

    /// <summary>Ends the part.</summary>
    /// <param name="head">Its first bytes, at most as many as were kept free; filled up with spaces.</param>
    public void Complete(ReadOnlySpan<byte> head)
    {
        EndRows(0);
        Complete(head, []);
    }

    /// <summary>Ends the bytes between head and tail; other parts may follow before both are known.</summary>
    /// <param name="tailRoom">How many bytes are kept free for the tail.</param>
    public void EndRows(int tailRoom)
    {
        // this thread would wait for it anyway
        current.Run();
        busy.Enqueue(current);
        while (busy.Count > 0)
        {
            Receive().GiveBack();
        }

        while (free.TryPop(out var piece))
        {
            piece.GiveBack();
        }

        tailLength = tailRoom;
        tailPosition = package.Position;
        package.Append(new byte[Stored([], tailLength).Length]);
        package.Append(Deflater.End);
        package.Close(entry);
    }

    /// <summary>Writes head and tail, at most as many bytes as were kept free for each; filled up with spaces.</summary>
    public void Complete(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        var start = Filled(head, headLength);
        var end = Filled(tail, tailLength);
        package.Overwrite(headPosition, Stored(start, headLength));
        package.Overwrite(tailPosition, Stored(end, tailLength));
        entry.Crc = Crc.Combine(Crc.Combine(Crc.Of(start), crc, length), Crc.Of(end), tailLength);
        entry.Length = headLength + length + tailLength;
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

    private static byte[] Filled(ReadOnlySpan<byte> bytes, int length)
    {
        var filled = new byte[length];
        filled.AsSpan().Fill((byte)' ');
        bytes.CopyTo(filled);
        return filled;
    }

    private static byte[] Stored(ReadOnlySpan<byte> bytes, int length)
    {
        var blocks = (length + StoredLength - 1) / StoredLength;
        var stored = new byte[length + (5 * blocks)];
        for (int block = 0, at = 0; block < blocks && bytes.Length > 0; block++)
        {
            var part = bytes[..Math.Min(bytes.Length, StoredLength)];
            BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(at + 1), (ushort)part.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(at + 3), (ushort)~part.Length);
            part.CopyTo(stored.AsSpan(at + 5));
            at += 5 + part.Length;
            bytes = bytes[part.Length..];
        }

        return stored;
    }
}
