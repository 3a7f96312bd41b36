using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>Writes the parts of a workbook into a zip file (APPNOTE 6.3.9), one after the other.</summary>
/// <remarks>
/// The framework's ZipArchive deflates on one thread and cannot take deflated pieces. Sizes stand in the local headers and not behind the
/// parts, because some readers do not look behind; a large part therefore keeps room for sizes of eight bytes (the growth hint of ISO/IEC
/// 29500-2). The last bytes wait in memory, so that a small workbook, whose headers are filled in behind their parts, is written at once.
/// </remarks>
/// <param name="stream">The file; it can seek.</param>
/// <param name="writtenAt">The time that the parts carry.</param>
/// <param name="small">Sizes and offsets from here on are written in eight bytes; lower in tests.</param>
internal sealed class PackageWriter(Stream stream, DateTime writtenAt, long small = uint.MaxValue)
{
    private const int LocalHeader = 30;
    private const int Room = 20;
    private const int MostWaiting = 1 << 18;

    private readonly List<PackageEntry> entries = [];

    // the hundreds of workbooks of a split report use one after another
    private readonly byte[] waiting = ArrayPool<byte>.Shared.Rent(MostWaiting);
    private int waitingLength;
    private long written = stream.Position;

    public void Add(string name, string xml) => Add(name, RepeatedParts.Of(xml));

    public void Add(string name, ReadOnlySpan<byte> bytes) => Add(name, DeflatedPart.Of(bytes));

    /// <summary>Begins a part; its bytes are appended already deflated.</summary>
    public PackageEntry Begin(string name, bool hasRoom)
    {
        var entry = new PackageEntry(Encoding.UTF8.GetBytes(name), Position) { HasRoom = hasRoom };
        Append(new byte[HeaderLength(entry)]);
        return entry;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > waiting.Length - waitingLength)
        {
            Flush();
        }

        if (bytes.Length > waiting.Length)
        {
            stream.Write(bytes);
            written += bytes.Length;
            return;
        }

        bytes.CopyTo(waiting.AsSpan(waitingLength));
        waitingLength += bytes.Length;
    }

    public long Position => written + waitingLength;

    public void Overwrite(long position, ReadOnlySpan<byte> bytes)
    {
        if (position >= written)
        {
            bytes.CopyTo(waiting.AsSpan((int)(position - written)));
            return;
        }

        Flush();
        stream.Position = position;
        stream.Write(bytes);
        stream.Position = written;
    }

    /// <summary>Ends the bytes of a part; others may follow.</summary>
    public void Close(PackageEntry entry)
    {
        entry.DeflatedLength = Position - entry.Offset - HeaderLength(entry);
        entries.Add(entry);
    }

    /// <summary>Writes the header of a part that is closed, when its checksum is known.</summary>
    public void End(PackageEntry entry)
    {
        var header = new byte[HeaderLength(entry)];
        var large = entry.Length >= small || entry.DeflatedLength >= small;
        Put32(header, 0, 0x04034B50);
        PutCommon(header.AsSpan(4), entry, large, large);
        Put16(header, 28, entry.HasRoom ? Room : 0);
        entry.Name.CopyTo(header, LocalHeader);
        if (entry.HasRoom)
        {
            var room = header.AsSpan(LocalHeader + entry.Name.Length);
            Put16(room, 0, large ? 1 : 0xA220);
            Put16(room, 2, Room - 4);
            if (large)
            {
                Put64(room, 4, entry.Length);
                Put64(room, 12, entry.DeflatedLength);
            }
            else
            {
                Put16(room, 4, 0xA028);
            }
        }

        Overwrite(entry.Offset, header);
    }

    /// <summary>Writes the directory, and what waits.</summary>
    public void Complete()
    {
        var start = Position;
        entries.ForEach(WriteDirectoryEntry);
        var length = Position - start;
        if (start >= small || entries.Count >= ushort.MaxValue)
        {
            WriteLargeEnd(start, length);
        }

        Span<byte> end = stackalloc byte[22];
        end.Clear();
        Put32(end, 0, 0x06054B50);
        Put16(end, 8, Math.Min(entries.Count, ushort.MaxValue));
        Put16(end, 10, Math.Min(entries.Count, ushort.MaxValue));
        Put32(end, 12, length);
        Put32(end, 16, start >= small ? uint.MaxValue : start);
        Append(end);
        Flush();
        ArrayPool<byte>.Shared.Return(waiting);
    }

    private void Flush()
    {
        stream.Write(waiting.AsSpan(0, waitingLength));
        written += waitingLength;
        waitingLength = 0;
    }

    private void Add(string name, DeflatedPart part)
    {
        var entry = Begin(name, hasRoom: false);
        (entry.Crc, entry.Length) = (part.Crc, part.Length);
        Append(part.Bytes);
        Close(entry);
        End(entry);
    }

    private static int HeaderLength(PackageEntry entry) => LocalHeader + entry.Name.Length + (entry.HasRoom ? Room : 0);

    private void WriteDirectoryEntry(PackageEntry entry)
    {
        var large = entry.Length >= small || entry.DeflatedLength >= small;
        var far = entry.Offset >= small;
        var extra = large || far ? 4 + (large ? 16 : 0) + (far ? 8 : 0) : 0;
        var header = new byte[46 + entry.Name.Length + extra];
        Put32(header, 0, 0x02014B50);
        Put16(header, 4, 45);
        PutCommon(header.AsSpan(6), entry, large, large || far);
        Put16(header, 30, extra);
        Put32(header, 42, far ? uint.MaxValue : entry.Offset);
        entry.Name.CopyTo(header, 46);
        if (extra > 0)
        {
            var at = header.AsSpan(46 + entry.Name.Length);
            Put16(at, 0, 1);
            Put16(at, 2, extra - 4);
            at = at[4..];
            if (large)
            {
                Put64(at, 0, entry.Length);
                Put64(at, 8, entry.DeflatedLength);
                at = at[16..];
            }

            if (far)
            {
                Put64(at, 0, entry.Offset);
            }
        }

        Append(header);
    }

    private void WriteLargeEnd(long start, long length)
    {
        var position = Position;
        Span<byte> end = stackalloc byte[56 + 20];
        end.Clear();
        Put32(end, 0, 0x06064B50);
        Put64(end, 4, 44);
        Put16(end, 12, 45);
        Put16(end, 14, 45);
        Put64(end, 24, entries.Count);
        Put64(end, 32, entries.Count);
        Put64(end, 40, length);
        Put64(end, 48, start);
        Put32(end, 56, 0x07064B50);
        Put64(end, 64, position);
        Put32(end, 72, 1);
        Append(end);
    }

    // From "version needed" to "length of the name", alike in the local header and the directory.
    private void PutCommon(Span<byte> header, PackageEntry entry, bool large, bool version45)
    {
        Put16(header, 0, version45 ? 45 : 20);
        Put16(header, 2, 1 << 11);
        Put16(header, 4, 8);
        Put16(header, 6, (writtenAt.Hour << 11) | (writtenAt.Minute << 5) | (writtenAt.Second / 2));
        Put16(header, 8, (Math.Max(0, writtenAt.Year - 1980) << 9) | (writtenAt.Month << 5) | writtenAt.Day);
        Put32(header, 10, entry.Crc);
        Put32(header, 14, large ? uint.MaxValue : entry.DeflatedLength);
        Put32(header, 18, large ? uint.MaxValue : entry.Length);
        Put16(header, 22, entry.Name.Length);
    }

    private static void Put16(Span<byte> target, int at, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(target[at..], (ushort)value);

    private static void Put32(Span<byte> target, int at, long value) => BinaryPrimitives.WriteUInt32LittleEndian(target[at..], (uint)value);

    private static void Put64(Span<byte> target, int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(target[at..], value);
}
