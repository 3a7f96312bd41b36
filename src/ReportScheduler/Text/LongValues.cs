using System.Globalization;
using System.Text.RegularExpressions;

namespace ReportScheduler.Text;

/// <summary>Keeps the values that a message repeats short, so that it can be read.</summary>
internal static partial class LongValues
{
    private const int Longest = 300;
    private const int Shown = 100;

    /// <summary>The message with the beginning of each long value in it.</summary>
    /// <param name="message">The message, with values in quotes.</param>
    /// <param name="value">The value that it is about, which may have quotes in it; null for none.</param>
    public static string Shorten(string message, string? value)
    {
        if (message.Length <= Longest)
        {
            return message;
        }

        var shorter = value is { Length: > Longest } ? message.Replace(value, Begin(value), StringComparison.Ordinal) : message;
        return Quoted().Replace(shorter, match => $"'{Begin(match.Groups["value"].Value)}'");
    }

    private static string Begin(string value)
    {
        // half a character is none
        var end = char.IsHighSurrogate(value[Shown - 1]) ? Shown - 1 : Shown;
        return string.Create(CultureInfo.InvariantCulture, $"{value[..end]}... ({value.Length:N0} characters)");
    }

    [GeneratedRegex(@"(?<![\w'])'(?<value>[^']{301,})'(?![\w'])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
