using System.Globalization;
using HarfBuzzSharp;

namespace ReportScheduler.Exports.Fonts;

/// <summary>Which way each character of a line runs: the Unicode bidirectional algorithm for text without embeddings.</summary>
/// <remarks>https://www.unicode.org/reports/tr9/: rules P2 and P3, W1 to W7, N0 to N2, I1 and
/// I2. Embeddings and isolates are taken for neutral characters.</remarks>
internal static class BidiLevels
{
    private enum Kind : byte
    {
        Neutral,
        Left,
        Right,
        ArabicLetter,
        EuropeanNumber,
        ArabicNumber,
        PlusMinus,
        Terminator,
        Separator,
        Mark,
    }

    /// <summary>The levels: even ones run left to right, odd ones right to left; the line's own is 0 or 1.</summary>
    /// <param name="characters">One line, in reading order.</param>
    /// <param name="isRightToLeft">Whether its first strong character is.</param>
    /// <param name="neutral">Whether a character has no direction of its own.</param>
    public static byte[] Of(IReadOnlyList<int> characters, out bool isRightToLeft, out bool[] neutral)
    {
        Kind[] kinds = [.. characters.Select(KindOf)];
        isRightToLeft = Array.Find(kinds, IsStrong) is Kind.Right or Kind.ArabicLetter;
        var outer = isRightToLeft ? Kind.Right : Kind.Left;
        neutral = [.. kinds.Select(kind => kind is Kind.Neutral or Kind.PlusMinus or Kind.Terminator or Kind.Separator)];
        ResolveNumbers(kinds, outer);
        ResolveBrackets(characters, kinds, outer);
        ResolveNeutrals(kinds, outer);
        var own = (byte)(isRightToLeft ? 1 : 0);
        return [.. kinds.Select(kind => kind == Kind.Right ? (byte)1 : kind == Kind.Left ? (byte)(own * 2) : (byte)2)];
    }

    /// <summary>Whether the first strong character of a paragraph is right to left (rule P2).</summary>
    public static bool IsRightToLeft(ReadOnlySpan<char> paragraph)
    {
        foreach (var rune in paragraph.EnumerateRunes())
        {
            if (KindOf(rune.Value) is var kind && IsStrong(kind))
            {
                return kind != Kind.Left;
            }
        }

        return false;
    }

    private static bool IsStrong(Kind kind) => kind is Kind.Left or Kind.Right or Kind.ArabicLetter;

    private static Kind KindOf(int character) => character switch
    {
        0x200E => Kind.Left,
        (>= '0' and <= '9') or (>= 0x06F0 and <= 0x06F9) or 0xB2 or 0xB3 or 0xB9 or (>= 0x2070 and <= 0x2089) or (>= 0xFF10
            and <= 0xFF19) => Kind.EuropeanNumber,
        (>= 0x0660 and <= 0x0669) or 0x066B or 0x066C => Kind.ArabicNumber,
        '+' or '-' or 0x2212 => Kind.PlusMinus,
        ',' or '.' or '/' or ':' or 0xA0 or 0x060C or 0x202F => Kind.Separator,
        '#' or '%' or 0xB0 or 0xB1 or 0x066A or (>= 0x2030 and <= 0x2034) => Kind.Terminator,
        _ when Scripts.IsMark(character) => Kind.Mark,
        (>= 0x0600 and <= 0x07BF) or (>= 0x0860 and <= 0x08FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70
            and <= 0xFEFC) when Scripts.IsRightToLeft(character) => Kind.ArabicLetter,
        _ when Scripts.IsRightToLeft(character) => Kind.Right,
        _ when Scripts.IsLeftToRight(character) || Scripts.IsDigit(character) => Kind.Left,
        _ when CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.CurrencySymbol => Kind.Terminator,
        _ => Kind.Neutral,
    };

    private static void ResolveNumbers(Kind[] kinds, Kind outer)
    {
        // W1 to W3
        var strong = outer;
        for (var index = 0; index < kinds.Length; index++)
        {
            if (kinds[index] == Kind.Mark)
            {
                kinds[index] = index == 0 ? outer : kinds[index - 1];
            }

            strong = IsStrong(kinds[index]) ? kinds[index] : strong;
            if (kinds[index] == Kind.EuropeanNumber && strong == Kind.ArabicLetter)
            {
                kinds[index] = Kind.ArabicNumber;
            }
        }

        // W4: one separator inside a number
        for (var index = 1; index + 1 < kinds.Length; index++)
        {
            var (before, after) = (kinds[index - 1], kinds[index + 1]);
            if (before == after && ((kinds[index] == Kind.Separator && before is Kind.EuropeanNumber or Kind.ArabicNumber)
                || (kinds[index] == Kind.PlusMinus && before == Kind.EuropeanNumber)))
            {
                kinds[index] = before;
            }
        }

        // W5: a percent or currency sign goes with its number
        for (int start = 0, end; start < kinds.Length; start = end)
        {
            for (end = start; end < kinds.Length && kinds[end] == Kind.Terminator; end++)
            {
            }

            if (end > start
                && ((start > 0 && kinds[start - 1] == Kind.EuropeanNumber) || (end < kinds.Length && kinds[end] == Kind.EuropeanNumber)))
            {
                Array.Fill(kinds, Kind.EuropeanNumber, start, end - start);
            }

            end = Math.Max(end, start + 1);
        }

        // W3, W6, W7
        strong = outer;
        for (var index = 0; index < kinds.Length; index++)
        {
            var kind = kinds[index] == Kind.ArabicLetter ? Kind.Right : kinds[index];
            strong = IsStrong(kind) ? kind : strong;
            kinds[index] = kind switch
            {
                Kind.PlusMinus or Kind.Terminator or Kind.Separator => Kind.Neutral,
                Kind.EuropeanNumber when strong == Kind.Left => Kind.Left,
                _ => kind,
            };
        }
    }

    /// <summary>N0: both brackets of a pair run the same way.</summary>
    private static void ResolveBrackets(IReadOnlyList<int> characters, Kind[] kinds, Kind outer)
    {
        var open = new List<int>();
        var pairs = new List<(int Open, int Close)>();
        for (var index = 0; index < kinds.Length; index++)
        {
            if (kinds[index] != Kind.Neutral)
            {
                continue;
            }

            var category = CharUnicodeInfo.GetUnicodeCategory(characters[index]);
            if (category == UnicodeCategory.OpenPunctuation)
            {
                open.Add(index);
            }
            else if (category == UnicodeCategory.ClosePunctuation
                && open.FindLastIndex(start => UnicodeFunctions.Default.GetMirroring(characters[start]) == characters[index]) is >= 0
                    and var place)
            {
                pairs.Add((open[place], index));
                open.RemoveRange(place, open.Count - place);
            }
        }

        foreach (var (start, end) in pairs.OrderBy(pair => pair.Open))
        {
            var inside = kinds[(start + 1)..end].Select(Direction).Where(kind => kind != Kind.Neutral).Distinct().ToList();
            if (inside.Count > 0)
            {
                var before = kinds[..start].Select(Direction).LastOrDefault(kind => kind != Kind.Neutral);
                kinds[start] = kinds[end] = inside.Contains(outer) || before != inside[0] ? outer : inside[0];
            }
        }
    }

    /// <summary>N1 and N2: what stands between equals joins them, the rest follows the line.</summary>
    private static void ResolveNeutrals(Kind[] kinds, Kind outer)
    {
        for (int start = 0, end; start < kinds.Length; start = end)
        {
            for (end = start; end < kinds.Length && kinds[end] == Kind.Neutral; end++)
            {
            }

            var before = start == 0 ? outer : Direction(kinds[start - 1]);
            var after = end == kinds.Length ? outer : Direction(kinds[end]);
            Array.Fill(kinds, before == after ? before : outer, start, end - start);
            end = Math.Max(end, start + 1);
        }
    }

    /// <summary>Numbers count as right to left among neutral characters and brackets.</summary>
    private static Kind Direction(Kind kind) => kind is Kind.EuropeanNumber or Kind.ArabicNumber ? Kind.Right : kind;
}
