using System.Buffers.Binary;
using System.Text;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>The profile that says what red, green and blue mean on screens: sRGB, IEC 61966-2-1.</summary>
/// <remarks>ISO 15076-1 (version 4): the colours of the primaries and the curve of the brightness, both for the white of D50.</remarks>
internal static class SrgbProfile
{
    private const int HeaderLength = 128;
    private const int EntryLength = 12;

    private static readonly double[] White = [0.9642, 1, 0.8249];
    private static readonly double[] Red = [0.43607, 0.22249, 0.01392];
    private static readonly double[] Green = [0.38515, 0.71687, 0.09708];
    private static readonly double[] Blue = [0.14307, 0.06061, 0.71410];
    private static readonly double[] Adaptation = [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168];
    private static readonly double[] Curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

    public static byte[] Bytes()
    {
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", Words("sRGB IEC61966-2.1")),
            ("cprt", Words("No copyright, use freely")),
            ("wtpt", Numbers("XYZ ", White)),
            ("chad", Numbers("sf32", Adaptation)),
            ("rXYZ", Numbers("XYZ ", Red)),
            ("gXYZ", Numbers("XYZ ", Green)),
            ("bXYZ", Numbers("XYZ ", Blue)),
            ("rTRC", Numbers("para", Curve)),
            ("gTRC", []),
            ("bTRC", []),
        ];
        var profile = new byte[HeaderLength + 4 + (tags.Length * EntryLength) + tags.Sum(tag => tag.Data.Length)];
        WriteHeader(profile);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(HeaderLength), tags.Length);
        var offset = HeaderLength + 4 + (tags.Length * EntryLength);
        var (start, length) = (0, 0);
        for (var index = 0; index < tags.Length; index++)
        {
            var data = tags[index].Data;
            // the curves of green and blue are that of red
            (start, length) = data.Length > 0 ? (offset, data.Length) : (start, length);
            data.CopyTo(profile.AsSpan(offset));
            offset += data.Length;
            var entry = profile.AsSpan(HeaderLength + 4 + (index * EntryLength));
            Encoding.ASCII.GetBytes(tags[index].Tag, entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], start);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], length);
        }

        return profile;
    }

    private static void WriteHeader(Span<byte> profile)
    {
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        BinaryPrimitives.WriteInt32BigEndian(profile[8..], 0x04200000);
        "mntrRGB XYZ "u8.CopyTo(profile[12..]);
        // the day of the profile: 2026-01-01
        BinaryPrimitives.WriteInt16BigEndian(profile[24..], 2026);
        BinaryPrimitives.WriteInt16BigEndian(profile[26..], 1);
        BinaryPrimitives.WriteInt16BigEndian(profile[28..], 1);
        "acsp"u8.CopyTo(profile[36..]);
        for (var index = 0; index < White.Length; index++)
        {
            WriteFixed(profile[(68 + (index * 4))..], White[index]);
        }
    }

    private static byte[] Numbers(string type, double[] values)
    {
        var isCurve = type == "para";
        var data = new byte[8 + (isCurve ? 4 : 0) + (values.Length * 4)];
        Encoding.ASCII.GetBytes(type, data);
        if (isCurve)
        {
            // a power above a threshold, a straight line below it
            data[9] = 3;
        }

        for (var index = 0; index < values.Length; index++)
        {
            WriteFixed(data.AsSpan(8 + (isCurve ? 4 : 0) + (index * 4)), values[index]);
        }

        return data;
    }

    private static byte[] Words(string text)
    {
        var data = new byte[28 + ((text.Length * 2) + 3 & ~3)];
        "mluc"u8.CopyTo(data);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(8), 1);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(12), 12);
        "enUS"u8.CopyTo(data.AsSpan(16));
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(20), text.Length * 2);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(24), 28);
        Encoding.BigEndianUnicode.GetBytes(text, data.AsSpan(28));
        return data;
    }

    private static void WriteFixed(Span<byte> target, double value) =>
        BinaryPrimitives.WriteInt32BigEndian(target, (int)Math.Round(value * 65536));
}
