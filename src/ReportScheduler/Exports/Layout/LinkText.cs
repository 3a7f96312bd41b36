using System.Text.RegularExpressions;

namespace ReportScheduler.Exports.Layout;

/// <summary>Texts that lead somewhere: the address of a page, or of a person.</summary>
internal static partial class LinkText
{
    private const int Longest = 2000;

    /// <returns>Where a text leads, http, https or mailto; null when it is no address as a whole.</returns>
    public static string? Of(string? text)
    {
        // nearly all texts have neither mark, and nothing else is looked for in them
        if (text is null || text.Length is < 6 or > Longest || text.AsSpan().IndexOfAny(':', '@') < 0 || text.Any(char.IsWhiteSpace))
        {
            return null;
        }

        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var page) && page.Host.Length > 0 ? text : null;
        }

        return text.Contains('@', StringComparison.Ordinal) && Mailbox().IsMatch(text) ? $"mailto:{text}" : null;
    }

    [GeneratedRegex(@"^[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)*\.\p{L}{2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mailbox();
}
