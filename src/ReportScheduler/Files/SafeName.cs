using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ReportScheduler.Files;

/// <summary>Text as a file name that Windows and Unix take alike.</summary>
internal static partial class SafeName
{
    /// <summary>In bytes of UTF-8. Leaves room within the 255 of file systems for the
    /// name of a dataset, a number and an extension.</summary>
    public const int Longest = 150;

    /// <summary>With the name of a dataset, in bytes of UTF-8. Leaves room for a
    /// number, an extension and what a temporary name adds.</summary>
    public const int LongestOfDataset = 220;

    /// <summary>So much shorter than allowed a name may become where it is cut between characters, in bytes of UTF-8.</summary>
    private const int MostLost = 16;

    private static readonly HashSet<string> Reserved = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The text as a file name without extension: what no file system takes, or does not show, becomes <c>_</c>.</summary>
    /// <remarks>One that is too long loses its middle: the date, key or number that tells files apart is usually at the end. In the
    /// middle's place comes a hash of the whole text, so that different texts stay different names.</remarks>
    /// <param name="text">Any text.</param>
    /// <param name="longest">More is cut out of the middle, in bytes of UTF-8.</param>
    public static string Of(string text, int longest = Longest)
    {
        var name = IsPlain(text) ? text : Text(text.EnumerateRunes().Select(Kept));
        // Windows drops dots and spaces at the end and reserves device names whatever follows the first dot.
        if (Encoding.UTF8.GetByteCount(name.Trim(' ').TrimEnd('.', ' ')) > longest)
        {
            name = Shortened([.. text.EnumerateRunes().Select(Kept)], Mark(text), longest);
        }

        var safe = name.TrimEnd('.', ' ').TrimStart(' ');
        var device = safe.Split('.')[0].TrimEnd();
        return safe.Length == 0 ? "report" : safe[0] == '.' || Reserved.Contains(device) ? "_" + safe : safe;
    }

    /// <summary>Whether the name of a file is one whose middle was cut out.</summary>
    public static bool IsShortened(string fileName) =>
        Encoding.UTF8.GetByteCount(fileName) >= Longest - MostLost && Shortening().IsMatch(fileName);

    // most names are, and those of hundreds of parts are made one after another
    private static bool IsPlain(string text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not (' ' or '-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static Rune Kept(Rune rune) =>
        Rune.IsControl(rune) || "<>:\"/\\|?*\uFFFD".Contains(rune.ToString(), StringComparison.Ordinal)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format ? new Rune('_') : rune;

    private static string Shortened(List<Rune> runes, string mark, int longest)
    {
        var left = longest - mark.Length;
        var (from, end) = (runes.Count, 0);
        while (from > 0 && end + runes[from - 1].Utf8SequenceLength <= left / 2)
        {
            end += runes[--from].Utf8SequenceLength;
        }

        // no accent without its letter
        while (from < runes.Count && Rune.GetUnicodeCategory(runes[from])
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark)
        {
            end -= runes[from++].Utf8SequenceLength;
        }

        var (to, start) = (0, 0);
        while (to < from && start + runes[to].Utf8SequenceLength <= left - end)
        {
            start += runes[to++].Utf8SequenceLength;
        }

        return Text(runes.Take(to)) + mark + Text(runes.Skip(from));
    }

    private static string Mark(string text) =>
        $"~{Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())), 0, 4)}~";

    private static string Text(IEnumerable<Rune> runes)
    {
        var text = new StringBuilder();
        foreach (var rune in runes)
        {
            text.Append(rune);
        }

        return text.ToString();
    }

    [GeneratedRegex("~[0-9A-F]{8}~")]
    private static partial Regex Shortening();
}
