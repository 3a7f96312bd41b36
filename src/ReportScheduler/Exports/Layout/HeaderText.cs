using System.Text.RegularExpressions;

namespace ReportScheduler.Exports.Layout;

/// <summary>The name of a column as a header: <c>payment_date</c> and <c>PaymentDate</c> are "Payment
/// date". A name with a space or a sign was written for people and stays.</summary>
internal static partial class HeaderText
{
    // as EUR, VAT and ID
    private const int LongestAbbreviation = 4;

    public static string Of(string name)
    {
        if (!Identifier().IsMatch(name))
        {
            return name;
        }

        var words = Word().Matches(name).Select(word => word.Value).ToList();
        var isShouted = name.Length > LongestAbbreviation && !name.Any(char.IsLower);
        var text = string.Join(' ', words.Select(word => !isShouted && IsAbbreviation(word) ? word : word.ToLowerInvariant()));
        return text.Length == 0 ? name : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static bool IsAbbreviation(string word) => word.Length is > 1 and <= LongestAbbreviation && !word.Any(char.IsLower);

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{N}_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[^\p{Lu}_\p{N}]+\p{N}*|\p{N}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
