using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace ReportScheduler.Rows.Spool;

/// <summary>Rows as bytes: each cell is its kind and its value, exactly as it was.</summary>
internal sealed class SpoolBuffer
{
    private const int Smallest = 1024;

    /// <summary>Stands beside the kind of a text whose characters take a byte each, of a decimal whose digits take eight, and of
    /// another number that takes four.</summary>
    private const byte Narrow = 0x80;

    /// <summary>Stands beside the kind of a narrow text whose length takes a byte, and of a number that does.</summary>
    private const byte Brief = 0x40;

    private const byte Kinds = 0x3F;
    private const byte Negative = 0x80;

    private byte[] bytes = [];

    public int Length { get; private set; }

    /// <summary>The bytes that it takes in memory.</summary>
    public int Capacity => bytes.Length;

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
    /// <param name="at">Where the row begins.</param>
    /// <param name="row">The cells to fill.</param>
    /// <param name="known">The texts of the rows before it.</param>
    /// <param name="text">Grows by the length of the texts.</param>
    /// <returns>Where the row ends.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Read(ReadOnlySpan<byte> content, int at, Span<Cell> row, RecurringTexts known, ref long text)
    {
        for (var column = 0; column < row.Length; column++)
        {
            ref var cell = ref row[column];
            var head = content[at++];
            var kind = (CellKind)(head & Kinds);
            switch (kind)
            {
                case CellKind.Null:
                    cell.SetNull();
                    break;
                case CellKind.Text:
                    cell.SetText(ReadText(content, ref at, head, column, known, ref text));
                    break;
                case CellKind.Json:
                    cell.SetJson(ReadText(content, ref at, head, column, known, ref text));
                    break;
                case CellKind.Decimal when (head & Narrow) != 0:
                    cell.SetDecimal(ReadNarrow(content.Slice(at, 9)));
                    at += 9;
                    break;
                case CellKind.Decimal:
                    cell.SetDecimal(ReadDecimal(content[at..]));
                    at += 16;
                    break;
                case CellKind.Binary or CellKind.Guid or CellKind.DateTimeOffset:
                    at += ReadRare(content[at..], kind, ref cell, ref text);
                    break;
                default:
                    SetNumber(ref cell, kind, ReadNumber(content, ref at, head));
                    break;
            }
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Null:
                Take(1)[0] = (byte)CellKind.Null;
                break;
            case CellKind.Text or CellKind.Json:
                AddText(cell.Kind, cell.Text);
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
                AddNumber(cell.Kind, cell.Int64);
                break;
        }
    }

    private void AddNumber(CellKind kind, long bits)
    {
        var room = Room(9);
        if (bits == (sbyte)bits)
        {
            room[0] = (byte)((byte)kind | Brief);
            room[1] = (byte)bits;
            Length += 2;
        }
        else if (bits == (int)bits)
        {
            room[0] = (byte)((byte)kind | Narrow);
            BinaryPrimitives.WriteInt32LittleEndian(room[1..], (int)bits);
            Length += 5;
        }
        else
        {
            room[0] = (byte)kind;
            BinaryPrimitives.WriteInt64LittleEndian(room[1..], bits);
            Length += 9;
        }
    }

    private void AddText(CellKind kind, string text)
    {
        if (text.Length <= byte.MaxValue)
        {
            var brief = Room(2 + text.Length);
            if (Ascii.FromUtf16(text, brief[2..], out _) == OperationStatus.Done)
            {
                brief[0] = (byte)((byte)kind | Narrow | Brief);
                brief[1] = (byte)text.Length;
                Length += 2 + text.Length;
                return;
            }
        }

        var isNarrow = Ascii.IsValid(text);
        var room = Take(5 + (isNarrow ? text.Length : 2 * text.Length));
        room[0] = (byte)((byte)kind | (isNarrow ? Narrow : 0));
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

    private static string ReadText(ReadOnlySpan<byte> content, ref int at, byte head, int column, RecurringTexts known,
        ref long text)
    {
        int length = content[at];
        if ((head & Brief) != 0)
        {
            at++;
        }
        else
        {
            length = BinaryPrimitives.ReadInt32LittleEndian(content[at..]);
            at += 4;
        }

        text += length;
        var isNarrow = (head & Narrow) != 0;
        var letters = content.Slice(at, isNarrow ? length : 2 * length);
        at += letters.Length;
        return isNarrow ? known.Of(column, letters) : new string(MemoryMarshal.Cast<byte, char>(letters));
    }

    private static long ReadNumber(ReadOnlySpan<byte> content, ref int at, byte head)
    {
        if ((head & Brief) != 0)
        {
            return (sbyte)content[at++];
        }

        var number = content[at..];
        if ((head & Narrow) != 0)
        {
            at += 4;
            return BinaryPrimitives.ReadInt32LittleEndian(number);
        }

        at += 8;
        return BinaryPrimitives.ReadInt64LittleEndian(number);
    }

    /// <returns>How many bytes it took.</returns>
    private static int ReadRare(ReadOnlySpan<byte> content, CellKind kind, ref Cell cell, ref long text)
    {
        switch (kind)
        {
            case CellKind.Guid:
                cell.SetGuid(new Guid(content[..16]));
                return 16;
            case CellKind.DateTimeOffset:
                cell.SetDateTimeOffset(new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(content),
                    TimeSpan.FromMinutes((double)ReadDecimal(content[8..]))));
                return 24;
            default:
                var bytes = BinaryPrimitives.ReadInt32LittleEndian(content);
                cell.SetBinary(content.Slice(4, bytes).ToArray());
                text += bytes;
                return 4 + bytes;
        }
    }

    private static decimal ReadNarrow(ReadOnlySpan<byte> content)
    {
        var digits = MemoryMarshal.Cast<byte, int>(content[..8]);
        return new decimal(digits[0], digits[1], 0, (content[8] & Negative) != 0, (byte)(content[8] & ~Negative));
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
        var room = Room(size)[..size];
        Length += size;
        return room;
    }

    /// <summary>Room for so many bytes behind the last; <see cref="Length"/> says how many were used.</summary>
    private Span<byte> Room(int size)
    {
        if (bytes.Length - Length < size)
        {
            Array.Resize(ref bytes, (int)Math.Min(Math.Max(Math.Max(Smallest, 2L * bytes.Length), (long)Length + size), Array.MaxLength));
        }

        return bytes.AsSpan(Length);
    }
}
