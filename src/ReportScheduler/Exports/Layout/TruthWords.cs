using System.Globalization;
using ReportScheduler.Numbers;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>The words that a column shows for true and false, and what else a rule may call them.</summary>
/// <param name="Yes">The word for true.</param>
/// <param name="No">The word for false.</param>
/// <param name="AreFormat">Whether they come from the number format, which gives them to numbers too.</param>
internal sealed record TruthWords(string Yes, string No, bool AreFormat)
{
    public static TruthWords Of(string? format, CultureInfo culture)
    {
        if (WordsFormat.Is(format))
        {
            var words = new ExcelFormat(format!);
            return new TruthWords(words.Number(1, 1, culture, out _)!, words.Number(0, 0, culture, out _)!, AreFormat: true);
        }

        var own = ReportWords.Of(culture);
        return new TruthWords(own["yes"], own["no"], AreFormat: false);
    }

    /// <summary>Whether a text is true or false, the word shown for it, or 1 or 0.</summary>
    public bool Names(bool value, string text) => text.Equals(Plain(value), StringComparison.OrdinalIgnoreCase)
        || text.Equals(Shown(value), StringComparison.OrdinalIgnoreCase)
        || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == (value ? 1 : 0));

    /// <summary>Whether a text is part of what is shown, which is the workbook's own word without a format.</summary>
    public bool Contain(bool value, string part) => Shown(value).Contains(part, StringComparison.OrdinalIgnoreCase)
        || (!AreFormat && Plain(value).Contains(part, StringComparison.OrdinalIgnoreCase));

    private string Shown(bool value) => value ? Yes : No;

    private static string Plain(bool value) => value ? "true" : "false";
}
