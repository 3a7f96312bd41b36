using System.Buffers;
using System.Text;

namespace ReportScheduler.Sources;

/// <summary>Tells a UTF-8 text with a stray byte in it from one of an ANSI code page,
/// whose letters hardly ever make a character of UTF-8.</summary>
internal static class BrokenText
{
    /// <summary>The first byte that is no UTF-8, and its line and place in that, counted from 1.</summary>
    public static ((int Line, int Column) Place, byte Byte)? First(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != OperationStatus.Done)
            {
                return (Place(bytes[..at]), bytes[at]);
            }

            at += length;
        }

        return null;
    }

    /// <returns>The first stray byte and its place, both counted from 1, of a text that has at least as many
    /// characters of UTF-8 beyond a to z as stray bytes; null for another text.</returns>
    public static ((int Line, int Column) Place, byte Byte)? Find(byte[] bytes)
    {
        var (wide, strays) = (0, 0);
        for (var at = 0; at < bytes.Length;)
        {
            var status = Rune.DecodeFromUtf8(bytes.AsSpan(at), out _, out var length);
            if (status != OperationStatus.Done)
            {
                strays++;
            }
            else if (length > 1)
            {
                wide++;
            }

            at += length;
        }

        return wide < strays ? null : First(bytes);
    }

    private static (int Line, int Column) Place(ReadOnlySpan<byte> before)
    {
        var line = before.Count((byte)'\n') + 1;
        return (line, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
