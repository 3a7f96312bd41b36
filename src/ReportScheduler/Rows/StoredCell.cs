namespace ReportScheduler.Rows;

/// <summary>A cell as bytes, and back as it was: 1.00 stays 1.00.</summary>
internal static class StoredCell
{
    public static void Write(BinaryWriter writer, in Cell cell)
    {
        writer.Write((byte)cell.Kind);
        switch (cell.Kind)
        {
            case CellKind.Null: break;
            case CellKind.Text or CellKind.Json: writer.Write(cell.Text); break;
            case CellKind.Decimal: writer.Write(cell.Decimal); break;
            case CellKind.DateTimeOffset:
                writer.Write(cell.Int64);
                writer.Write((short)cell.DateTimeOffset.Offset.TotalMinutes);
                break;
            case CellKind.Guid: writer.Write(cell.Guid.ToByteArray()); break;
            case CellKind.Binary:
                writer.Write7BitEncodedInt(cell.Binary.Length);
                writer.Write(cell.Binary);
                break;
            default: writer.Write(cell.Int64); break;
        }
    }

    public static void Read(BinaryReader reader, ref Cell cell)
    {
        switch ((CellKind)reader.ReadByte())
        {
            case CellKind.Null: cell.SetNull(); break;
            case CellKind.Text: cell.SetText(reader.ReadString()); break;
            case CellKind.Json: cell.SetJson(reader.ReadString()); break;
            case CellKind.Boolean: cell.SetBoolean(reader.ReadInt64() != 0); break;
            case CellKind.Integer: cell.SetInteger(reader.ReadInt64()); break;
            case CellKind.Decimal: cell.SetDecimal(reader.ReadDecimal()); break;
            case CellKind.Double: cell.SetDouble(BitConverter.Int64BitsToDouble(reader.ReadInt64())); break;
            case CellKind.Date: cell.SetDate(new DateTime(reader.ReadInt64())); break;
            case CellKind.DateTime: cell.SetDateTime(new DateTime(reader.ReadInt64())); break;
            case CellKind.DateTimeOffset: cell.SetDateTimeOffset(
                new DateTimeOffset(reader.ReadInt64(), TimeSpan.FromMinutes(reader.ReadInt16()))); break;
            case CellKind.Time: cell.SetTime(new TimeSpan(reader.ReadInt64())); break;
            case CellKind.Guid: cell.SetGuid(new Guid(reader.ReadBytes(16))); break;
            default: cell.SetBinary(reader.ReadBytes(reader.Read7BitEncodedInt())); break;
        }
    }
}
