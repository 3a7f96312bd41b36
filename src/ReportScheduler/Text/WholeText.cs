using System.Text;

namespace ReportScheduler.Text;

/// <summary>Text without half characters, such as one whose last emoji was cut through: no encoding has bytes for those.</summary>
internal static class WholeText
{
    /// <summary>Whether each surrogate has its other half.</summary>
    public static bool Is(string text)
    {
        var start = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (var at = start; at >= 0 && at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[++at])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text with U+FFFD for each half character; the same text where it has none.</summary>
    public static string Of(string text)
    {
        if (Is(text))
        {
            return text;
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return whole.ToString();
    }
}
