using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ReportScheduler.Rows.Spool;

/// <summary>Rows as bytes: each cell is its kind and its value, exactly as it was.</summary>
internal sealed class SpoolBuffer
{
    private const int Smallest = 1024;

    /// <summary>Stands beside the kind of a text whose characters take a byte each, and of a decimal whose digits take eight.</summary>
    private const byte Narrow = 0x80;

    private const byte Negative = 0x80;

    private byte[] bytes = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Content => bytes.AsMemory(0, Length);

    /// <summary>Takes room that another one had; it is empty so far.</summary>
    public void Use(byte[] room) => bytes = room;

    /// <summary>Forgets the content.</summary>
    /// <returns>The room that it took, for another one.</returns>
    public byte[] Clear()
    {
        var room = bytes;
        (bytes, Length) = ([], 0);
        return room;
    }

    public void Add(ReadOnlySpan<Cell> row)
    {
        foreach (ref readonly var cell in row)
        {
            Add(cell);
        }
    }

    /// <summary>Reads a row.</summary>
    /// <param name="content">Rows as they were added.</param>
    /// <param name="row">The cells to fill.</param>
    /// <param name="text">Grows by the length of the texts.</param>
    /// <returns>What stands behind the row.</returns>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> content, Span<Cell> row, scoped ref long text)
    {
        foreach (ref var cell in row)
        {
            content = Read(content, ref cell, ref text);
        }

        return content;
    }

    private void Add(in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Null:
                Take(1)[0] = (byte)CellKind.Null;
                break;
            case CellKind.Text or CellKind.Json:
                AddText(cell);
                break;
            case CellKind.Binary:
                var room = Take(5 + cell.Binary.Length);
                room[0] = (byte)cell.Kind;
                BinaryPrimitives.WriteInt32LittleEndian(room[1..], cell.Binary.Length);
                cell.Binary.CopyTo(room[5..]);
                break;
            case CellKind.Decimal:
                AddDecimal(cell.Decimal);
                break;
            case CellKind.DateTimeOffset:
                var wide = Take(25);
                wide[0] = (byte)cell.Kind;
                BinaryPrimitives.WriteInt64LittleEndian(wide[1..], cell.Int64);
                decimal.GetBits(cell.Decimal, MemoryMarshal.Cast<byte, int>(wide[9..]));
                break;
            case CellKind.Guid:
                var id = Take(17);
                id[0] = (byte)cell.Kind;
                cell.Guid.TryWriteBytes(id[1..]);
                break;
            default:
                var number = Take(9);
                number[0] = (byte)cell.Kind;
                BinaryPrimitives.WriteInt64LittleEndian(number[1..], cell.Int64);
                break;
        }
    }

    private void AddText(in Cell cell)
    {
        var text = cell.Text;
        var isNarrow = Ascii.IsValid(text);
        var room = Take(5 + (isNarrow ? text.Length : 2 * text.Length));
        room[0] = (byte)((byte)cell.Kind | (isNarrow ? Narrow : 0));
        BinaryPrimitives.WriteInt32LittleEndian(room[1..], text.Length);
        if (isNarrow)
        {
            Encoding.ASCII.GetBytes(text, room[5..]);
        }
        else
        {
            // half of a surrogate pair has no place in UTF-8
            MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(room[5..]);
        }
    }

    private void AddDecimal(decimal number)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        var isNarrow = parts[2] == 0;
        var room = Take(isNarrow ? 10 : 17);
        room[0] = (byte)((byte)CellKind.Decimal | (isNarrow ? Narrow : 0));
        if (isNarrow)
        {
            MemoryMarshal.AsBytes(parts[..2]).CopyTo(room[1..]);
            // zero has a sign as well
            room[9] = (byte)(number.Scale | (parts[3] < 0 ? Negative : 0));
        }
        else
        {
            MemoryMarshal.AsBytes(parts).CopyTo(room[1..]);
        }
    }

    private static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> content, scoped ref Cell cell, scoped ref long text)
    {
        var kind = (CellKind)(content[0] & ~Narrow);
        switch (kind)
        {
            case CellKind.Null:
                cell.SetNull();
                return content[1..];
            case CellKind.Text or CellKind.Json:
                var length = BinaryPrimitives.ReadInt32LittleEndian(content[1..]);
                var size = (content[0] & Narrow) != 0 ? length : 2 * length;
                var letters = content.Slice(5, size);
                var value = size == length
                    ? Encoding.ASCII.GetString(letters)
                    : new string(MemoryMarshal.Cast<byte, char>(letters));
                if (kind == CellKind.Json)
                {
                    cell.SetJson(value);
                }
                else
                {
                    cell.SetText(value);
                }

                text += length;
                return content[(5 + size)..];
            case CellKind.Binary:
                var bytes = BinaryPrimitives.ReadInt32LittleEndian(content[1..]);
                cell.SetBinary(content.Slice(5, bytes).ToArray());
                text += bytes;
                return content[(5 + bytes)..];
            case CellKind.Guid:
                cell.SetGuid(new Guid(content.Slice(1, 16)));
                return content[17..];
            case CellKind.Decimal when (content[0] & Narrow) != 0:
                var digits = MemoryMarshal.Cast<byte, int>(content.Slice(1, 8));
                cell.SetDecimal(new decimal(digits[0], digits[1], 0, (content[9] & Negative) != 0, (byte)(content[9] & ~Negative)));
                return content[10..];
            case CellKind.Decimal:
                cell.SetDecimal(ReadDecimal(content[1..]));
                return content[17..];
            case CellKind.DateTimeOffset:
                cell.SetDateTimeOffset(new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(content[1..]),
                    TimeSpan.FromMinutes((double)ReadDecimal(content[9..]))));
                return content[25..];
            default:
                SetNumber(ref cell, kind, BinaryPrimitives.ReadInt64LittleEndian(content[1..]));
                return content[9..];
        }
    }

    private static decimal ReadDecimal(ReadOnlySpan<byte> content) => new(MemoryMarshal.Cast<byte, int>(content[..16]));

    private static void SetNumber(ref Cell cell, CellKind kind, long bits)
    {
        switch (kind)
        {
            case CellKind.Boolean: cell.SetBoolean(bits != 0); break;
            case CellKind.Integer: cell.SetInteger(bits); break;
            case CellKind.Double: cell.SetDouble(BitConverter.Int64BitsToDouble(bits)); break;
            case CellKind.Date: cell.SetDate(new DateTime(bits)); break;
            case CellKind.DateTime: cell.SetDateTime(new DateTime(bits)); break;
            case CellKind.Time: cell.SetTime(new TimeSpan(bits)); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    private Span<byte> Take(int size)
    {
        if (bytes.Length - Length < size)
        {
            Array.Resize(ref bytes, (int)Math.Min(Math.Max(Math.Max(Smallest, 2L * bytes.Length), (long)Length + size), Array.MaxLength));
        }

        var room = bytes.AsSpan(Length, size);
        Length += size;
        return room;
    }
}
