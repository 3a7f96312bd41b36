using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Text;

namespace ReportScheduler.Queries;

/// <summary>Reads a PostgreSQL numeric that does not fit a decimal from its wire form, digit by digit.</summary>
/// <remarks>src/backend/utils/adt/numeric.c, numeric_send: count, weight, sign, scale, then digits of base 10,000.</remarks>
internal static class PostgresNumeric
{
    public static string ReadText(DbDataReader reader, int column)
    {
        using var stream = reader.GetStream(column);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Text(copy.ToArray());
    }

    internal static string Text(ReadOnlySpan<byte> wire)
    {
        var count = BinaryPrimitives.ReadInt16BigEndian(wire);
        var weight = BinaryPrimitives.ReadInt16BigEndian(wire[2..]);
        var sign = BinaryPrimitives.ReadUInt16BigEndian(wire[4..]);
        var scale = BinaryPrimitives.ReadInt16BigEndian(wire[6..]);
        switch (sign)
        {
            case 0xC000:
                return "NaN";
            case 0xD000:
                return "Infinity";
            case 0xF000:
                return "-Infinity";
        }

        var text = new StringBuilder(sign == 0x4000 ? "-" : "");
        for (var place = Math.Max(weight, (short)0); place >= 0; place--)
        {
            text.Append(Digit(wire, count, weight - place).ToString(place == Math.Max(weight, (short)0) ? "0" : "0000", CultureInfo.InvariantCulture));
        }

        if (scale > 0)
        {
            var fraction = new StringBuilder();
            for (var place = -1; fraction.Length < scale; place--)
            {
                fraction.Append(Digit(wire, count, weight - place).ToString("0000", CultureInfo.InvariantCulture));
            }

            text.Append('.').Append(fraction, 0, scale);
        }

        return text.ToString();
    }

    private static int Digit(ReadOnlySpan<byte> wire, int count, int index) =>
        index >= 0 && index < count ? BinaryPrimitives.ReadInt16BigEndian(wire[(8 + (2 * index))..]) : 0;
}
