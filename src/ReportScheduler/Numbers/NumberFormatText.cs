using System.Text.RegularExpressions;
using ExcelNumberFormat;

namespace ReportScheduler.Numbers;

/// <summary>Tells whether text is a number format that Excel accepts.</summary>
internal static partial class NumberFormatText
{
    // Excel repairs a workbook, and drops all its looks, when a format is longer, has
    // more sections or ends in a character that announces another.
    public static bool IsValid(string format)
    {
        var parts = FormatPart().Matches(format).Select(part => part.Value).ToList();
        return format.Length <= 255 && parts.Count(part => part == ";") < 4 && parts[^1] is not ("\\" or "_" or "*")
            && new NumberFormat(format).IsValid;
    }

    [GeneratedRegex(@"""[^""]*""|\[[^\]]*\]|[\\_*].|.", RegexOptions.Singleline)]
    private static partial Regex FormatPart();
}
