using System.Globalization;

namespace ReportScheduler.Numbers;

/// <summary>Number formats that show no digits but words, as <c>yesno</c> and <c>"on";"on";"off"</c>: they suit true and false too,
/// and not what numbers come to.</summary>
internal static class WordsFormat
{
    public static bool Is(string? format) => format is not (null or "" or "General" or "@") && NumberFormatText.IsValid(format)
        && !FormatSection.Parse(format)[0].IsDate && new ExcelFormat(format) is var words && IsWord(words, 1) && IsWord(words, 0);

    private static bool IsWord(ExcelFormat format, int number) =>
        format.Number(number, number, CultureInfo.InvariantCulture, out _) is { } text && !string.IsNullOrWhiteSpace(text)
        && !text.Any(char.IsAsciiDigit);
}
