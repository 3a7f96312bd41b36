using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace ReportScheduler.Exports.Excel;

/// <summary>Text as a workbook holds it (ISO/IEC 29500-1, ST_Xstring): what XML cannot hold
/// stands as <c>_xHHHH_</c>, and text that looks like that is escaped.</summary>
internal static partial class ExcelText
{
    /// <summary>As many UTF-16 units as a cell takes.</summary>
    public const int Limit = 32767;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^`abcdefghijklmnopqrstuvwxyz{|}~\t\n");

    /// <summary>Text of a chart or a property: outside cells nobody reads <c>_x000D_</c> as a CR at all.</summary>
    public static string EscapeLines(string text) => Escape(WithLineFeeds(text));

    public static string Escape(string text)
    {
        var buffer = new XmlBuffer();
        Escape(text, buffer);
        return buffer.ToString();
    }

    /// <summary>Adds text, escaped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static XmlBuffer AddText(this XmlBuffer target, ReadOnlySpan<char> text)
    {
        Escape(text, target);
        return target;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Escape(ReadOnlySpan<char> text, XmlBuffer target)
    {
        while (text.Length > 0)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                plain = text.Length;
            }

            if (plain > 0)
            {
                target.Length += Encoding.UTF8.GetBytes(text[..plain], target.Room(plain));
                text = text[plain..];
                continue;
            }

            text = text[One(text, target)..];
        }
    }

    /// <summary>The text with the line ends of a cell: Excel has LF, and others show a CR as <c>_x000D_</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static string WithLineFeeds(string text) =>
        text.AsSpan().Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;

    /// <summary>The text that stands behind one with <c>_xHHHH_</c> in it.</summary>
    public static string Unescape(string text) =>
        Escaped().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());

    /// <summary>The text without what a place of so many characters cannot take; never half a surrogate pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, int limit = Limit) =>
        text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];

    /// <summary>XML readers would drop the white space at the ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MustKeepSpace(ReadOnlySpan<char> text) =>
        text.Length > 0 && (text[0] <= ' ' || text[^1] <= ' ' || text.Contains('\n'));

    private static int One(ReadOnlySpan<char> text, XmlBuffer target)
    {
        var c = text[0];
        switch (c)
        {
            case '&':
                target.Add("&amp;"u8);
                return 1;
            case '<':
                target.Add("&lt;"u8);
                return 1;
            case '>':
                target.Add("&gt;"u8);
                return 1;
            case '"':
                target.Add("&quot;"u8);
                return 1;
            case '_':
                target.Add(LooksEscaped(text) ? "_x005F_"u8 : "_"u8);
                return 1;
        }

        if (c < ' ' || c is '\uFFFE' or '\uFFFF' || Rune.DecodeFromUtf16(text, out var rune, out var used) != OperationStatus.Done)
        {
            target.AddXml($"_x{(int)c:X4}_");
            return 1;
        }

        target.Length += rune.EncodeToUtf8(target.Room(4));
        return used;
    }

    private static bool LooksEscaped(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_'
        && char.IsAsciiHexDigit(text[2]) && char.IsAsciiHexDigit(text[3]) && char.IsAsciiHexDigit(text[4]) && char.IsAsciiHexDigit(text[5]);

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();
}
