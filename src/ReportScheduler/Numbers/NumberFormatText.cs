using System.Globalization;
using System.Text.RegularExpressions;
using ExcelNumberFormat;

namespace ReportScheduler.Numbers;

/// <summary>Tells whether text is a number format that Excel accepts.</summary>
internal static partial class NumberFormatText
{
    private const int MostLocaleDigits = 8;

    // Excel repairs a workbook, and drops all its looks, when a format is longer, has
    // more sections or ends in a character that announces another.
    public static bool IsValid(string format)
    {
        var parts = FormatPart().Matches(format).Select(part => part.Value).ToList();
        return format.Length <= 255 && parts.Count(part => part == ";") < 4 && parts[^1] is not ("\\" or "_" or "*")
            && parts.TrueForAll(part => part is not ['[', .. var content, ']'] || IsBracket(content)) && IsFormat(format);
    }

    // the library throws for some that are none
    private static bool IsFormat(string format)
    {
        try
        {
            return new NumberFormat(format).IsValid;
        }
        catch (Exception problem) when (problem is FormatException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsBracket(string content) => content switch
    {
        ['<' or '>' or '=', ..] => FormatCondition.Of(content) is { } condition && double.IsFinite(condition.Limit),
        ['$', .. var money] => !money.Contains('-', StringComparison.Ordinal) || IsLocale(money[(money.IndexOf('-') + 1)..])
            || IsLocale(money[(money.LastIndexOf('-') + 1)..]),
        _ => Word().IsMatch(content),
    };

    // the colours that Excel knows, hours and the like beyond their clocks, digits of other scripts
    [GeneratedRegex("^(black|blue|cyan|green|magenta|red|white|yellow|color ?([1-9]|[1-4][0-9]|5[0-6])|h+|m+|s+|dbnum[1-4])$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    // a number such as 409, a name such as en-US, or one of Excel's own such as x-euro2; behind a comma a calendar
    private static bool IsLocale(string text)
    {
        var name = text.Split(',')[0];
        return name.Length == 0 || name.StartsWith("x-", StringComparison.OrdinalIgnoreCase)
            || (name.Length <= MostLocaleDigits && name.All(char.IsAsciiHexDigit)) || IsLanguage(name);
    }

    private static bool IsLanguage(string name)
    {
        try
        {
            // en-US, or ja-JP-x-gannen
            return CultureInfo.GetCultureInfo(name.Split("-x-")[0], predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"""[^""]*""|\[[^\]]*\]|[\\_*].|.", RegexOptions.Singleline)]
    private static partial Regex FormatPart();
}
