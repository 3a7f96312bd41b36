using System.Runtime.InteropServices;
using System.Text;

namespace ReportScheduler.Rows;

/// <summary>A cell as bytes, and back as it was: 1.00 stays 1.00.</summary>
internal static class CellBytes
{
    /// <summary>A cell whose bytes are those of every cell with the same value: 1, 1.0 and 1.00 have the same, whatever kind of number
    /// each is.</summary>
    public static void WriteValue(BinaryWriter writer, in Cell cell) => Write(writer, PlainNumber.Of(cell));

    public static void Write(BinaryWriter writer, in Cell cell)
    {
        writer.Write((byte)cell.Kind);
        switch (cell.Kind)
        {
            case CellKind.Null:
                break;
            case CellKind.Text or CellKind.Json:
                WriteText(writer, cell.Text);
                break;
            case CellKind.Decimal:
                writer.Write(cell.Decimal);
                break;
            case CellKind.DateTimeOffset:
                writer.Write(cell.Int64);
                writer.Write(cell.DateTimeOffset.TotalOffsetMinutes);
                break;
            case CellKind.Guid:
                writer.Write(cell.Guid.ToByteArray());
                break;
            case CellKind.Binary:
                writer.Write(cell.Binary.Length);
                writer.Write(cell.Binary);
                break;
            default:
                writer.Write(cell.Int64);
                break;
        }
    }

    /// <summary>The cells of a row, one after the other.</summary>
    public static byte[] OfRow(Cell[] row)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true);
        WriteRow(writer, row);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Writes the cells of a row, one after the other.</summary>
    public static void WriteRow(BinaryWriter writer, ReadOnlySpan<Cell> row)
    {
        foreach (ref readonly var cell in row)
        {
            Write(writer, cell);
        }
    }

    public static void Read(BinaryReader reader, ref Cell cell)
    {
        switch ((CellKind)reader.ReadByte())
        {
            case CellKind.Text:
                cell.SetText(ReadText(reader));
                break;
            case CellKind.Json:
                cell.SetJson(ReadText(reader));
                break;
            case CellKind.Boolean:
                cell.SetBoolean(reader.ReadInt64() != 0);
                break;
            case CellKind.Integer:
                cell.SetInteger(reader.ReadInt64());
                break;
            case CellKind.Double:
                cell.SetDouble(BitConverter.Int64BitsToDouble(reader.ReadInt64()));
                break;
            case CellKind.Decimal:
                cell.SetDecimal(reader.ReadDecimal());
                break;
            case CellKind.Date:
                cell.SetDate(new DateTime(reader.ReadInt64()));
                break;
            case CellKind.DateTime:
                cell.SetDateTime(new DateTime(reader.ReadInt64()));
                break;
            case CellKind.DateTimeOffset:
                cell.SetDateTimeOffset(new DateTimeOffset(reader.ReadInt64(), TimeSpan.FromMinutes(reader.ReadInt32())));
                break;
            case CellKind.Time:
                cell.SetTime(new TimeSpan(reader.ReadInt64()));
                break;
            case CellKind.Guid:
                cell.SetGuid(new Guid(reader.ReadBytes(16)));
                break;
            case CellKind.Binary:
                cell.SetBinary(reader.ReadBytes(reader.ReadInt32()));
                break;
            default:
                cell.SetNull();
                break;
        }
    }

    // half of a surrogate pair has no place in UTF-8
    private static void WriteText(BinaryWriter writer, string text)
    {
        var isNarrow = Ascii.IsValid(text);
        writer.Write(isNarrow);
        writer.Write7BitEncodedInt(text.Length);
        writer.Write(isNarrow ? Encoding.ASCII.GetBytes(text) : MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static string ReadText(BinaryReader reader)
    {
        var isNarrow = reader.ReadBoolean();
        var length = reader.Read7BitEncodedInt();
        return isNarrow ? Encoding.ASCII.GetString(reader.ReadBytes(length))
            : new string(MemoryMarshal.Cast<byte, char>(reader.ReadBytes(2 * length)));
    }
}
