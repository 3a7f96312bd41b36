using System.Buffers;
using System.Globalization;
using System.Text;

namespace ReportScheduler.Exports;

/// <summary>Text as a worksheet part holds it.</summary>
/// <remarks>ECMA-376 Part 1, 22.9.2.19 ST_Xstring: characters that XML forbids are _xHHHH_, and text that looks like that is escaped.</remarks>
internal static class ExcelText
{
    /// <summary>UTF-16 units that a cell holds.</summary>
    public const int Longest = 32767;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The text cut to what a cell holds, never within a surrogate pair.</summary>
    public static string Fit(string text, out bool cut)
    {
        cut = text.Length > Longest;
        return cut ? text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] : text;
    }

    public static void Append(StringBuilder xml, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            switch (letter)
            {
                case '<':
                    xml.Append("&lt;");
                    break;
                case '>':
                    xml.Append("&gt;");
                    break;
                case '&':
                    xml.Append("&amp;");
                    break;
                case '"':
                    xml.Append("&quot;");
                    break;
                case '_' when IsEscape(text, i):
                    xml.Append("_x005F_");
                    break;
                case '\t' or '\n':
                    xml.Append(letter);
                    break;
                case < ' ' or '\uFFFE' or '\uFFFF':
                    Escape(xml, letter);
                    break;
                default:
                    if (char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                    {
                        xml.Append(letter).Append(text[++i]);
                    }
                    else if (char.IsSurrogate(letter))
                    {
                        Escape(xml, letter);
                    }
                    else
                    {
                        xml.Append(letter);
                    }

                    break;
            }
        }
    }

    private static bool IsEscape(string text, int at) =>
        at + 6 < text.Length && text[at + 1] == 'x' && text[at + 6] == '_'
        && text.AsSpan(at + 2, 4).IndexOfAnyExcept(HexDigits) < 0;

    private static void Escape(StringBuilder xml, char letter) =>
        xml.Append("_x").Append(((int)letter).ToString("X4", CultureInfo.InvariantCulture)).Append('_');
}
