using System.Globalization;

namespace ReportScheduler.Exports.Fonts;

/// <summary>Breaks text into lines that fit a width: at line breaks, after spaces and hyphens, between the
/// characters of scripts without spaces, and inside a word only when it is wider than a line.</summary>
internal static class LineBreaker
{
    /// <summary>Adds the lines of a text as (start, length); no text is one empty line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fonts">What it is set in.</param>
    /// <param name="width">In em.</param>
    /// <param name="lines">Gets the lines.</param>
    public static void Break(ReadOnlySpan<char> text, FontSet fonts, float width, List<(int Start, int Length)> lines)
    {
        var start = 0;
        while (true)
        {
            var rest = text[start..];
            var end = rest.IndexOfAny('\r', '\n');
            BreakParagraph(end < 0 ? rest : rest[..end], start, fonts, width, lines);
            if (end < 0)
            {
                return;
            }

            start += end + (rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? 2 : 1);
        }
    }

    private static void BreakParagraph(ReadOnlySpan<char> text, int offset, FontSet fonts, float width, List<(int Start, int Length)> lines)
    {
        // a measured text may differ in its last bits from the column made for it
        width += 0.001f;
        if (fonts.Measure(text) <= width)
        {
            lines.Add((offset, text.Length));
            return;
        }

        int lineStart = 0, lineEnd = 0;
        var used = 0f;
        while (lineEnd < text.Length)
        {
            var word = NextWord(text[lineEnd..]);
            var advance = fonts.Measure(text.Slice(lineEnd, word));
            var visible = fonts.Measure(text.Slice(lineEnd, word).TrimEnd(' '));
            if (used + visible > width && lineEnd > lineStart)
            {
                Add(text, lineStart, lineEnd);
                (lineStart, used) = (lineEnd, 0);
            }

            if (visible > width)
            {
                word = FittingPart(text.Slice(lineEnd, word), fonts, width, out advance);
            }

            lineEnd += word;
            used += advance;
        }

        Add(text, lineStart, lineEnd);

        void Add(ReadOnlySpan<char> all, int from, int to) =>
            lines.Add((offset + from, all[from..to].TrimEnd(' ').Length));
    }

    private static int NextWord(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == ' ')
            {
                var next = text[index..].IndexOfAnyExcept(' ');
                return next < 0 ? text.Length : index + next;
            }

            if (text[index] == '-' && index > 0)
            {
                return index + 1;
            }

            if (Scripts.BreaksAnywhere(text[index]))
            {
                return index > 0 ? index : Math.Max(1, StringInfo.GetNextTextElementLength(text));
            }
        }

        return text.Length;
    }

    /// <summary>The longest start of a word that fits, at least one character with its marks.</summary>
    private static int FittingPart(ReadOnlySpan<char> word, FontSet fonts, float width, out float used)
    {
        var length = 0;
        used = 0f;
        while (length < word.Length)
        {
            var element = StringInfo.GetNextTextElementLength(word[length..]);
            var advance = fonts.Measure(word.Slice(length, element));
            if (length > 0 && used + advance > width)
            {
                break;
            }

            length += element;
            used += advance;
        }

        return length;
    }
}
