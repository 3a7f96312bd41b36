using System.Globalization;
using System.Text;

namespace ReportScheduler.Text;

/// <summary>Text of others in a line of a log or a console: it cannot begin another
/// line, move the cursor or turn the reading direction.</summary>
internal static class OneLine
{
    /// <summary>The text with what is invisible or acts on a terminal written as <c>\n</c> or <c>\u001b</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(Acts))
        {
            return text;
        }

        var line = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append(' '),
                _ when Acts(character) => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => line.Append(character),
            };
        }

        return line.ToString();
    }

    // line and paragraph separators; the marks, embeddings, overrides and isolates of UAX 9
    private static bool Acts(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or '\u200e' or '\u200f' or '\u061c'
            or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';
}
