using System.Buffers.Binary;
using System.Data.SqlTypes;
using System.Text;

namespace ReportScheduler.Tests.Support;

/// <summary>A column type and a value of it as TDS sends them.</summary>
/// <param name="Type">TYPE_INFO, [MS-TDS] 2.2.5.6.</param>
/// <param name="Value">The value with its length, [MS-TDS] 2.2.5.5.</param>
internal sealed record TdsValue(byte[] Type, byte[] Value)
{
    private static readonly byte[] Collation = [9, 4, 0xD0, 0, 52];

    public static TdsValue Int(int? value) => new([0x26, 4], value is { } number ? [4, .. BitConverter.GetBytes(number)] : [0]);

    public static TdsValue BigInt(long value) => new([0x26, 8], [8, .. BitConverter.GetBytes(value)]);

    public static TdsValue Bit(bool value) => new([0x68, 1], [1, value ? (byte)1 : (byte)0]);

    public static TdsValue Float(double value) => new([0x6D, 8], [8, .. BitConverter.GetBytes(value)]);

    public static TdsValue Money(decimal value)
    {
        var units = (long)(value * 10_000);
        return new([0x6E, 8], [8, .. BitConverter.GetBytes((int)(units >> 32)), .. BitConverter.GetBytes((uint)units)]);
    }

    public static TdsValue Decimal(string value, byte precision, byte scale)
    {
        var number = SqlDecimal.ConvertToPrecScale(SqlDecimal.Parse(value), precision, scale);
        return new([0x6A, 17, precision, scale],
            [17, number.IsPositive ? (byte)1 : (byte)0, .. number.Data.SelectMany(BitConverter.GetBytes)]);
    }

    public static TdsValue NVarChar(string? value) =>
        new([0xE7, 0x40, 0x1F, .. Collation],
            value is null ? [0xFF, 0xFF] : [.. BitConverter.GetBytes((ushort)(value.Length * 2)), .. Encoding.Unicode.GetBytes(value)]);

    public static TdsValue VarChar(string value) =>
        new([0xA7, 0x40, 0x1F, .. Collation], [.. BitConverter.GetBytes((ushort)value.Length), .. Encoding.Latin1.GetBytes(value)]);

    public static TdsValue VarBinary(params byte[] value) =>
        new([0xA5, 0x40, 0x1F], [.. BitConverter.GetBytes((ushort)value.Length), .. value]);

    public static TdsValue Guid(Guid value) => new([0x24, 16], [16, .. value.ToByteArray()]);

    public static TdsValue Date(DateOnly? value) => new([0x28], value is { } date ? [3, .. Days(date)] : [0]);

    public static TdsValue Time(TimeSpan value) => new([0x29, 7], [5, .. Ticks(value)]);

    public static TdsValue DateTime(DateTime value) => new(
        [0x6F, 8],
        [8, .. BitConverter.GetBytes((value.Date - new DateTime(1900, 1, 1)).Days),
            .. BitConverter.GetBytes((uint)Math.Round(value.TimeOfDay.TotalSeconds * 300))]);

    public static TdsValue DateTime2(DateTime value) =>
        new([0x2A, 7], [8, .. Ticks(value.TimeOfDay), .. Days(DateOnly.FromDateTime(value))]);

    public static TdsValue DateTimeOffset(DateTimeOffset value) => new(
        [0x2B, 7],
        [10, .. Ticks(value.UtcDateTime.TimeOfDay), .. Days(DateOnly.FromDateTime(value.UtcDateTime)),
            .. BitConverter.GetBytes((short)value.Offset.TotalMinutes)]);

    private static byte[] Days(DateOnly date) => BitConverter.GetBytes(date.DayNumber)[..3];

    private static byte[] Ticks(TimeSpan time)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, time.Ticks);
        return bytes[..5];
    }
}
